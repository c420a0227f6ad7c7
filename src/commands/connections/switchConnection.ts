// Makes another connection the active one of this window.
import * as vscode from 'vscode';
import { sandboxId } from '../../credentials/connections.ts';
import { type ConnectionArgument, type ConnectionParts, describeConnection } from './parts.ts';

export async function switchConnection({ connections }: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  if (argument && connections.get(argument.connectionId)) return connections.setActive(argument.connectionId);
  const active = connections.active().id;
  const add = { label: '$(add) Add Connection…', id: undefined };
  const picked = await vscode.window.showQuickPick([
    ...connections.list().map((record) => ({
      label: `${record.environment === 'sandbox' ? '$(beaker)' : '$(account)'} ${record.label}`, description: `${describeConnection(record)}${record.id === active ? ' · active' : ''}`, id: record.id,
    })),
    add,
  ], { title: 'Switch Connection', placeHolder: 'The connection that this window works with', matchOnDescription: true });
  if (!picked) return;
  if (picked.id === undefined) await vscode.commands.executeCommand('openBanking.addConnection');
  else if (picked.id !== active) await connections.setActive(picked.id);
}

/** The way in without an account. */
export async function useSandbox({ connections, explorer }: ConnectionParts): Promise<void> {
  if (connections.active().id !== sandboxId) await connections.setActive(sandboxId);
  await vscode.commands.executeCommand('openBanking.explorer.focus');
  await explorer.reveal(sandboxId);
}
