// The question before something that cannot be taken back, or that reaches somebody else. As the guard's own questions do, it begins with the
// button that does nothing: Enter alone never says yes.
import * as vscode from 'vscode';
import { notNow } from '../platform/askingWords.ts';

/** True when the person pressed the button named `yes`. */
export async function confirmed(title: string, detail: string | undefined, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(title, { modal: true, ...(detail !== undefined && { detail }) }, notNow, yes)) === yes;
}
