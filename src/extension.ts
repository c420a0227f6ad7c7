// The composition root: builds the parts and registers them; nothing else. Whatever is heavy (client, catalogue, sandbox, viewers, the
// commands themselves) is behind a dynamic import in the part that needs it, so that activation takes milliseconds.
import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerConnectionCommands } from './commands/connections/register.ts';
import { registerCommands } from './commands/register.ts';
import { createConnections } from './credentials/connections.ts';
import { createLockoutLedger } from './credentials/lockoutLedger.ts';
import { createOsKeychain } from './credentials/osKeychain.ts';
import { createSecretStorageVault } from './credentials/secretStorage.ts';
import type { FetchLike } from './client/types.ts';
import { Purposes } from './documents/purposes.ts';
import { registerDocuments } from './documents/register.ts';
import { askPerson } from './platform/askPerson.ts';
import { createLog } from './platform/log.ts';
import { createSessions, reportIntervalMs } from './platform/openSessions.ts';
import { createRedactor } from './platform/redaction.ts';
import { createSandboxControl, sandboxAnswers } from './platform/sandboxControl.ts';
import { createSandboxProcess } from './platform/sandboxProcess.ts';
import { storeSetting } from './platform/settings.ts';
import { createShowError } from './platform/showError.ts';
import { createStatusBar } from './platform/statusBar.ts';
import { registerExplorer } from './tree/register.ts';
import { registerViewers } from './webviews/host/register.ts';

// The editor calls deactivate() without arguments and waits for it alone; disposables are not waited for.
let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Open Banking', { log: true });
  const log = createLog(channel, createRedactor());
  const showError = createShowError(log);
  const dist = (...path: string[]) => join(context.extensionPath, 'dist', ...path);
  const storage = context.globalStorageUri.fsPath;
  // Looked up at each call: the editor replaces it with the one that knows its proxy and certificate settings.
  const fetch: FetchLike = (url, init) => globalThis.fetch(url, init as RequestInit);

  const vaults = {
    osKeychain: createOsKeychain({ script: dist('keychain.cjs'), nativeFolder: dist('native') }),
    vscode: createSecretStorageVault(context.secrets),
  };
  // `npm start` and the tests name a folder of their own, and so does who wants several windows on different worlds.
  const sandboxData = process.env.OPEN_BANKING_SANDBOX_DATA ?? join(storage, 'sandbox');
  const sandbox = createSandboxProcess({
    script: dist('sandbox.cjs'), dataFolder: sandboxData, log,
    answers: (url) => sandboxAnswers(globalThis.fetch, url), onNotice: (text) => void vscode.window.showWarningMessage(`Sandbox: ${text}`),
  });
  const sandboxControl = createSandboxControl(sandbox, (url, init) => globalThis.fetch(url, init));
  const connections = createConnections({
    state: context.globalState, vaults, sandboxSecrets: async (signal) => (await sandboxControl.status(signal)).credentials,
  });
  const ledger = createLockoutLedger({ folder: storage });
  const sessions = createSessions({ connections, ledger, sandbox, log, fetch, ask: (question, _operation, connection) => askPerson(question, connection) });

  const purposes = new Purposes(async (id) => (await import('./platform/askPurpose.ts')).askPurpose(connections.get(id)?.label ?? id));
  const documents = registerDocuments({ context, sessions, purposes, showError });
  const explorer = registerExplorer({ context, connections, sessions, documents, showError });
  registerViewers({ context, log, showError, followMs: (uri) => reportIntervalMs(connections.get(uri.authority) ?? connections.active()) });
  registerCommands({ context, connections, sessions, explorer, purposes, showError });
  registerConnectionCommands({
    context, connections, sessions, ledger, vaults, sandbox, sandboxControl, explorer, log, showError,
    storeSetting: () => storeSetting(vscode.workspace.getConfiguration('openBanking')),
    surroundings: { remoteName: vscode.env.remoteName, desktop: vscode.env.uiKind === vscode.UIKind.Desktop },
  });
  context.subscriptions.push(channel, createStatusBar({ connections, sessions, ledger, vaults }), sessions);
  stop = () => sandbox.dispose();
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
