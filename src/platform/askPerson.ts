// Puts the guard's questions to the person: a window that cannot be overlooked, a box in which a username has to be typed, or the list of
// permissible purposes. Each names the operation and says where the call would go.
import * as vscode from 'vscode';
import type { Showing, Shown, Wanted } from '../guard/asking.ts';
import { buttonsOf, detailOf, holdButton, notNow, typePlaceholder, typeProblem, typeRows, typeTitle } from './askingWords.ts';
import { pickPurpose } from './askPurpose.ts';

export const askPerson: Showing = {
  async confirm(shown, minutes) {
    const { title, confirm } = shown.question;
    const hold = minutes === undefined ? undefined : holdButton(confirm, minutes);
    const picked = await vscode.window.showWarningMessage(title, { modal: true, detail: detailOf(shown) }, ...buttonsOf(confirm, hold));
    return picked === undefined || picked === notNow ? undefined : picked === hold ? 'hold' : 'yes';
  },

  type: (shown, wanted, signal) => untilAborted(signal, (token) => typed(shown, wanted, token)),

  purpose: (shown, last, signal) => untilAborted(signal, (token) => {
    const slot = shown.question.purpose;
    return pickPurpose({ connection: shown.connection.label, operationId: shown.operation.operationId, ...(slot && { codes: slot.codes }), last, optional: slot?.required === false }, token);
  }),
};

/** A list whose rows only tell: an input box has room for one paragraph. What is typed filters none of them away. */
function typed(shown: Shown, wanted: Wanted, token: vscode.CancellationToken): Promise<boolean | undefined> {
  const box = vscode.window.createQuickPick();
  box.title = typeTitle(shown);
  box.placeholder = typePlaceholder(wanted);
  box.ignoreFocusOut = true;
  const draw = (problem?: string): void => {
    box.items = typeRows(shown, wanted, problem).map((row) => ({ ...row, alwaysShow: true }));
    const last = box.items.at(-1);
    if (last) box.activeItems = [last];
  };
  draw();
  return new Promise<boolean | undefined>((resolve) => {
    box.onDidChangeValue((text) => draw(typeProblem(text, wanted)));
    box.onDidAccept(() => {
      if (box.value === wanted.text) resolve(true);
      else draw(typeProblem(box.value, wanted) ?? `Nothing is typed yet: the customer's ${wanted.what} is wanted.`);
    });
    box.onDidHide(() => resolve(undefined));
    token.onCancellationRequested(() => resolve(undefined));
    box.show();
  }).finally(() => box.dispose());
}

/** The editor closes the box when the call is cancelled from elsewhere. */
async function untilAborted<T>(signal: AbortSignal | undefined, show: (token: vscode.CancellationToken) => PromiseLike<T>): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await show(source.token);
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}
