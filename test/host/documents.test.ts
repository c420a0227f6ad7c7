// The `openbanking:` file system in the editor: every form of document, what it says when there is none, and what it refuses.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, control, dana, isAlive, running, until, type Report } from './sandboxWorld.ts';

const uri = (path: string, authority = 'sandbox', query = ''): vscode.Uri => vscode.Uri.from({ scheme: 'openbanking', authority, path, query });
const read = async (target: vscode.Uri): Promise<Buffer> => Buffer.from(await vscode.workspace.fs.readFile(target));
const readJson = async (target: vscode.Uri): Promise<Record<string, unknown>> => JSON.parse((await read(target)).toString()) as Record<string, unknown>;

/** The editor's error for a read or change that must fail. */
async function failure(doing: Thenable<unknown>): Promise<vscode.FileSystemError> {
  try {
    await doing;
  } catch (error) {
    assert.ok(error instanceof vscode.FileSystemError, `not a FileSystemError: ${String(error)}`);
    return error;
  }
  throw new Error('It succeeded.');
}

describe('documents', () => {
  let customerId = '';
  let finished: Report;
  let inProgress: Report;
  const customer = () => uri(`/customers/${customerId}.json`);
  const report = (form: 'json' | 'pdf', { id } = finished) => uri(`/customers/${customerId}/reports/${id}.${form}`);

  before(async () => {
    await read(uri('/customers/1.json')).catch(() => {}); // starts the sandbox where this file runs alone
    const { id, reports } = await dana();
    customerId = id;
    const one = (status: string) => reports.find((candidate) => candidate.status === status && candidate.type === 'voa') ?? reports.find((candidate) => candidate.status === status);
    finished = one('success')!;
    inProgress = one('inProgress')!;
    assert.ok(finished && inProgress, `states: ${reports.map(({ status }) => status).join(', ')}`);
  });

  it('a customer is what the API answers', async () => {
    assert.deepEqual(await readJson(customer()), await api(`/aggregation/v1/customers/${customerId}`));
  });

  it('its accounts are what the API answers, and each is a document too', async () => {
    const { accounts } = await readJson(uri(`/customers/${customerId}/accounts.json`)) as { accounts: { id: string; number: string }[] };
    const there = await api(`/aggregation/v1/customers/${customerId}/accounts`) as unknown as { accounts: { id: string }[] };
    assert.ok(accounts.length > 1);
    assert.deepEqual(accounts.map(({ id }) => id), there.accounts.map(({ id }) => id));
    const account = await readJson(uri(`/customers/${customerId}/accounts/${accounts[0]!.id}.json`));
    assert.equal(account.id, accounts[0]!.id);
  });

  it('transactions take their range from the query', async () => {
    const now = Math.floor(Date.now() / 1000);
    const month = await readJson(uri(`/customers/${customerId}/transactions.json`, 'sandbox', `fromDate=${now - 30 * 86_400}&toDate=${now}`)) as { found: string; transactions: { transactionDate?: number; postedDate?: number }[] };
    const quarter = await readJson(uri(`/customers/${customerId}/transactions.json`)) as { transactions: unknown[] };
    assert.ok(month.transactions.length > 0);
    assert.equal(month.transactions.length, Number(month.found));
    assert.ok(quarter.transactions.length > month.transactions.length, `${quarter.transactions.length} of 90 days, ${month.transactions.length} of 30`);
  });

  it('a report is JSON and a PDF', async () => {
    const json = await readJson(report('json'));
    assert.equal(json.id, finished.id);
    assert.equal(json.status, 'success');
    const pdf = await read(report('pdf'));
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    assert.match(pdf.subarray(-8).toString(), /%%EOF/);
  });

  it('says its size, that it is a file, and that it is read-only', async () => {
    const { size, type, permissions, mtime } = await vscode.workspace.fs.stat(customer());
    assert.equal(size, (await read(customer())).length);
    assert.equal(type, vscode.FileType.File);
    assert.equal(permissions, vscode.FilePermission.Readonly);
    assert.ok(mtime > 1_600_000_000_000, 'mtime is in milliseconds');
  });

  it('an unknown id fails with the API\'s code and our explanation', async () => {
    const { code, message } = await failure(vscode.workspace.fs.readFile(uri('/customers/7999999999.json')));
    assert.equal(code, 'Unavailable');
    assert.match(message, /14001/);
    assert.match(message, /does not exist for this partner/);
    assert.match(message, /Check the id and the active connection/);
  });

  it('a path that names no resource is a file that is not there', async () => {
    assert.equal((await failure(vscode.workspace.fs.readFile(uri(`/customers/${customerId}/secrets.json`)))).code, 'FileNotFound');
  });

  it('a connection that is not there is told so, without a call', async () => {
    const before = (await control('requests?last=1')).requests;
    const { message } = await failure(vscode.workspace.fs.readFile(uri('/customers/1.json', 'nobody-1a2b3c')));
    assert.match(message, /nobody-1a2b3c/);
    assert.deepEqual((await control('requests?last=1')).requests, before);
  });

  it('a failure of the API is told with its status, and the next read asks again', async () => {
    await control('faults', { method: 'POST', body: { kind: 'status', operation: 'GetCustomerAccounts', status: 403, body: { code: 10025, message: 'not for this plan' }, times: 1 } });
    const accounts = uri(`/customers/${customerId}/accounts.json`);
    await vscode.commands.executeCommand('openBanking.refreshExplorer');
    const { message } = await failure(vscode.workspace.fs.readFile(accounts));
    assert.match(message, /403/);
    assert.match(message, /10025/);
    assert.ok((await readJson(accounts)).accounts);
  });

  it('refuses to be written, renamed and deleted', async () => {
    const text = new TextEncoder().encode('{}');
    for (const doing of [
      vscode.workspace.fs.writeFile(customer(), text), vscode.workspace.fs.writeFile(uri('/customers/new.json'), text), vscode.workspace.fs.delete(customer()),
      vscode.workspace.fs.rename(customer(), uri('/customers/other.json')), vscode.workspace.fs.createDirectory(uri('/folder')),
    ]) assert.equal((await failure(doing)).code, 'NoPermissions');
    assert.equal((await readJson(customer())).id, customerId);
  });

  it('opens as JSON in the editor and is read again after a change', async () => {
    const document = await vscode.workspace.openTextDocument(customer());
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'json');
    assert.match(document.getText(), /"firstName": "Dana"/);
    await api(`/aggregation/v1/customers/${customerId}`, { method: 'PUT', body: { firstName: 'Dana Maria', lastName: 'Reyes' } });
    await vscode.commands.executeCommand('openBanking.refreshExplorer');
    await until('the new name in the open document', () => /"firstName": "Dana Maria"/.test(document.getText()) || undefined);
    assert.equal(document.isDirty, false);
  });

  it('a report that is being made has no PDF yet, and its open document follows it to its end', async () => {
    assert.match((await failure(vscode.workspace.fs.readFile(report('pdf', inProgress)))).message, /still being made/);
    const target = report('json', inProgress);
    const document = await vscode.workspace.openTextDocument(target);
    await vscode.window.showTextDocument(document);
    assert.match(document.getText(), /"status": "inProgress"/);
    await control('clock', { method: 'POST', body: { advance: 3_600 } });
    await until('the finished report in the open document', () => /"status": "success"/.test(document.getText()) || undefined);
    assert.equal((await read(report('pdf', inProgress))).subarray(0, 5).toString(), '%PDF-');
  });

  it('survives the end of its sandbox: the next read starts another', async () => {
    const before = await running();
    assert.ok(before);
    process.kill(before.pid, 'SIGKILL');
    await until('the end of the process', () => !isAlive(before.pid) || undefined);
    await vscode.commands.executeCommand('openBanking.refreshExplorer');
    assert.equal((await readJson(uri(`/customers/${customerId}/consumer.json`))).customerId, Number(customerId));
    const after = await running();
    assert.ok(after && after.pid !== before.pid && isAlive(after.pid));
  });
});
