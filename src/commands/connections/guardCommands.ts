// The guard's own commands: to be asked again before changes of live data, and its rules to read. The rules are a page that is made from the
// policy's tables (docs/guard.md), which the build puts beside the code.
import * as vscode from 'vscode';
import type { ConnectionParts } from './parts.ts';

export async function askAgain({ peace }: Pick<ConnectionParts, 'peace'>): Promise<void> {
  void vscode.window.showInformationMessage(peace.end() ? 'Changes of live data are asked about again.' : 'Nothing was held back: changes of live data are asked about.');
}

export async function showGuardRules({ context }: Pick<ConnectionParts, 'context'>): Promise<void> {
  const page = vscode.Uri.joinPath(context.extensionUri, 'dist', 'guard.md');
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The editor's own Markdown support can be switched off: then the page as it is.
    await vscode.commands.executeCommand('vscode.open', page);
  }
}
