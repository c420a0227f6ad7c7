// The status bar's one item: the active connection and its environment, production on the editor's warning background. A click switches.
import * as vscode from 'vscode';
import { environmentName } from '../credentials/connectionInput.ts';
import type { Connections } from '../credentials/connections.ts';
import type { LedgerStatus, LockoutLedger } from '../credentials/lockoutLedger.ts';
import type { ConnectionRecord, Vault, VaultId } from '../credentials/types.ts';
import type { OwnedSessions } from './openSessions.ts';

export interface StatusBarParts {
  connections: Connections;
  sessions: Pick<OwnedSessions, 'partnerOf' | 'onDidOpen'>;
  ledger: Pick<LockoutLedger, 'status' | 'onDidChange'>;
  vaults: Readonly<Record<VaultId, Vault>>;
}

export function createStatusBar({ connections, sessions, ledger, vaults }: StatusBarParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('openBanking.connection', vscode.StatusBarAlignment.Left, 20);
  item.name = 'Open Banking Connection';
  item.command = { command: 'openBanking.switchConnection', title: 'Switch Connection' };

  const draw = (record: ConnectionRecord, status?: LedgerStatus) => {
    const production = record.environment === 'production';
    item.text = record.environment === 'sandbox' ? '$(beaker) Sandbox' : `$(account) ${record.label} · ${environmentName(record.environment)}${record.signedOut ? ' · signed out' : ''}`;
    item.backgroundColor = production ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.tooltip = tooltip(record, vaults, status);
    item.accessibilityInformation = { label: `Open Banking connection: ${record.label}, ${environmentName(record.environment)}${record.readOnly ? ', read-only' : ''}${record.signedOut ? ', signed out' : ''}. Switch connection.` };
    item.show();
  };
  const refresh = async () => {
    const record = connections.active();
    draw(record);
    // Only of a partner that this window has signed in: nobody is asked to unlock a vault for a tooltip.
    const partnerId = sessions.partnerOf(record.id);
    if (partnerId === undefined) return;
    const status = await ledger.status(partnerId).catch(() => undefined);
    if (connections.active().id === record.id) draw(connections.active(), status);
  };
  void refresh();
  const redraw = () => void refresh();
  return vscode.Disposable.from(item, connections.onDidChange(redraw), sessions.onDidOpen(redraw), ledger.onDidChange(redraw));
}

function tooltip(record: ConnectionRecord, vaults: Readonly<Record<VaultId, Vault>>, status: LedgerStatus | undefined): vscode.MarkdownString {
  const rows: [string, string][] = [['Environment', environmentName(record.environment)]];
  rows.push(['Base URL', record.baseUrl === '' ? 'on this machine, known once it runs' : record.baseUrl]);
  if (record.store !== 'none') rows.push(['Secrets', record.signedOut ? 'none kept: signed out' : `in ${vaults[record.store].label}`]);
  rows.push(['Changes', record.readOnly ? 'refused (read-only)' : 'allowed, the explorer asks where it matters']);
  if (status && status.failures > 0) rows.push(['Failed sign-ins', `${status.failures}; ${status.remaining} left before the partner is locked`]);
  const text = new vscode.MarkdownString();
  text.appendText(record.label);
  text.appendMarkdown('\n\n| | |\n|---|---|\n');
  for (const [name, value] of rows) {
    text.appendMarkdown(`| ${name} | `);
    text.appendText(value.replaceAll('|', '/'));
    text.appendMarkdown(' |\n');
  }
  text.appendMarkdown('\nClick to switch.');
  return text;
}
