// What a person does with the embedded sandbox itself: see where it runs, put its world back, move its clock.
import * as vscode from 'vscode';
import { sandboxId } from '../../credentials/connections.ts';
import { confirmed } from '../confirm.ts';
import { withProgress } from '../../platform/progress.ts';
import type { ConnectionParts } from './parts.ts';

export async function showSandbox({ sandbox, sandboxControl }: ConnectionParts): Promise<void> {
  const { url, status } = await withProgress('Starting the sandbox', async ({ signal }) => ({ url: await sandbox.address(signal), status: await sandboxControl.status(signal) }));
  const { partnerId, partnerSecret, appKey } = status.credentials;
  const all = `OPEN_BANKING_BASE_URL=${url}\nOPEN_BANKING_PARTNER_ID=${partnerId}\nOPEN_BANKING_PARTNER_SECRET=${partnerSecret}\nOPEN_BANKING_APP_KEY=${appKey}\n`;
  const picked = await vscode.window.showQuickPick([
    { label: '$(globe) Address', description: url, text: url },
    { label: '$(organization) Partner ID', description: partnerId, text: partnerId },
    { label: '$(key) Partner secret', description: partnerSecret, text: partnerSecret },
    { label: '$(key) App key', description: appKey, text: appKey },
    { label: '$(list-flat) All four as environment variables', description: `its clock shows ${new Date(status.now * 1000).toLocaleString()}`, text: all },
  ], { title: 'Sandbox: Address and Demo Credentials', placeHolder: 'Pick one to copy it. They are published and open nothing but this sandbox.' });
  if (!picked) return;
  await vscode.env.clipboard.writeText(picked.text);
  vscode.window.setStatusBarMessage(`${picked.label} copied`, 3_000);
}

export async function resetSandbox({ sandboxControl, sessions, ledger, explorer, connections }: ConnectionParts): Promise<void> {
  const detail = 'The seeded world comes back as it was. What you created, changed and deleted in it is gone, and its clock shows real time again.';
  if (!(await confirmed('Reset the sandbox?', detail, 'Reset'))) return;
  await withProgress('Resetting the sandbox', ({ signal }) => sandboxControl.reset(signal));
  sessions.close(sandboxId);
  const { credentials } = await sandboxControl.status();
  await ledger.clear(credentials.partnerId);
  await explorer.startedOver(sandboxId);
  if (connections.active().id === sandboxId) explorer.refresh();
  void vscode.window.showInformationMessage('The sandbox is as new.');
}

const hour = 3_600;
const spans: readonly { label: string; detail?: string; seconds: number }[] = [
  { label: '1 minute', detail: 'Reports that are being made are finished.', seconds: 60 },
  { label: '1 hour', seconds: hour },
  { label: '2 hours', detail: 'Tokens and Connect links are expired.', seconds: 2 * hour },
  { label: '1 day', detail: 'A day of new transactions.', seconds: 24 * hour },
  { label: '7 days', seconds: 7 * 24 * hour },
  { label: '31 days', detail: 'A month of new transactions, salaries and statements.', seconds: 31 * 24 * hour },
];

export async function moveSandboxClock({ sandboxControl, explorer, connections }: ConnectionParts): Promise<void> {
  const other = { label: 'Another number of days…', seconds: 0 };
  const picked = await vscode.window.showQuickPick([...spans, other], { title: 'Sandbox: Move the Clock Ahead', placeHolder: 'By how much?' });
  if (!picked) return;
  const seconds = picked === other ? await askDays() : picked.seconds;
  if (seconds === undefined) return;
  const now = await withProgress("Moving the sandbox's clock", ({ signal }) => sandboxControl.advance(seconds, signal));
  if (connections.active().id === sandboxId) explorer.refresh();
  void vscode.window.showInformationMessage(`The sandbox's clock shows ${new Date(now * 1000).toLocaleString()}.`);
}

async function askDays(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Sandbox: Move the Clock Ahead', prompt: 'Days', placeHolder: '1 to 730',
    validateInput: (value) => (/^\d+$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 730 ? undefined : 'Days: enter a whole number from 1 to 730.'),
  });
  return text === undefined ? undefined : Number(text.trim()) * 24 * hour;
}
