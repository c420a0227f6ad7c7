// A short series of text inputs and choices in the editor's own quick input: step n of m, back, problems named while typing.
import * as vscode from 'vscode';
import { noLinks } from '../client/plainText.ts';

export interface InputStep {
  key: string;
  prompt: string;
  placeholder?: string;
  value?: string;
  optional?: boolean;
  password?: boolean;
  /** Offered in a list instead of a text box; the answer is the value of the one taken. */
  choices?: readonly { label: string; value: string }[];
  /** What is wrong with the text; undefined when nothing is. Keeps the step from being accepted. */
  validate?: (text: string) => string | undefined;
  /** Advice that does not forbid. */
  hint?: (text: string) => string | undefined;
}

/** The answers by key, an optional one left empty as ''; undefined when the person turned away. */
export async function inputSteps(title: string, steps: readonly InputStep[]): Promise<Record<string, string> | undefined> {
  const answers: Record<string, string> = {};
  for (let index = 0; index < steps.length; ) {
    const step = steps[index]!;
    const answer = await (step.choices ? choose : ask)(title, step, index, steps.length, answers[step.key]);
    if (answer === 'back') index -= 1;
    else if (answer === undefined) return undefined;
    else {
      answers[step.key] = answer.text;
      index += 1;
    }
  }
  return answers;
}

function choose(title: string, step: InputStep, index: number, total: number, earlier: string | undefined): Promise<{ text: string } | 'back' | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { value: string }>();
  pick.title = title;
  pick.step = total > 1 ? index + 1 : undefined;
  pick.totalSteps = total > 1 ? total : undefined;
  pick.placeholder = noLinks(step.prompt);
  pick.items = (step.choices ?? []).map(({ label, value }) => ({ label, value }));
  pick.activeItems = pick.items.filter(({ value }) => value === (earlier ?? step.value));
  pick.ignoreFocusOut = true;
  if (index > 0) pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const done = (answer: { text: string } | 'back' | undefined): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => done('back'));
    pick.onDidHide(() => done(undefined));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) done({ text: item.value });
    });
    pick.show();
  });
}

function ask(title: string, step: InputStep, index: number, total: number, earlier: string | undefined): Promise<{ text: string } | 'back' | undefined> {
  const input = vscode.window.createInputBox();
  input.title = title;
  input.step = total > 1 ? index + 1 : undefined;
  input.totalSteps = total > 1 ? total : undefined;
  // Prompts and problems are where the editor reads links, and both may quote what others wrote.
  input.prompt = noLinks(step.prompt);
  input.placeholder = step.placeholder;
  input.value = earlier ?? step.value ?? '';
  input.password = step.password ?? false;
  input.ignoreFocusOut = true;
  if (index > 0) input.buttons = [vscode.QuickInputButtons.Back];

  const problem = (): string | undefined => (step.optional && input.value === '' ? undefined : step.validate?.(input.value));
  const show = (touched: boolean): void => {
    const wrong = touched ? problem() : undefined;
    const advice = wrong === undefined ? step.hint?.(input.value) : undefined;
    input.validationMessage = wrong !== undefined ? { message: noLinks(wrong), severity: vscode.InputBoxValidationSeverity.Error }
      : advice !== undefined ? { message: noLinks(advice), severity: vscode.InputBoxValidationSeverity.Warning } : undefined;
  };
  return new Promise((resolve) => {
    const done = (answer: { text: string } | 'back' | undefined): void => {
      resolve(answer);
      input.dispose();
    };
    input.onDidChangeValue(() => show(true));
    input.onDidTriggerButton(() => done('back'));
    input.onDidHide(() => done(undefined));
    input.onDidAccept(() => {
      const empty = !step.optional && input.value === '' ? 'This is needed.' : undefined;
      const wrong = problem() ?? empty;
      if (wrong === undefined) done({ text: input.value });
      else input.validationMessage = { message: noLinks(wrong), severity: vscode.InputBoxValidationSeverity.Error };
    });
    input.show();
  });
}
