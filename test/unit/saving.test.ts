// Saving with an editor of the test's own: the name that a copy is offered under, presentation mode that begins while a place is chosen, and
// statements whose files are there already.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Vscode from 'vscode';
import { userMessage } from '../../src/platform/messages.ts';
import { createPresentation } from '../../src/platform/presentation.ts';
import { statementFile, statementMonths } from '../../src/tree/statementMonths.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import type { TargetParts } from '../../src/commands/targets.ts';

interface Uri { scheme: string; path: string; fsPath: string; with(change: { path: string }): Uri }
const uriOf = (scheme: string, path: string): Uri => ({ scheme, path, fsPath: path, with: (change) => uriOf(scheme, change.path) });
const asUri = (uri: Uri): Vscode.Uri => uri as unknown as Vscode.Uri;

/** What a test sets, and what was asked. */
const editor = {
  folder: '',
  /** Runs while a place is chosen. */
  meanwhile: async (): Promise<void> => undefined,
  offered: '',
  answer: undefined as string | undefined,
  asked: [] as { title: string; buttons: string[] }[],
  said: [] as string[],
};

vi.mock('vscode', () => ({
  Uri: { joinPath: (base: Uri, ...steps: string[]) => uriOf(base.scheme, join(base.path, ...steps)) },
  env: { language: 'en' },
  window: {
    showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => {
      editor.offered = defaultUri.path.slice(defaultUri.path.lastIndexOf('/') + 1);
      await editor.meanwhile();
      return defaultUri;
    },
    showOpenDialog: async () => [uriOf('file', editor.folder)],
    showWarningMessage: async (title: string, options?: { modal?: boolean }, ...buttons: string[]) => {
      if (options?.modal) editor.asked.push({ title, buttons });
      else editor.said.push(title);
      return editor.answer;
    },
    showInformationMessage: async (text: string) => void editor.said.push(text),
    setStatusBarMessage: () => undefined,
  },
  workspace: {
    get workspaceFolders() { return [{ uri: uriOf('file', editor.folder) }]; },
    fs: { stat: (uri: Uri) => stat(uri.path) },
  },
}));
vi.mock('../../src/commands/accountTarget.ts', () => ({ accountTarget: async () => ({ connectionId: 'c', customerId: '7', accountId: '81', name: 'Checking' }) }));
const { act } = await import('../../src/webviews/host/panel.ts');
const { saveCopy, saveUnder } = await import('../../src/webviews/host/saving.ts');
const { saveStatements } = await import('../../src/commands/statements/saveStatements.ts');

const presentation = createPresentation({ state: { get: () => undefined, update: async () => undefined } });
const bytes = new TextEncoder().encode('%PDF-1.7');

beforeEach(async () => {
  Object.assign(editor, { folder: await mkdtemp(join(tmpdir(), 'saving-')), meanwhile: async () => undefined, offered: '', answer: undefined, asked: [], said: [] });
  await presentation.set(false);
  return () => rm(editor.folder, { recursive: true, force: true });
});

describe('a copy', () => {
  test.each([
    ['/customers/7/accounts/81/statements/1.pdf', statementFile('81', statementMonths(Date.now())[0]!)],
    ['/customers/7/reports/r-voi.pdf', 'r-voi.pdf'],
  ])('of %s is offered under a name that says what it is', async (path, name) => {
    expect(await saveCopy(asUri(uriOf('openbanking', path)), bytes, () => undefined)).toBe(true);
    expect(editor.offered).toBe(name);
    expect(await readdir(editor.folder)).toEqual([name]);
  });

  test('is not written when presentation mode began while its place was chosen', async () => {
    editor.meanwhile = () => presentation.set(true);
    await expect(presentation.unlessOn((still) => saveUnder('table.csv', bytes, still))).rejects.toThrow('presentation mode is on');
    expect(await readdir(editor.folder)).toEqual([]);
  });
});

test('what is refused in presentation mode says so once, with the way out; what is no sentence for people is named', async () => {
  await presentation.set(true);
  const shown = (action: () => PromiseLike<unknown>) => new Promise<unknown>((resolve) => act(action, 'Saving the PDF', { showError: resolve }));
  expect(userMessage(await shown(() => presentation.unlessOn(async () => 'saved')))).toEqual({
    severity: 'warning', text: expect.stringMatching(/^Not saved: presentation mode is on/),
    buttons: [{ title: 'Turn Presentation Mode Off', command: 'openBanking.togglePresentationMode', arguments: [undefined, 'off'] }],
  });
  expect(userMessage(await shown(async () => { throw new Error('EIO'); })).text).toBe('Saving the PDF failed: EIO');
});

describe('a statement whose file is there already', () => {
  const [month] = statementMonths(Date.now());
  const name = statementFile('81', month!);
  const node = { kind: 'statement', path: 'p', connectionId: 'c', customerId: '7', accountId: '81', index: 1, month: month!.month, data: {} } as ExplorerNode;
  let opened = 0;
  const parts = {
    presentation, connections: { get: () => ({ environment: 'sandbox' }) },
    sessions: { open: async () => { opened += 1; return { client: { send: async () => ({ body: bytes }) } }; } },
  } as unknown as TargetParts;
  beforeEach(async () => {
    opened = 0;
    await writeFile(join(editor.folder, name), 'before');
  });

  test('is asked about with Not Now first, and Enter leaves it and asks the bank for nothing', async () => {
    editor.answer = 'Not Now';
    await saveStatements(parts, node);
    expect(editor.asked).toEqual([{ title: 'The statement is in that folder already.', buttons: ['Not Now', 'Replace'] }]);
    expect([await readFile(join(editor.folder, name), 'utf8'), opened, editor.said]).toEqual(['before', 0, []]);
  });

  test('is replaced when that is chosen, and the folder is named', async () => {
    editor.answer = 'Replace';
    await saveStatements(parts, node);
    expect(await readFile(join(editor.folder, name), 'utf8')).toBe('%PDF-1.7');
    expect(editor.said).toEqual([`One statement saved in ${editor.folder.slice(editor.folder.lastIndexOf('/') + 1)}.`]);
  });
});
