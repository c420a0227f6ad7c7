// Save Request to Workspace with an editor of the test's own: what is written, and which tab is closed. A tab that is not what was saved, or
// that holds what was left out, must stay.
import { beforeEach, describe, expect, test, vi } from 'vitest';

interface Document { uri: Uri; text: string; isUntitled: boolean; isClosed: boolean; getText(): string; positionAt(offset: number): number; save(): Promise<boolean> }
type Uri = ReturnType<typeof uriOf>;

/** What a test sets, and what the command did. */
const editor = {
  active: undefined as Document | undefined,
  open: [] as Document[],
  files: new Map<string, string>(),
  path: 'requests/GetCustomer.obreq.json' as string | undefined,
  /** Answers of the warnings, in their turn. */
  warned: [] as (string | undefined)[],
  /** Runs while the question for the path is open. */
  meanwhile: (): void => undefined,
  ran: [] as unknown[][],
  said: [] as string[],
  refuses: false,
};

function uriOf(scheme: string, path: string) {
  return { scheme, path, toString: () => `${scheme}:${path}`, with: (change: { path: string }) => uriOf(scheme, change.path) };
}

vi.mock('vscode', () => ({
  TabInputCustom: class { readonly uri: Uri; constructor(uri: Uri) { this.uri = uri; } },
  FileSystemError: class extends Error { readonly code = 'NoPermissions'; },
  Uri: { joinPath: (base: Uri, ...steps: string[]) => uriOf(base.scheme, [base.path, ...steps].join('/')) },
  Range: class { readonly start: number; readonly end: number; constructor(start: number, end: number) { this.start = start; this.end = end; } },
  WorkspaceEdit: class { readonly all: { uri: Uri; content: string }[] = []; replace(uri: Uri, _range: unknown, content: string) { this.all.push({ uri, content }); } },
  window: {
    tabGroups: { activeTabGroup: { activeTab: undefined } },
    get activeTextEditor() { return editor.active && { document: editor.active }; },
    showWarningMessage: async (text: string) => { editor.said.push(text); return editor.warned.shift(); },
    showInformationMessage: async (text: string) => { editor.said.push(text); return undefined; },
    showErrorMessage: async (text: string) => { editor.said.push(text); return undefined; },
  },
  workspace: {
    workspaceFolders: [{ name: 'work', uri: uriOf('file', '/project') }],
    get textDocuments() { return editor.open; },
    findFiles: async () => [], asRelativePath: (uri: Uri) => uri.path.replace('/project/', ''),
    applyEdit: async ({ all }: { all: { uri: Uri; content: string }[] }) => {
      for (const { uri, content } of all) editor.open.find((one) => one.uri.toString() === uri.toString())!.text = content;
      return !editor.refuses;
    },
    fs: {
      writeFile: async (uri: Uri, bytes: Uint8Array) => {
        if (editor.refuses) throw new Error('/home/somebody: EACCES');
        editor.files.set(uri.path, new TextDecoder().decode(bytes));
      },
      stat: async (uri: Uri) => { if (!editor.files.has(uri.path)) throw new Error('ENOENT'); },
    },
  },
  commands: { executeCommand: async (...given: unknown[]) => { editor.ran.push(given); } },
}));
vi.mock('../../src/commands/inputSteps.ts', () => ({
  inputSteps: async () => {
    editor.meanwhile();
    return editor.path === undefined ? undefined : { path: editor.path };
  },
}));

const { saveRequest } = await import('../../src/commands/operations/saveRequest.ts');

const request = '{\n  "version": 1,\n  "operation": "GetCustomer",\n  "connection": "c1",\n  "parameters": {\n    "customerId": "7"\n  }\n}\n';
const personal = '{\n  "version": 1,\n  "operation": "CreateConsumer",\n  "parameters": { "customerId": "7" },\n  "body": { "ssn": "999-60-1111" }\n}\n';
const target = '/project/requests/GetCustomer.obreq.json';

function shown(text: string, { path = '/GetCustomer 1.obreq.json', untitled = true } = {}): Document {
  const document: Document = {
    uri: uriOf(untitled ? 'untitled' : 'file', path), text, isUntitled: untitled, isClosed: false, getText: () => document.text, positionAt: (offset) => offset,
    save: async () => {
      editor.files.set(path, document.text);
      return true;
    },
  };
  editor.open.push(document);
  editor.active = document;
  return document;
}

