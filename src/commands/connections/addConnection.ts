// Adds a connection: its label, where it leads, its three secrets; one authentication attempt before anything is saved; then the vault.
import * as vscode from 'vscode';
import { newConnectionId } from '../../credentials/connectionInput.ts';
import type { ConnectionRecord, ConnectionSecrets } from '../../credentials/types.ts';
import { isCancel } from '../../platform/messages.ts';
import { keepInVault } from './keepSecrets.ts';
import type { ConnectionParts } from './parts.ts';
import { askBaseUrl, askEnvironment, askLabel, askSecrets, type ConnectionDraft } from './questions.ts';
import { tryUnsaved } from './trySignIn.ts';
import { askAll, type Question } from './wizard.ts';

export async function addConnection(parts: ConnectionParts): Promise<void> {
  const draft: ConnectionDraft = { label: '', environment: undefined, baseUrl: '', partnerId: '', partnerSecret: '', appKey: '' };
  const taken = parts.connections.list().map(({ label }) => label);
  const questions = (): readonly Question[] => [
    askLabel(draft, taken), askEnvironment(draft), ...(draft.environment === 'custom' ? [askBaseUrl(draft)] : []), ...askSecrets(draft),
  ];
  for (let first = 0; ;) {
    if (!(await askAll('Add Connection', questions, first))) return;
    const record: ConnectionRecord = {
      id: newConnectionId(draft.label), label: draft.label, environment: draft.environment ?? 'custom', baseUrl: draft.baseUrl, readOnly: false, store: 'vscode', createdAt: Date.now(),
    };
    const end = await tryUnsaved(parts, record, draft);
    if (end === 'good') return save(parts, record, draft);
    if (end === 'cancel') return;
    // Back to the secrets: they are what most likely is wrong. What was entered is still there.
    first = questions().length - 3;
  }
}

async function save(parts: ConnectionParts, record: ConnectionRecord, { partnerId, partnerSecret, appKey }: ConnectionSecrets): Promise<void> {
  try {
    const choice = await keepInVault(parts, record.label, (vault, signal) => parts.connections.add({ ...record, store: vault.id }, { partnerId, partnerSecret, appKey }, { signal }));
    if (!choice) return;
    const reason = choice.because === '' ? '' : `, ${choice.because}`;
    void vscode.window.showInformationMessage(`"${record.label}" is connected and now active. Its secrets are kept in ${choice.vault.label}${reason}.`);
  } catch (error) {
    if (isCancel(error)) return;
    throw error;
  }
}
