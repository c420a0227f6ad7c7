// Says that presentation mode is on: in the status bar, where a click ends it, and in the context that menus read.
import * as vscode from 'vscode';
import type { Presentation } from './presentation.ts';

export function createPresentationSign(presentation: Presentation): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('openBanking.presenting', vscode.StatusBarAlignment.Left, 19);
  item.name = 'Open Banking Presentation Mode';
  item.text = '$(eye-closed) Presenting: personal data masked';
  item.tooltip = 'Names, account numbers, addresses and the like are masked in the explorer\'s views and documents. Your own files and the names of connections are not. Click to show them again.';
  item.accessibilityInformation = { label: 'Open Banking presentation mode is on: personal data is masked. Turn it off.' };
  item.command = { command: 'openBanking.togglePresentationMode', title: 'Turn Presentation Mode Off' };
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  const draw = (): void => {
    if (presentation.on) item.show();
    else item.hide();
    void vscode.commands.executeCommand('setContext', 'openBanking.presenting', presentation.on);
  };
  draw();
  return vscode.Disposable.from(item, presentation.onDidChange(draw));
}