beforeEach(() => {
  Object.assign(editor, { active: undefined, open: [], files: new Map(), path: 'requests/GetCustomer.obreq.json', warned: [], meanwhile: () => undefined, ran: [], said: [], refuses: false });
});
const known = (): Set<string> => new Set();
const closed = (): boolean => editor.ran.some(([command]) => command === 'workbench.action.revertAndCloseActiveEditor');
const opened = (): unknown => editor.ran.find(([command]) => command === 'vscode.open')?.[1];

describe('a request without a file', () => {
  test('is written without its connection, its tab is closed, and the file is shown', async () => {
    shown(request);
    const files = known();
    await saveRequest(files);
    expect(editor.files.get(target)).toBe(request.replace('  "connection": "c1",\n', ''));
    expect(editor.ran.map(([command]) => command)).toEqual(['workbench.action.revertAndCloseActiveEditor', 'vscode.open']);
    expect(String(opened())).toBe(`file:${target}`);
    expect([...files]).toEqual([`file:${target}`]);
    expect(editor.said.at(-1)).toMatch(/^Saved as requests\/GetCustomer\.obreq\.json\. The connection was left out/);
  });

  test('stays open when personal data was left out of the file: it is in the tab alone', async () => {
    const { text } = shown(personal);
    editor.warned = ['Save Without Them'];
    await saveRequest(known());
    expect(editor.files.get(target)).toBe(text.replace('999-60-1111', ''));
    expect(closed()).toBe(false);
    expect(opened()).toBeUndefined();
  });

  test('is not written while its body is no JSON yet, which is said with the place', async () => {
    shown('{ "operation": "CreateConsumer", "parameters": { "customerId": "7" }, "bodyDraft": "{ \\"ssn\\": " }');
    await saveRequest(known());
    expect([...editor.files]).toEqual([]);
    expect(editor.ran).toEqual([]);
    expect(editor.said).toEqual([expect.stringMatching(/^Not saved: the body as typed cannot be taken yet\. .*column 10.* Mend it in the JSON tab/)]);
  });

  test('is closed when it was saved with them', async () => {
    const { text } = shown(personal);
    editor.warned = ['Save As It Is'];
    await saveRequest(known());
    expect(editor.files.get(target)).toBe(text);
    expect(closed()).toBe(true);
  });

  test('stays open when another tab became the active one while the file was being written', async () => {
    shown(request);
    editor.files.set(target, 'old');
    vi.spyOn(editor, 'meanwhile').mockImplementation(() => { editor.active = { ...shown('{}'), text: 'other' }; });
    editor.warned = ['Replace'];
    await saveRequest(known());
    expect(editor.files.get(target)).not.toBe('old');
    expect(closed()).toBe(false);
  });

  test.each<[string, (document: Document) => void]>([
    ['changed', (document) => { document.text = request.replace('"7"', '"8"'); }],
    ['closed', (document) => { document.isClosed = true; }],
  ])('is not written when it was %s while the questions were open, and nothing is closed', async (_, meanwhile) => {
    const document = shown(request);
    editor.meanwhile = () => meanwhile(document);
    await saveRequest(known());
    expect([...editor.files]).toEqual([]);
    expect(editor.ran).toEqual([]);
    expect(editor.said).toEqual([expect.stringMatching(/^Not saved: the request was changed or closed/)]);
  });

  test('stays open when it could not be written', async () => {
    shown(request);
    editor.refuses = true;
    await expect(saveRequest(known())).rejects.toThrow(/^Not saved: requests\/GetCustomer\.obreq\.json could not be written\. Look at/);
    expect(closed()).toBe(false);
  });

  test('stays when the person turns away, at each of the questions', async () => {
    shown(personal);
    await saveRequest(known());
    editor.warned = ['Save As It Is'];
    editor.path = undefined;
    await saveRequest(known());
    editor.path = 'requests/GetCustomer.obreq.json';
    editor.files.set(target, 'old');
    editor.warned = ['Save As It Is', undefined];
    await saveRequest(known());
    expect([...editor.files.values()]).toEqual(['old']);
    expect(editor.ran).toEqual([]);
  });
});

describe('a request of a file', () => {
  test('is saved in its place, and its tab stays', async () => {
    const document = shown(request, { path: target, untitled: false });
    await saveRequest(known());
    expect(editor.files.get(target)).toBe(request.replace('  "connection": "c1",\n', ''));
    expect(document.text).toBe(editor.files.get(target));
    expect(closed()).toBe(false);
  });

  test('that the editor does not change is not told as saved', async () => {
    shown(request, { path: target, untitled: false });
    editor.refuses = true;
    await expect(saveRequest(known())).rejects.toThrow(/not saved/i);
    expect(editor.said).toEqual([]);
  });
});
