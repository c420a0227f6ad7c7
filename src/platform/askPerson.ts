// Puts the guard's questions to the person: a window that cannot be overlooked, a box in which a username has to be typed, or the list of
// permissible purposes. Each names the operation and says where the call would go.
import * as vscode from 'vscode';
import type { Showing } from '../guard/asking.ts';
import { detailOf, holdButton, typeProblem, typePrompt, typeTitle } from './askingWords.ts';
import { pickPurpose } from './askPurpose.ts';

export const askPerson: Showing = {
  async confirm(shown, minutes) {
    const { title, confirm } = shown.question;
    const hold = minutes === undefined ? undefined : holdButton(confirm, minutes);
    const picked = await vscode.window.showWarningMessage(title, { modal: true, detail: detailOf(shown) }, confirm, ...(hold === undefined ? [] : [hold]));
    return picked === undefined ? undefined : picked === hold ? 'hold' : 'yes';
  },

  type: (shown, wanted, signal) => untilAborted(signal, async (token) => {
    const typed = await vscode.window.showInputBox({
      title: typeTitle(shown), prompt: typePrompt(shown, wanted), ignoreFocusOut: true, validateInput: (text) => typeProblem(text, wanted),
    }, token);
    return typed === wanted.text;
  }),

  purpose: (shown, last, signal) => untilAborted(signal, (token) => {
    const slot = shown.question.purpose;
    return pickPurpose({ connection: shown.connection.label, operationId: shown.operation.operationId, ...(slot && { codes: slot.codes }), last, optional: slot?.required === false }, token);
  }),
};

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
