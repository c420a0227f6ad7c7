// Progress for a network call or long work: nothing for half a second, then a notification that can be cancelled and that ends with it.
// The half second begins anew when the guard's question is answered: before that nothing is under way.
import * as vscode from 'vscode';
import { noLinks } from '../client/plainText.ts';
import { guardQuestions } from './openQuestions.ts';

export interface Progress {
  signal: AbortSignal;
  report(message: string): void;
}

/** Runs a task; Cancel aborts its signal. The task's own result or error is passed on. */
export async function withProgress<T>(title: string, task: (progress: Progress) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let show: ((message: string) => void) | undefined;
  let latest = '';
  const running = task({
    signal: controller.signal,
    report: (message) => {
      latest = message;
      show?.(message);
    },
  });
  const settled = running.then(() => true, () => true);
  const slow = await new Promise<boolean>((resolve) => {
    const giveUp = guardQuestions.afterQuiet(500, () => resolve(true));
    void settled.then(() => {
      giveUp();
      resolve(false);
    });
  });
  if (slow) {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: noLinks(title), cancellable: true }, async (view, token) => {
      token.onCancellationRequested(() => controller.abort());
      show = (message) => view.report({ message });
      if (latest) show(latest);
      await settled;
    });
  }
  return running;
}
