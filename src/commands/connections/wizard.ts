// A series of questions in the editor's quick input: step n of m, Back keeps what was entered, Escape gives up the whole of it.
import * as vscode from 'vscode';

export type Turn = 'next' | 'back' | 'cancel';

export interface Place {
  title: string;
  step: number;
  total: number;
}

/** Asks one thing and keeps the answer. */
export type Question = (place: Place) => Promise<Turn>;

/** Asks the questions from `first` on; a question that says undefined when its turn comes is left out. Resolves false when the person gave up. */
export async function askAll(title: string, questions: () => readonly Question[], first = 0): Promise<boolean> {
  for (let at = first; ;) {
    const list = questions();
    const question = list[at];
    if (!question) return true;
    const turn = await question({ title, step: at + 1, total: list.length });
    if (turn === 'cancel') return false;
    at += turn === 'next' ? 1 : -1;
  }
}

export interface TextOptions {
  prompt: string;
  placeholder?: string;
  value: string;
  password?: boolean;
  problem(text: string): string | undefined;
  /** Advice that does not hold the person up. */
  hint?(text: string): string | undefined;
}

/** Asks for a line of text; `keep` gets it when it is accepted. */
export function askText({ title, step, total }: Place, options: TextOptions, keep: (text: string) => void): Promise<Turn> {
  const input = vscode.window.createInputBox();
  Object.assign(input, {
    title, step, totalSteps: total, prompt: options.prompt, placeholder: options.placeholder, value: options.value,
    password: options.password ?? false, ignoreFocusOut: true, buttons: step > 1 ? [vscode.QuickInputButtons.Back] : [],
  });
  const show = () => {
    const problem = options.problem(input.value);
    const hint = problem === undefined ? options.hint?.(input.value) : undefined;
    const { Error: error, Info: info } = vscode.InputBoxValidationSeverity;
    input.validationMessage = problem !== undefined ? { message: problem, severity: error } : hint !== undefined ? { message: hint, severity: info } : undefined;
    return problem === undefined;
  };
  return new Promise((resolve) => {
    const done = (turn: Turn) => {
      resolve(turn);
      input.dispose();
    };
    // Nothing is wrong yet with a box that nobody has typed into.
    input.onDidChangeValue(() => { if (input.value === '') input.validationMessage = undefined; else show(); });
    input.onDidTriggerButton(() => done('back'));
    input.onDidHide(() => done('cancel'));
    input.onDidAccept(() => {
      if (!show()) return;
      keep(input.value);
      done('next');
    });
    input.show();
  });
}

export interface ChoiceItem<T> extends vscode.QuickPickItem {
  value: T;
}

/** Asks for one of several; `keep` gets its value. */
export function askChoice<T>({ title, step, total }: Place, placeholder: string, items: readonly ChoiceItem<T>[], chosen: T | undefined, keep: (value: T) => void): Promise<Turn> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  Object.assign(pick, { title, step, totalSteps: total, placeholder, items, ignoreFocusOut: true, buttons: step > 1 ? [vscode.QuickInputButtons.Back] : [] });
  const before = items.find(({ value }) => value === chosen);
  if (before) pick.activeItems = [before];
  return new Promise((resolve) => {
    const done = (turn: Turn) => {
      resolve(turn);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => done('back'));
    pick.onDidHide(() => done('cancel'));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      keep(item.value);
      done('next');
    });
    pick.show();
  });
}
