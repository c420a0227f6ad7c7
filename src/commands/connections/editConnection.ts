// Changes a connection: its credentials (tested before they are saved), where it leads, which vault holds its secrets, read-only, its label.
import * as vscode from 'vscode';
import { environmentName } from '../../credentials/connectionInput.ts';
import type { ConnectionRecord, ConnectionSecrets } from '../../credentials/types.ts';
import { VaultError } from '../../credentials/vaultError.ts';
import { isCancel } from '../../platform/messages.ts';
import { confirmed } from '../confirm.ts';
import { withProgress } from '../../platform/progress.ts';
import { keepInVault } from './keepSecrets.ts';
import { type ConnectionArgument, type ConnectionParts, targetConnection } from './parts.ts';
import { askBaseUrl, askEnvironment, askSecrets } from './questions.ts';
import { tryUnsaved } from './trySignIn.ts';
import { askAll, type Question } from './wizard.ts';

type Edit = (parts: ConnectionParts, record: ConnectionRecord) => Promise<void>;

export async function editConnection(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Edit Connection');
  if (!record || record.store === 'none') return;
  const vault = parts.vaults[record.store];
  const other = parts.vaults[record.store === 'vscode' ? 'osKeychain' : 'vscode'];
  const choices: (vscode.QuickPickItem & { edit: Edit })[] = [
    record.signedOut
      ? { label: '$(key) Sign in', description: 'signed out, no credentials are kept', detail: 'Enter the partner ID, the partner secret and the app key.', edit: editCredentials }
      : { label: '$(key) Credentials', description: `kept in ${vault.label}`, detail: 'Enter the partner ID, the partner secret and the app key anew.', edit: editCredentials },
    { label: '$(globe) Environment and base URL', description: `${environmentName(record.environment)} · ${record.baseUrl}`, edit: editEnvironment },
    record.readOnly
      ? { label: '$(unlock) Allow changes', description: 'now read-only', detail: 'Operations that change something work again; the explorer still asks before them.', edit: toggleReadOnly }
      : { label: '$(lock) Make read-only', description: 'changes are allowed now', detail: 'Refuses every operation that changes something at Mastercard.', edit: toggleReadOnly },
    ...(record.signedOut ? [] : [{ label: `$(arrow-swap) Move the secrets to ${other.label}`, edit: moveSecrets }]),
    { label: '$(edit) Label', description: record.label, edit: async () => { await vscode.commands.executeCommand('openBanking.renameConnection', { connectionId: record.id }); } },
  ];
  const picked = await vscode.window.showQuickPick(choices, { title: `Edit "${record.label}"`, placeHolder: 'What do you want to change?' });
  await picked?.edit(parts, record);
}

/** Straight to the credentials: where a row or a message has said that they are missing. */
export async function enterCredentials(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Enter Credentials');
  if (record && record.store !== 'none') await editCredentials(parts, record);
}

async function editCredentials(parts: ConnectionParts, record: ConnectionRecord): Promise<void> {
  const draft: ConnectionSecrets = { partnerId: parts.sessions.partnerOf(record.id) ?? '', partnerSecret: '', appKey: '' };
  const title = `Credentials of "${record.label}"`;
  for (;;) {
    if (!(await askAll(title, () => askSecrets(draft)))) return;
    const end = await tryUnsaved(parts, record, draft);
    if (end === 'cancel') return;
    if (end === 'good') break;
  }
  try {
    // The vault that the connection has is kept while it answers; the other is offered when it does not.
    const keeping = { ...parts, storeSetting: () => (record.store === 'osKeychain' ? 'osKeychain' as const : 'vscode' as const) };
    const choice = await keepInVault(keeping, record.label, (vault, signal) => parts.connections.update(record.id, { store: vault.id }, draft, { signal }));
    if (!choice) return;
    parts.sessions.close(record.id);
    void vscode.window.showInformationMessage(`The credentials of "${record.label}" work and are kept in ${choice.vault.label}.`);
    parts.explorer.refresh();
  } catch (error) {
    if (!isCancel(error)) throw error;
  }
}

async function editEnvironment(parts: ConnectionParts, record: ConnectionRecord): Promise<void> {
  const draft = { environment: record.environment as ConnectionRecord['environment'] | undefined, baseUrl: record.baseUrl };
  const questions = (): readonly Question[] => [askEnvironment(draft), ...(draft.environment === 'custom' ? [askBaseUrl(draft)] : [])];
  if (!(await askAll(`Environment of "${record.label}"`, questions)) || draft.environment === undefined) return;
  const { environment, baseUrl } = draft;
  if (environment === record.environment && baseUrl === record.baseUrl) return;
  // Signed out, there is nothing that would go to another host.
  if (!record.signedOut && new URL(baseUrl).origin !== new URL(record.baseUrl).origin) {
    const detail = `Until now they went to ${new URL(record.baseUrl).host}. One sign-in is tried before the change is saved.`;
    if (!(await confirmed(`Send the credentials of "${record.label}" to ${new URL(baseUrl).host}?`, detail, 'Send Them There'))) return;
    const secrets = await parts.connections.secrets(record.id);
    if (secrets && (await tryUnsaved(parts, { ...record, environment, baseUrl }, secrets)) !== 'good') return;
  }
  await parts.connections.update(record.id, { environment, baseUrl });
  void vscode.window.showInformationMessage(`"${record.label}" now leads to ${environmentName(environment)} (${baseUrl}).`);
}

async function toggleReadOnly({ connections }: ConnectionParts, record: ConnectionRecord): Promise<void> {
  await connections.update(record.id, { readOnly: !record.readOnly });
  void vscode.window.showInformationMessage(record.readOnly ? `"${record.label}" may change things again.` : `"${record.label}" is read-only now.`);
}

async function moveSecrets({ connections, vaults, log }: ConnectionParts, record: ConnectionRecord): Promise<void> {
  const to = vaults[record.store === 'vscode' ? 'osKeychain' : 'vscode'];
  try {
    await withProgress(`Moving the secrets of "${record.label}"`, async ({ signal }) => {
      await to.probe({ signal });
      await connections.update(record.id, { store: to.id }, undefined, { signal });
    });
    void vscode.window.showInformationMessage(`The secrets of "${record.label}" are now kept in ${to.label}.`);
  } catch (error) {
    if (isCancel(error)) return;
    if (!(error instanceof VaultError)) throw error;
    log.error('Moving secrets', error);
    void vscode.window.showErrorMessage(log.clean(`The secrets stay where they can be read. ${error.message}`));
  }
}
