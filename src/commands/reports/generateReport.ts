// Generates a report: which kind, the consumer it needs (offered on the spot), which accounts, from when; the jobs then follow it to its end.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { bodyProperties } from '../../api/schemas.ts';
import { plainText } from '../../client/plainText.ts';
import type { Client } from '../../client/types.ts';
import type { Purposes } from '../../documents/purposes.ts';
import type { JobsHandle } from '../../tree/jobs/create.ts';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { accountTarget } from '../accountTarget.ts';
import { createConsumer } from '../consumers/editConsumer.ts';
import { inputSteps } from '../inputSteps.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type CustomerTarget, type TargetParts } from '../targets.ts';
import { pickVariant } from './reportVariant.ts';
import { dateChoices, generators, monthsBefore, parseDay, reachOf, startDayProblem, type ReportOperation } from './reportRules.ts';

type Parts = TargetParts & { explorer: ExplorerHandle; purposes: Purposes; jobs: JobsHandle };

/** `operationId`: the kind of report, where it is known. */
export async function generateReport(parts: Parts, node?: ExplorerNode, operationId?: string): Promise<void> {
  const target = await customerTarget(parts, node, 'Generate a report of which customer?');
  if (!target) return;
  const session = await parts.sessions.open(target.connectionId);
  const entry = generators().find((one) => one.operationId === operationId) ?? await pickKind(target, session.connection.environment === 'sandbox');
  if (!entry) return;
  const variant = await pickVariant(entry, entry.report.title);
  if (!variant) return;
  if ((entry.needs?.includes('consumer') || variant.consumerReport) && !(await haveConsumer(parts, session.client, target, entry, node))) return;

  const input = entry.report.type === 'statement' ? await statementInput(parts, target, node) : await accountsAndDates(parts, session.client, entry, target);
  if (!input) return;
  // A consumer report can only be read for a purpose, so it is asked for before the report is paid for. The sandbox does without.
  const wantsPurpose = (entry.fcra === 'always' || variant.consumerReport) && session.connection.environment !== 'sandbox';
  const purpose = parts.purposes.known(target.connectionId) ?? (wantsPurpose ? await parts.purposes.choose(target.connectionId) : undefined);
  if (wantsPurpose && purpose === undefined) return;
  const title = `${entry.report.title} of ${target.name}`;
  const whole = { customerId: target.customerId, ...variant.parameters, ...input, body: { ...(input.body as object), ...variant.body } };
  const answer = await withProgress(`Asking for ${title}`, ({ signal }) => session.client.send(entry.operationId, whole, { signal, origin: 'command' }));
  // The jobs say when it is ready, in whatever window is open then.
  await parts.jobs.started({ connectionId: target.connectionId, entry, input: whole, body: answer.body, title, ...(purpose !== undefined && { purpose }) });
  await parts.explorer.sent(target.connectionId, entry.operationId, whole, answer.body);
  vscode.window.setStatusBarMessage(`${title} is being made; Jobs shows how far it is`, 8000);
}

