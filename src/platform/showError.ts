// Shows an error's words with its buttons, and writes the error to the log. The text passes the redaction as well,
// and nothing in it can be a link.
import * as vscode from 'vscode';
import { noLinks } from '../client/plainText.ts';
import type { Log } from './log.ts';
import { userMessage } from './messages.ts';

export function createShowError(log: Log): (error: unknown) => void {
  return (error) => {
    const { severity, text, buttons } = userMessage(error);
    if (severity === 'none') return;
    log.error('Shown to the user', error);
    const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    void show(noLinks(log.clean(text)), ...buttons.map(({ title }) => title)).then((picked) => {
      const button = buttons.find(({ title }) => title === picked);
      if (button) void vscode.commands.executeCommand(button.command, ...button.arguments);
    });
  };
}
