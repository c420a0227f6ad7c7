// Request files as text: the schema of all of them and the one of their operation, and what neither can know, each told once.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './sandboxWorld.ts';

const folder = (): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'request files');

/** A request file of the folder with this text, shown as text. */
async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(), `${name}.obreq.json`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

const found = (document: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
const ours = (document: vscode.TextDocument): vscode.Diagnostic[] => found(document).filter(({ source }) => source === 'Open Banking');
const lines = (document: vscode.TextDocument): string => found(document).map(({ source, message, range }) => `${source} ${range.start.line + 1}: ${message}`).join(' | ');
/** Both the editor's JSON language and ours have looked by then. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_500));

async function completions(document: vscode.TextDocument, after: string): Promise<string[]> {
  const at = document.positionAt(document.getText().indexOf(after) + after.length);
  const list = await until('completions', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
    return items.length > 3 ? items : undefined;
  });
  return list.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('request files as text', () => {
  before(async () => {
    // The parts of the extension are built at its first use.
    await vscode.commands.executeCommand('openBanking.operations.focus');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  after(() => vscode.workspace.fs.delete(folder(), { recursive: true }));

  it('one without a schema of its own is completed all the same: its parts, and every operation by both its names', async () => {
    const document = await open('bare', '{\n  "operation": "",\n  \n}\n');
    const operations = await completions(document, '"operation": "');
    for (const name of ['"GetCustomer"', '"customers.get_by_id"']) assert.ok(operations.includes(name), operations.slice(0, 10).join(', '));
    assert.ok(operations.length > 150, String(operations.length));
    const parts = await completions(document, ',\n  ');
    for (const part of ['parameters', 'body', 'title', 'connection']) assert.ok(parts.includes(part), parts.join(', '));
  });

  it('one with the schema of its operation has that operation\'s parameters, and title and notes are welcome', async () => {
    const document = await open('own', JSON.stringify({ $schema: 'openbanking-schema:/GetCustomers.json', version: 1, title: 'T', notes: 'N', operation: 'GetCustomers', parameters: { s: 1 } }, null, 2));
    await until('a problem with "s"', () => found(document).find(({ message }) => /Property s is not allowed/.test(message)));
    await settled();
    assert.equal(found(document).length, 1, lines(document));
    const names = await completions(document, '"s');
    for (const name of ['search', 'start', 'limit']) assert.ok(names.includes(name), names.join(', '));
  });

  it('what the editor\'s JSON language tells is told once', async () => {
    const document = await open('twice', '{\n  // mine\n  "operation": "GetCustomr",\n  "bdy": {},\n  "parameters": {},\n}\n');
    await until('problems of JSON', () => found(document).length >= 2 || undefined);
    await settled();
    const places = found(document).map(({ range }) => `${range.start.line}:${range.start.character}`);
    assert.equal(new Set(places).size, places.length, lines(document));
    assert.deepEqual(ours(document).map(({ message }) => message), [], lines(document));
  });

  it('what it cannot know is told at its place: a parameter of no schema, a credential, a newer version, a value', async () => {
    const document = await open('alone', '{\n  "operation": "GetCustomer",\n  "parameters": { "customerID": "7" }\n}\n');
    const [stranger] = await until('an unknown parameter', () => (ours(document).length > 0 ? ours(document) : undefined));
    assert.match(stranger!.message, /no parameter "customerID"; it has customerId/);
    assert.deepEqual([stranger!.range.start.line, stranger!.range.start.character], [2, 18]);
    const say = async (text: string): Promise<string> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      const before = lines(document);
      await vscode.workspace.applyEdit(edit);
      await until('other problems', () => (lines(document) !== before && ours(document).length > 0) || undefined);
      return ours(document).map(({ message, range }) => `${range.start.line + 1}: ${message}`).join(' | ');
    };
    assert.match(await say('{\n  "operation": "AddTestingCustomer",\n  "body": { "username": "abcdef", "partnerSecret": "hush" }\n}\n'), /^3: "partnerSecret" is a credential/);
    assert.match(await say('{\n  "operation": "GetCustomer",\n  "version": 2\n}\n'), /^3: Written by a newer version/);
    assert.match(await say('{\n  "operation": "GetCustomers",\n  "parameters": { "limit": "many" }\n}\n'), /^3: /);
  });

  it('a good one has no problems, and they go with the tab', async () => {
    const document = await open('good', '{\n  "operation": "GetCustomers",\n  "parameters": { "limit": 2 }\n}\n');
    await settled();
    assert.equal(lines(document), '');
  });
});
