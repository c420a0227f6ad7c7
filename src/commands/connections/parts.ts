// What the connection commands work with, and which connection a command is for.
import * as vscode from 'vscode';
import type { StoreSetting, Surroundings } from '../../credentials/chooseVault.ts';
import type { Connections } from '../../credentials/connections.ts';
import { environmentName } from '../../credentials/connectionInput.ts';
import type { LockoutLedger } from '../../credentials/lockoutLedger.ts';
import type { ConnectionRecord, Vault, VaultId } from '../../credentials/types.ts';
import type { HeldPeace } from '../../guard/heldPeace.ts';
import type { Log } from '../../platform/log.ts';
import type { OwnedSessions } from '../../platform/openSessions.ts';
import type { SandboxControl } from '../../platform/sandboxControl.ts';
import type { SandboxProcess } from '../../platform/sandboxProcess.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';

export interface ConnectionParts {
  context: vscode.ExtensionContext;
  connections: Connections;
  sessions: OwnedSessions;
  ledger: LockoutLedger;
  vaults: Readonly<Record<VaultId, Vault>>;
  storeSetting(): StoreSetting;
  surroundings: Surroundings;
  sandbox: SandboxProcess;
  sandboxControl: SandboxControl;
  explorer: ExplorerHandle;
  log: Log;
  peace: Pick<HeldPeace, 'end'>;
  showError(error: unknown): void;
}

/** A command's argument: a node of the tree, or what a message's button hands on. */
export interface ConnectionArgument {
  connectionId: string;
}

export function describeConnection(record: ConnectionRecord): string {
  const parts = [environmentName(record.environment)];
  if (record.baseUrl !== '') parts.push(new URL(record.baseUrl).host);
  if (record.readOnly) parts.push('read-only');
  if (record.signedOut) parts.push('signed out');
  return parts.join(' · ');
}

/** The connection of the argument, or one that the person picks; undefined when they turn away. The sandbox is offered only where it makes sense. */
export async function targetConnection(
  { connections }: Pick<ConnectionParts, 'connections'>, argument: ConnectionArgument | undefined, title: string, { sandbox = false } = {},
): Promise<ConnectionRecord | undefined> {
  const given = argument && connections.get(argument.connectionId);
  if (given && (sandbox || given.environment !== 'sandbox')) return given;
  const choices = connections.list().filter((record) => sandbox || record.environment !== 'sandbox');
  if (choices.length === 0) {
    const add = 'Add Connection';
    const picked = await vscode.window.showInformationMessage('There is only the sandbox, which is always there as it is. Add a connection to use your own credentials.', add);
    if (picked === add) await vscode.commands.executeCommand('openBanking.addConnection');
    return undefined;
  }
  const active = connections.active().id;
  const picked = await vscode.window.showQuickPick(
    choices.map((record) => ({ label: record.label, description: `${describeConnection(record)}${record.id === active ? ' · active' : ''}`, record })),
    // A tab that is read anew takes the focus, e.g. after signing out.
    { title, placeHolder: 'Which connection?', matchOnDescription: true, ignoreFocusOut: true },
  );
  return picked?.record;
}

/** How failed sign-ins stand, in half a sentence. */
export const failuresLeft = (remaining: number): string => (remaining === 1 ? '1 more failure locks this partner for good' : `${remaining} more failures lock this partner for good`);
