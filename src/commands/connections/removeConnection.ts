// Removes a connection and its secrets, after saying what goes. Signing out keeps the record and deletes the secrets.
import * as vscode from 'vscode';
import { VaultError } from '../../credentials/vaultError.ts';
import { keychainService } from '../../credentials/osKeychain.ts';
import { confirmed } from '../confirm.ts';
import { withProgress } from '../../platform/progress.ts';
import { type ConnectionArgument, type ConnectionParts, targetConnection } from './parts.ts';

export async function removeConnection(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Remove Connection');
  if (!record || record.store === 'none') return;
  const vault = parts.vaults[record.store];
  const detail = `${record.signedOut ? 'Its entry here goes; its secrets were deleted when you signed out.' : `Its entry here goes, and its secrets in ${vault.label}.`} Nothing changes at Mastercard.`;
  if (!(await confirmed(`Remove the connection "${record.label}"?`, detail, 'Remove'))) return;
  parts.sessions.close(record.id);
  try {
    await withProgress(`Removing "${record.label}"`, ({ signal }) => parts.connections.remove(record.id, { signal, leaveSecrets: record.signedOut }));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    parts.log.error('Removing a connection', error);
    const where = vault.id === 'osKeychain' ? ` There they are found as "${keychainService}", account "${record.id}".` : '';
    const why = parts.log.clean(`${error.message}\n\nRemoving only the entry leaves the secrets in ${vault.label}.${where}`);
    if (!(await confirmed(`The secrets of "${record.label}" could not be deleted, so the connection is still there.`, why, 'Remove the Entry Only'))) return;
    await parts.connections.remove(record.id, { leaveSecrets: true });
  }
  void vscode.window.showInformationMessage(`"${record.label}" is removed.`);
}

export async function signOut(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Sign Out');
  if (!record || record.store === 'none') return;
  if (record.signedOut) {
    void vscode.window.showInformationMessage(`"${record.label}" is signed out already: no credentials are kept for it.`);
    return;
  }
  const vault = parts.vaults[record.store];
  const detail = `Its secrets are deleted from ${vault.label}, and its token is dropped. Label, environment and base URL stay; Enter Credentials asks for the secrets again.`;
  if (!(await confirmed(`Sign out of "${record.label}"?`, detail, 'Sign Out'))) return;
  parts.sessions.close(record.id);
  await withProgress(`Signing out of "${record.label}"`, ({ signal }) => parts.connections.signOut(record.id, { signal }));
  // Once more: the tree may have opened it again before its secrets were gone.
  parts.sessions.close(record.id);
  parts.explorer.refresh(record.id);
}
