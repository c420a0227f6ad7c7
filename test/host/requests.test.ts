// Request documents: the editor's own JSON language completes and checks them from the description, and Send shows the answer.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { dana, until } from './sandboxWorld.ts';

const schemaOf = (operation: string) => vscode.Uri.parse(`openbanking-schema:/${operation}.json`);
const request = (operation: string, rest: Record<string, unknown>) => JSON.stringify({ $schema: schemaOf(operation).toString(), operation, ...rest }, null, 2);

/** An untitled request document with this text, in the active editor. */
async function open(operation: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path: `${operation}-${Math.random().toString(36).slice(2)}.obreq.json` }));
  await vscode.window.showTextDocument(document);
  await replace(document, text);
  return document;
}

async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const problems = (document: vscode.TextDocument): string[] => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
const close = async () => {
  // Untitled documents ask before they go; reverting is how one says that they may.
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor').then(undefined, () => {});
};

describe('request documents', () => {
  before(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor').then(undefined, close);
  });

  it('the schema of an operation is a document', async () => {
    const schema = JSON.parse((await vscode.workspace.openTextDocument(schemaOf('GetCustomers'))).getText()) as { properties: { parameters: { properties: Record<string, unknown> } } };
    assert.ok('type' in schema.properties.parameters.properties);
    assert.ok('search' in schema.properties.parameters.properties);
  });

  it('the schema of no operation allows anything rather than failing', async () => {
    assert.equal((await vscode.workspace.openTextDocument(schemaOf('NoSuchOperation'))).getText(), '{}');
  });

  it('a wrong request has diagnostics that name what is wrong, and a good one has none', async () => {
    const document = await open('Enroll', request('AddTestingCustomer', { parameters: { type: 'testing' }, body: { username: 'abc', firstName: 5 } }));
    const found = await until('three diagnostics', () => (problems(document).length >= 3 ? problems(document).join(' | ') : undefined), 30_000);
    assert.match(found, /Too short: 3 characters, 6 at least/);
    assert.match(found, /Expected "string"/);
    assert.match(found, /Property parameters is not allowed/);
    await replace(document, request('AddTestingCustomer', { body: { username: 'abcdef', firstName: 'Homer' } }));
    await until('no diagnostics', () => problems(document).length === 0 || undefined);
  });

  it('parameters and fields of the body are completed', async () => {
    const text = request('GetCustomers', { parameters: { s: 1 } });
    const document = await open('Complete', text);
    const at = document.positionAt(text.indexOf('"s"') + 2);
    const list = await until('completions', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
      return items.length > 3 ? items : undefined;
    });
    const labels = list.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const name of ['search', 'start', 'limit', 'type']) assert.ok(labels.includes(name), labels.join(', '));
  });

  it('Send opens the answer beside: as it came, laid out, read-only, named by operation and status', async () => {
    const { id } = await dana();
    await open('Send', request('GetCustomer', { parameters: { customerId: id } }));
    await vscode.commands.executeCommand('openBanking.sendRequest');
    const answer = await until('the answer', () => vscode.workspace.textDocuments.find(({ uri, languageId }) => uri.scheme === 'openbanking-answer' && languageId === 'json'));
    assert.match(answer.uri.path, /^\/GetCustomer 200 #\d+\.json$/);
    assert.equal((JSON.parse(answer.getText()) as { id: string }).id, id);
    assert.ok(answer.lineCount > 5);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(answer.uri, new Uint8Array())), /cannot be changed|read-only|NoPermissions/i);
    const column = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'openbanking-answer'))?.viewColumn;
    assert.equal(column, vscode.ViewColumn.Two);
  });

  it('a PDF opens in the PDF viewer', async () => {
    const { id, reports } = await dana();
    const reportId = reports.find(({ status, type }) => status === 'success' && type === 'voa')!.id;
    await open('Pdf', request('GetReportByCustomer', { accept: 'application/pdf', parameters: { customerId: id, reportId } }));
    await vscode.commands.executeCommand('openBanking.sendRequest');
    const tab = await until('the PDF', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.scheme === 'openbanking-answer'));
    assert.equal((tab.input as vscode.TabInputCustom).viewType, 'openBanking.pdfFileViewer');
    assert.match(tab.label, /^GetReportByCustomer 200 #\d+\.pdf$/);
    const bytes = await vscode.workspace.fs.readFile((tab.input as vscode.TabInputCustom).uri);
    assert.equal(Buffer.from(bytes.subarray(0, 5)).toString(), '%PDF-');
    await vscode.window.tabGroups.close(tab);
  });

  it('the answer of an earlier window says that it is gone, and never shows another', async () => {
    const gone = /no longer kept[^]*until the window closes/;
    for (const authority of ['0badcafe', ''])
      assert.match((await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'openbanking-answer', authority, path: '/GetCustomer 200 #1.json' }))).getText(), gone);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.from({ scheme: 'openbanking-answer', authority: '0badcafe', path: '/GetReportByCustomer 200 #1.pdf' }))), gone);
  });
});
