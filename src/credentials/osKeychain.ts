// The vault in the operating system's keychain: Secret Service, macOS Keychain or Windows Credential Manager, through the native file of
// @napi-rs/keyring. Service is `open-banking-explorer`, account is the connection's id, the value is the JSON of the three secrets.
// Every call runs in a short-lived process (keychainProcess.ts) that is killed when its time is up or the caller cancels, because a
// locked keychain may wait for its owner for ever. Free of vscode. See docs/adr/0003-vault.md.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KeychainReply, KeychainRequest } from './keychainProcess.ts';
import { readSecrets, writeSecrets } from './secretsText.ts';
import type { ConnectionSecrets, Vault, VaultCallOptions } from './types.ts';
import { VaultError } from './vaultError.ts';

export const keychainService = 'open-banking-explorer';

export interface OsKeychainOptions {
  /** Absolute path of keychainProcess, built. */
  script: string;
  /** Folder with the native files. */
  nativeFolder: string;
  /** Milliseconds; 30,000 when left out. */
  timeoutMs?: number;
  platform?: NodeJS.Platform;
  arch?: string;
  /** The environment that the keychain is looked for in; this process's own when left out. */
  env?: NodeJS.ProcessEnv;
}

/** The native files that may fit a platform, the likeliest first. Of the two kinds of Linux the wrong one fails to load and the next is tried. */
export function nativeFileNames(platform: string, arch: string): string[] {
  const kinds: Record<string, string[]> = {
    linux: arch === 'arm' ? ['arm-gnueabihf', 'arm-musleabihf'] : [`${arch}-gnu`, `${arch}-musl`],
    darwin: [arch, 'universal'],
    win32: [`${arch}-msvc`],
    freebsd: [arch],
  };
  return (kinds[platform] ?? []).map((kind) => `keyring.${platform}-${kind}.node`);
}

const names: Record<string, string> = { linux: 'Secret Service', darwin: 'macOS Keychain', win32: 'Windows Credential Manager' };
const editorStorage = "keep the secrets in the editor's own secret storage";

/** What the native library's words mean. The patterns were seen on Linux; those of macOS and Windows are the systems' documented texts. */
export function keychainProblem(detail: string, label: string): VaultError {
  const has = (pattern: RegExp) => pattern.test(detail);
  if (has(/prompt was dismissed|is locked|IsLocked|interaction is not allowed|-25308|ERROR_NO_SUCH_LOGON_SESSION/i))
    return new VaultError('locked', `${upper(label)} is locked and was not unlocked. Unlock it and try again, or ${editorStorage}.`, detail);
  if (has(/AccessDenied|not allowed|denied|rejected|user cancel|-128\b|-25293/i))
    return new VaultError('refused', `${upper(label)} refused access. Allow the editor to use it in its settings and try again, or ${editorStorage}.`, detail);
  if (has(/DBus|D-Bus|ServiceUnknown|no result found|no keychain is available|-25307|NoStorageAccess/i))
    return new VaultError('absent', `${upper(label)} does not answer on this machine. Start or set up a keychain (on Linux for example GNOME Keyring, KWallet or KeePassXC), or ${editorStorage}.`, detail);
  if (has(/UTF-?8|encoding|ambiguous/i))
    return new VaultError('damaged', damagedText(label), detail);
  return new VaultError('refused', `${upper(label)} answered with an error. Try again, or ${editorStorage}.`, detail);
}

const upper = (label: string) => label.charAt(0).toUpperCase() + label.slice(1);
const damagedText = (label: string) => `What ${label} keeps for this connection cannot be read as its credentials. Enter them anew with Edit Connection, or remove the connection.`;

export function createOsKeychain(options: OsKeychainOptions): Vault {
  const { platform = process.platform, arch = process.arch, timeoutMs = 30_000 } = options;
  const label = `the operating system's keychain (${names[platform] ?? platform})`;

  async function ask(action: KeychainRequest['action'], account: string, value: string | undefined, { signal }: VaultCallOptions = {}): Promise<string | null> {
    const files = nativeFileNames(platform, arch).map((name) => join(options.nativeFolder, name)).filter((file) => existsSync(file));
    if (files.length === 0)
      throw new VaultError('absent', `This build of the extension cannot reach ${label} on ${platform}-${arch}. Instead, ${editorStorage}.`);
    const reply = await run(options.script, { files, action, service: keychainService, account, value }, { env: options.env, timeoutMs, signal, label });
    if (reply.ok) return reply.value;
    if (reply.step === 'load')
      throw new VaultError('absent', `The part that reaches ${label} does not run on this system. Instead, ${editorStorage}.`, reply.message);
    throw keychainProblem(reply.message, label);
  }

  return {
    id: 'osKeychain',
    label,
    async read(connectionId, call) {
      const text = await ask('read', connectionId, undefined, call);
      if (text === null) return undefined;
      const secrets = readSecrets(text);
      if (!secrets) throw new VaultError('damaged', damagedText(label));
      return secrets;
    },
    async write(connectionId: string, secrets: ConnectionSecrets, call) { await ask('write', connectionId, writeSecrets(secrets), call); },
    async delete(connectionId, call) { await ask('delete', connectionId, undefined, call); },
    async probe(call) { await ask('probe', 'probe', undefined, call); },
  };
}

interface RunOptions { env?: NodeJS.ProcessEnv; timeoutMs: number; signal?: AbortSignal; label: string }

/** One request to a fresh process. Whatever happens, the process is gone when this settles. */
function run(script: string, request: KeychainRequest, { env = process.env, timeoutMs, signal, label }: RunOptions): Promise<KeychainReply> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // The editor's own binary is Electron: this variable makes it behave as Node.
    const child = fork(script, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...env, ELECTRON_RUN_AS_NODE: '1' } });
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.removeAllListeners();
      child.on('error', () => {});
      child.kill('SIGKILL');
      finish();
    };
    const onAbort = () => settle(() => reject(signal?.reason));
    const timer = setTimeout(() => settle(() => reject(new VaultError('locked',
      `${upper(label)} did not answer within ${Math.round(timeoutMs / 1000)} seconds. It may be waiting for you to unlock it: look for its prompt and try again, or ${editorStorage}.`))), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.once('message', (reply) => settle(() => resolve(reply as KeychainReply)));
    child.once('error', (error) => settle(() => reject(new VaultError('absent', `The part that reaches ${label} could not be started. Instead, ${editorStorage}.`, error.message))));
    child.once('exit', (code, killedBy) => settle(() => reject(new VaultError('refused', `The part that reaches ${label} ended without an answer. Try again, or ${editorStorage}.`, `exit ${code ?? killedBy}`))));
    child.send(request);
  });
}
