// Asks a person for the permissible purpose of reading a consumer report.
import * as vscode from 'vscode';
import { knownPurposes, purposeProblem } from '../documents/purposes.ts';

export async function askPurpose(connection: string): Promise<string | undefined> {
  const other = { label: 'Another code…', code: '' };
  const items = [...knownPurposes.map(({ code, title }) => ({ label: title, description: code, code })), other];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Permissible purpose (${connection})`, placeHolder: 'Why may you read this consumer report? The FCRA wants a purpose; it is kept until the window closes.', ignoreFocusOut: true, matchOnDescription: true,
  });
  if (picked !== other) return picked?.code;
  return vscode.window.showInputBox({ title: `Permissible purpose (${connection})`, prompt: 'Two characters, from your agreement with Mastercard', validateInput: purposeProblem, ignoreFocusOut: true });
}
