// The status bar's one item: the active connection and its environment, production on the editor's warning background, and whether its
// changes are held back. A click switches. What it says is in statusWords.ts.
import * as vscode from 'vscode';
import type { Connections } from '../credentials/connections.ts';
import type { LedgerStatus, LockoutLedger } from '../credentials/lockoutLedger.ts';
import type { ConnectionRecord, Vault, VaultId } from '../credentials/types.ts';
import { total } from '../guard/billedCalls.ts';
import type { GuardDesk } from './guardDesk.ts';
import type { OwnedSessions } from './openSessions.ts';
import { statusCosts, statusLabel, statusRows, statusText, type StatusFacts } from './statusWords.ts';

export interface StatusBarParts {
  connections: Connections;
  sessions: Pick<OwnedSessions, 'partnerOf' | 'onDidOpen'>;
  ledger: Pick<LockoutLedger, 'status' | 'onDidChange'>;
  vaults: Readonly<Record<VaultId, Vault>>;
  guard: Pick<GuardDesk, 'peace' | 'billed'>;
  /** Where the embedded sandbox answers; undefined while it is not known to run. */
  sandboxUrl(): string | undefined;
}

/** Milliseconds in which calls are gathered before the tooltip counts them: a tree that opens makes many. */
const gatherMs = 250;

export function createStatusBar({ connections, sessions, ledger, vaults, guard: { peace, billed }, sandboxUrl }: StatusBarParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('openBanking.connection', vscode.StatusBarAlignment.Left, 20);
  item.name = 'Open Banking Connection';
  item.command = { command: 'openBanking.switchConnection', title: 'Switch Connection' };
  let signIns: { connectionId: string; status: LedgerStatus | undefined } | undefined;

  const billedElsewhere = (id: string): number => billed.connections()
    .filter((other) => other !== id && connections.get(other)?.environment !== 'sandbox').reduce((sum, other) => sum + total(billed.of(other).billed), 0);
  const factsOf = (record: ConnectionRecord): StatusFacts => ({
    record, heldUntil: peace.until(record), ...(record.environment === 'sandbox' && { sandboxUrl: sandboxUrl() }), ...(record.store !== 'none' && { vault: vaults[record.store].label }),
    failedSignIns: signIns?.connectionId === record.id ? signIns.status : undefined, counted: billed.of(record.id), elsewhere: billedElsewhere(record.id),
  });
  const draw = () => {
    const record = connections.active();
    const facts = factsOf(record);
    item.text = statusText(facts, vscode.env.language);
    item.backgroundColor = record.environment === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.tooltip = tooltip(facts);
    item.accessibilityInformation = { label: statusLabel(facts, vscode.env.language) };
    item.show();
  };
  const refresh = async () => {
    draw();
    const { id } = connections.active();
    // Only of a partner that this window has signed in: nobody is asked to unlock a vault for a tooltip.
    const partnerId = sessions.partnerOf(id);
    if (partnerId === undefined) return;
    signIns = { connectionId: id, status: await ledger.status(partnerId).catch(() => undefined) };
    draw();
  };
  let gathering: NodeJS.Timeout | undefined;
  const gather = () => void (gathering ??= setTimeout(() => {
    gathering = undefined;
    draw();
  }, gatherMs));
  void refresh();
  const redraw = () => void refresh();
  return vscode.Disposable.from(
    item, connections.onDidChange(redraw), sessions.onDidOpen(redraw), ledger.onDidChange(redraw), peace.onDidChange(draw), billed.onDidChange(gather),
    { dispose: () => clearTimeout(gathering) },
  );
}

function tooltip(facts: StatusFacts): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(facts.record.label);
  text.appendMarkdown('\n\n| | |\n|---|---|\n');
  for (const [name, value] of statusRows(facts, vscode.env.language)) {
    text.appendMarkdown(`| ${name} | `);
    text.appendText(value.replaceAll('|', '/'));
    text.appendMarkdown(' |\n');
  }
  for (const line of statusCosts(facts)) {
    text.appendMarkdown('\n\n');
    text.appendText(line);
  }
  if (facts.heldUntil !== undefined) {
    text.isTrusted = { enabledCommands: ['openBanking.askAgain'] };
    text.appendMarkdown('\n\n[Ask again before changes](command:openBanking.askAgain)\n');
  }
  text.appendMarkdown('\n\nClick to switch.');
  return text;
}
