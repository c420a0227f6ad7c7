// Copies what one may tell others of a connection: everything but its secrets and partner id.
import * as vscode from 'vscode';
import { environmentName } from '../../credentials/connectionInput.ts';
import { type ConnectionArgument, type ConnectionParts, targetConnection } from './parts.ts';

export async function copyConnectionDetails(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Copy Connection Details', { sandbox: true });
  if (!record) return;
  const store = record.store === 'none' ? 'none needed: its credentials are public' : record.signedOut ? 'none kept: signed out' : `in ${parts.vaults[record.store].label}`;
  const lines = [
    `Connection: ${record.label}`, `Environment: ${environmentName(record.environment)}`, `Base URL: ${record.baseUrl === '' ? 'on this machine, its port changes with each start' : record.baseUrl}`,
    `Read-only: ${record.readOnly ? 'yes' : 'no'}`, `Secrets: ${store}`, `Extension: ${String((parts.context.extension.packageJSON as { version?: unknown }).version)}`, `Editor: ${vscode.env.appName} ${vscode.version}`,
  ];
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  void vscode.window.showInformationMessage(`The details of "${record.label}" are on the clipboard, without its secrets.`);
}
