// What activation does, and what it leaves for later. The first of the suites: the sandbox has not been needed yet.
import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { dana, running, until } from './sandboxWorld.ts';

const theExtension = (): vscode.Extension<unknown> => {
  const extension = vscode.extensions.getExtension('open-banking-explorer.open-banking-explorer');
  assert.ok(extension, 'the extension is not installed');
  return extension;
};

/** The extension's own code files that Node has loaded, by their path in dist. */
function loadedCode(): string[] {
  const dist = join(theExtension().extensionPath, 'dist') + sep;
  return Object.keys(createRequire(__filename).cache).filter((file) => file.startsWith(dist)).map((file) => relative(dist, file).replaceAll(sep, '/')).sort();
}

/** The sources that the build put into an output and into what that output needs at once. */
function bundledInto(name: RegExp): string[] {
  interface Output { inputs: Record<string, unknown>; imports: { path: string; kind: string }[] }
  const { outputs } = JSON.parse(readFileSync(join(theExtension().extensionPath, 'dist/meta.json'), 'utf8')) as { outputs: Record<string, Output> };
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path) || !outputs[path]) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === 'import-statement') visit(next);
  };
  visit(Object.keys(outputs).find((path) => name.test(path))!);
  return [...found].flatMap((path) => Object.keys(outputs[path]!.inputs));
}

const kinds = (files: readonly string[]): string[] => files.map((file) => file.replace(/-[A-Z0-9]{8}\.cjs$/, ''));

describe('activation', () => {
  it('loads one file', async () => {
    await theExtension().activate();
    assert.equal(theExtension().isActive, true);
    assert.deepEqual(loadedCode(), ['extension.cjs']);
  });

  it('that file holds the stand-ins and nothing of the parts', () => {
    const inside = bundledInto(/\/extension\.cjs$/);
    assert.ok(inside.includes('src/extension.ts') && inside.includes('src/standIns.ts'), inside.join(', '));
    const heavy = /^src\/(?!extension|standIns|documents\/scheme|history\/scheme|requests\/scheme|webviews\/protocol\/)/;
    assert.deepEqual(inside.filter((file) => heavy.test(file)), []);
  });

  it('what the first use builds holds neither catalogue nor client, and no code for snippets: each comes when it is needed', () => {
    const inside = bundledInto(/\/chunks\/composition-[A-Z0-9]{8}\.cjs$/);
    assert.ok(inside.includes('src/tree/operations/view.ts'), inside.join(', '));
    assert.deepEqual(inside.filter((file) => /generated\/|^src\/(api\/(catalogue|schemas)|client\/client|snippets\/)/.test(file)), []);
  });

  it('starts no sandbox', async () => {
    assert.equal(await running(), undefined);
  });

  it('registers every command that the manifest names', async () => {
    const { contributes } = theExtension().packageJSON as { contributes: { commands: { command: string }[] } };
    const there = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(contributes.commands.map(({ command }) => command).filter((command) => !there.has(command)), []);
  });

  it('registers no command that the manifest does not name', async () => {
    const { contributes } = theExtension().packageJSON as { contributes: { commands: { command: string }[] } };
    const named = new Set(contributes.commands.map(({ command }) => command));
    // The editor adds some for each view, e.g. to focus it.
    const ours = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('openBanking.') && !/^openBanking\.(explorer|history|jobs|operations)\./.test(command));
    assert.deepEqual(ours.filter((command) => !named.has(command)), []);
  });

  it('the first document starts the sandbox and loads the client, and no viewer, form or command', async () => {
    const first = vscode.Uri.parse('openbanking://sandbox/institutions/101732.json');
    // Whether this institution exists does not matter here: asking for it is the need.
    await vscode.workspace.fs.readFile(first).then(undefined, () => {});
    const found = await until('a running sandbox', running);
    assert.match(found.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(kinds(loadedCode()).includes('chunks/client'), `the client was not loaded: ${loadedCode().join(', ')}`);
    for (const part of ['schemas', 'reportEditor', 'pdfEditor', 'runOperation', 'addConnection']) assert.ok(!kinds(loadedCode()).includes(`chunks/${part}`), `${part} was loaded for a document`);
  });

  it('the sandbox has the seeded world', async () => {
    assert.ok((await dana()).reports.length > 3);
  });

  it('an opened folder cannot choose where secrets are kept', () => {
    // The folder's settings say "osKeychain" (see the runners); the setting belongs to the machine.
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a folder');
    const setting = vscode.workspace.getConfiguration('openBanking', folder.uri);
    assert.equal(vscode.workspace.getConfiguration('editor', folder.uri).get('tabSize'), 7, 'the folder\'s settings are not in effect, so this proves nothing');
    assert.equal(setting.get('credentials.store'), 'auto');
  });
});