async function pickKind(target: CustomerTarget, onSandbox: boolean): Promise<ReportOperation | undefined> {
  const items = generators().map((entry) => ({
    label: entry.report.title, description: (entry.report.types ?? [entry.report.type]).join(', '), entry,
    detail: [costOf(entry, onSandbox), entry.needs?.includes('consumer') && 'needs a consumer', entry.fcra === 'always' && 'FCRA'].filter(Boolean).join(' · '),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: `Generate a report of ${target.name}`, placeHolder: 'Which report?', matchOnDescription: true, ignoreFocusOut: true });
  return picked?.entry;
}

function costOf({ billable }: OperationEntry, onSandbox: boolean): string {
  if (billable === 'no') return 'free';
  if (billable === 'unknown') return 'billing not stated';
  return onSandbox ? '$(credit-card) billable on a real connection' : '$(credit-card) billable';
}

async function haveConsumer(parts: Parts, client: Client, target: CustomerTarget, entry: ReportOperation, node?: ExplorerNode): Promise<boolean> {
  const there = await withProgress('Looking for the consumer', ({ signal }) => client.call('GetConsumerForCustomer', { customerId: target.customerId }, { signal, origin: 'command' }).then(() => true, (error: unknown) => {
    const status = (error as { status?: number }).status;
    if (status === 404 || status === 400) return false;
    throw error;
  }));
  if (there) return true;
  const create = 'Create Consumer';
  const detail = `${entry.report.title} is about a person, so the customer needs a consumer: name, state, an SSN or birthday, a telephone or e-mail address.`;
  if ((await vscode.window.showInformationMessage(`${target.name} has no consumer yet.`, { modal: true, detail }, create)) !== create) return false;
  return createConsumer(parts, node && 'customerId' in node ? node : { kind: 'consumer', path: '', connectionId: target.connectionId, customerId: target.customerId });
}

async function accountsAndDates(parts: Parts, client: Client, entry: ReportOperation, target: CustomerTarget): Promise<Record<string, unknown> | undefined> {
  const properties = bodyProperties(entry.operationId);
  const body: Record<string, unknown> = {};
  if (properties.includes('accountIds')) {
    const chosen = await pickAccounts(parts, client, entry, target);
    if (!chosen) return undefined;
    body.accountIds = chosen.join(' ');
  }
  const query = entry.parameters.find((p) => p.name === 'fromDate');
  if (!query && !properties.includes('fromDate')) return { body };
  const from = await pickStart(entry, query?.required ?? false);
  if (from === undefined) return undefined;
  if (query) return { body, ...(from !== 'default' && { fromDate: from, toDate: Math.floor(Date.now() / 1000) }) };
  return { body: { ...body, ...(from !== 'default' && { fromDate: from }) } };
}

async function pickAccounts({ presentation: { on, masker } }: Parts, client: Client, entry: ReportOperation, target: CustomerTarget): Promise<string[] | undefined> {
  const { accounts: read } = await withProgress('Reading the accounts', ({ signal }) => client.call('GetCustomerAccounts', { customerId: target.customerId }, { signal, origin: 'command' }));
  const accounts = on ? masker.data(read, 'account') : read;
  const eligible = accounts.filter((account) => entry.report.accounts?.includes(account.type) ?? true);
  if (eligible.length === 0) {
    void vscode.window.showWarningMessage(`${target.name} has no account that ${entry.report.title} can be made from${accounts.length > 0 ? ` (${plainText([...new Set(accounts.map((a) => a.type))].join(', '))})` : ''}. Link one first.`);
    return undefined;
  }
  const items = eligible.map((account) => ({ label: account.name ?? account.id, description: `${account.type} · ${account.id}`, picked: true, id: account.id }));
  const left = accounts.length - eligible.length;
  const placeHolder = left > 0 ? `Accounts to include; ${left} of another type cannot be` : 'Accounts to include';
  const picked = await vscode.window.showQuickPick(items, { title: entry.report.title, placeHolder, canPickMany: true, ignoreFocusOut: true });
  if (!picked) return undefined;
  if (picked.length > 0) return picked.map((item) => item.id);
  void vscode.window.showWarningMessage('No account was chosen, so no report was asked for.');
  return undefined;
}

/** Epoch seconds, or `default` to send none. */
async function pickStart(entry: ReportOperation, required: boolean): Promise<number | 'default' | undefined> {
  const reach = reachOf(entry);
  const choice = await vscode.window.showQuickPick(dateChoices(required, reach), { title: entry.report.title, placeHolder: 'How far back?', ignoreFocusOut: true });
  if (!choice) return undefined;
  if (choice.months) return monthsBefore(Date.now(), choice.months);
  if (!choice.own) return 'default';
  const answer = await inputSteps(entry.report.title, [{ key: 'day', prompt: 'First day, as YYYY-MM-DD', validate: (text) => startDayProblem(text, Date.now(), reach) }]);
  return answer && parseDay(answer.day!);
}

async function statementInput(parts: Parts, target: CustomerTarget, node?: ExplorerNode): Promise<Record<string, unknown> | undefined> {
  const account = await accountTarget(parts, node && 'accountId' in node ? node : { kind: 'accounts', path: '', connectionId: target.connectionId, customerId: target.customerId }, 'Statement of which account?');
  if (!account) return undefined;
  const answer = await inputSteps('Statement report', [{ key: 'index', prompt: 'Which statement: 1 is the newest, 24 the oldest', value: '1', validate: (text) => (/^([1-9]|1\d|2[0-4])$/.test(text) ? undefined : 'A number from 1 to 24.') }]);
  return answer && { body: { statementReportData: { accountId: Number(account.accountId), statementIndex: Number(answer.index) } } };
}
