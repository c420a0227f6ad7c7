// The composition root: builds the parts and registers them; nothing else. Whatever is heavy is behind a dynamic import.
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand('openBanking.about', async () => (await import('./platform/about.ts')).about()));
}
