// The road of a request's document with nothing on it: a list, an untitled document, a custom text editor whose page has one input that
// holds the document's text. A key becomes an edit, and the page hears of it. And a page that takes bytes and does nothing with them.
const vscode = require('vscode');

const items = Array.from({ length: 190 }, (_, n) => ({ label: `Constant operation ${n}`, description: `Constant${n}`, detail: `GET /constants/${n}` }));
const page = (script) => `<!DOCTYPE html><html><body>${script}</body></html>`;
const inputPage = page(`<script>
const api = acquireVsCodeApi();
let input;
addEventListener('message', ({ data: { text } }) => {
  if (typeof text !== 'string') return;
  if (!input) {
    document.body.innerHTML = '<main><input aria-required="true"><p></p></main>';
    input = document.querySelector('input');
    input.oninput = () => api.postMessage({ text: input.value });
    if (document.hasFocus()) input.focus();
    else addEventListener('focus', () => input.focus(), { once: true });
  }
  document.querySelector('p').textContent = text;
});
api.postMessage({});
</script>`);
const bytesPage = page(`<script>
const api = acquireVsCodeApi();
addEventListener('message', ({ data: { bytes } }) => { if (bytes) api.postMessage({ length: bytes.length, at: performance.timeOrigin + performance.now() }); });
api.postMessage({});
</script>`);

function showEditor(document, panel) {
  const { webview } = panel;
  const tell = () => webview.postMessage({ text: document.getText() });
  webview.options = { enableScripts: true };
  webview.onDidReceiveMessage(({ text }) => {
    if (text === undefined) return tell();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
    return vscode.workspace.applyEdit(edit);
  });
  const listener = vscode.workspace.onDidChangeTextDocument((event) => { if (event.document === document) tell(); });
  panel.onDidDispose(() => listener.dispose());
  webview.html = inputPage;
}

async function choose() {
  if (!(await vscode.window.showQuickPick(items, { title: 'Plain', matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true }))) return;
  let uri = vscode.Uri.from({ scheme: 'untitled', path: 'constant.plain.json' });
  for (let n = 2; vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString()); n += 1) uri = uri.with({ path: `constant-${n}.plain.json` });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), '{}\n');
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', document.uri, 'plainEditor.editor');
}

let beside;
const heard = () => new Promise((resolve) => {
  const listener = beside.webview.onDidReceiveMessage((message) => { listener.dispose(); resolve(message); });
});

/** Opens the page that takes bytes, beside what is open. */
async function openBytes() {
  beside = vscode.window.createWebviewPanel('plainEditor.bytes', 'Bytes', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true });
  const ready = heard();
  beside.webview.html = bytesPage;
  await ready;
}

const made = new Map();
// Text like an answer's: the editor packs what goes over its wire.
const makeBytes = (size) => new Uint8Array(Buffer.alloc(size, JSON.stringify(Array.from({ length: 999 }, (_, n) => ({ id: n * 7919, memo: `Card ending in ${n}, reference ${(n * 104729) % 1000003}` })))));

/** Milliseconds from posting so many bytes to its script having them. They are made when so many are first asked for. */
async function post(size) {
  const bytes = made.get(size) ?? made.set(size, makeBytes(size)).get(size);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const arrived = heard();
  const startedAt = performance.timeOrigin + performance.now();
  beside.webview.postMessage({ bytes });
  return (await arrived).at - startedAt;
}

exports.activate = () => {
  vscode.window.registerCustomEditorProvider('plainEditor.editor', { resolveCustomTextEditor: showEditor });
  vscode.commands.registerCommand('plainEditor.choose', choose);
  vscode.commands.registerCommand('plainEditor.openBytes', openBytes);
  vscode.commands.registerCommand('plainEditor.post', post);
};
