// The vaults without a real keychain: VS Code's secret storage, the choice between the two, the native file, and the keychain's words.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { chooseVault } from '../../src/credentials/chooseVault.ts';
import { createOsKeychain, keychainProblem, nativeFileNames } from '../../src/credentials/osKeychain.ts';
import { createSecretStorageVault, type SecretStorageLike } from '../../src/credentials/secretStorage.ts';
import type { Vault, VaultId } from '../../src/credentials/types.ts';
import { VaultError, type VaultProblem } from '../../src/credentials/vaultError.ts';

const secrets = { partnerId: '2445500000009', partnerSecret: 'canary-Secret-1', appKey: 'canaryappkey0000000000000000abcd' };
let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'obx-vault-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

function memoryStorage(): SecretStorageLike & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, get: async (key) => kept.get(key), store: async (key, value) => void kept.set(key, value), delete: async (key) => void kept.delete(key) };
}

test('the editor\'s storage keeps, gives back and deletes', async () => {
  const storage = memoryStorage();
  const vault = createSecretStorageVault(storage);
  await vault.probe();
  expect(storage.kept.size).toBe(0);
  await vault.write('acme', secrets);
  expect(await vault.read('acme')).toEqual(secrets);
  expect(await vault.read('other')).toBeUndefined();
  await vault.delete('acme');
  expect(storage.kept.size).toBe(0);
});

test.each(['', 'not json', '[]', 'null', '{"partnerId":"1","partnerSecret":2,"appKey":"3"}'])('an entry that is not three secrets (%s) is damaged', async (text) => {
  const storage = memoryStorage();
  storage.kept.set('connection:acme', text);
  await expect(createSecretStorageVault(storage).read('acme')).rejects.toEqual(expect.objectContaining({ kind: 'damaged' }));
});

test('a storage that fails, forgets or is silent ends in words without secrets', async () => {
  const failing = createSecretStorageVault({ ...memoryStorage(), store: () => Promise.reject(new Error('no keyring for canary-Secret-1')) });
  const error = await failing.write('acme', secrets).catch((reason: unknown) => reason as VaultError);
  expect(error).toEqual(expect.objectContaining({ kind: 'refused' }));
  expect((error as VaultError).message).not.toContain('canary');
  await expect(createSecretStorageVault({ ...memoryStorage(), get: async () => undefined }).probe()).rejects.toEqual(expect.objectContaining({ kind: 'refused' }));
  const silent = createSecretStorageVault({ ...memoryStorage(), get: () => new Promise(() => {}) }, { timeoutMs: 50 });
  await expect(silent.read('acme')).rejects.toEqual(expect.objectContaining({ kind: 'locked' }));
});

test('waiting for the storage can be cancelled', async () => {
  const vault = createSecretStorageVault({ ...memoryStorage(), get: () => new Promise(() => {}) });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await expect(vault.read('acme', { signal: controller.signal })).rejects.toEqual(expect.objectContaining({ name: 'AbortError' }));
});

const vaultThat = (id: VaultId, probe: () => Promise<void>): Vault => ({ id, label: id, probe, read: async () => undefined, write: async () => {}, delete: async () => {} });
const working = { osKeychain: vaultThat('osKeychain', async () => {}), vscode: vaultThat('vscode', async () => {}) };
const broken = (kind: VaultProblem) => ({ ...working, osKeychain: vaultThat('osKeychain', async () => { throw new VaultError(kind, 'words'); }) });
const desktop = { remoteName: undefined, desktop: true };

test('auto takes the OS keychain on the person\'s own desktop when it answers', async () => {
  expect((await chooseVault('auto', desktop, working)).vault.id).toBe('osKeychain');
});

test.each([
  ['on a remote machine', { remoteName: 'ssh-remote', desktop: true }, working],
  ['in a browser', { remoteName: undefined, desktop: false }, working],
  ['when the keychain is locked', desktop, broken('locked')],
  ['when there is none', desktop, broken('absent')],
] as const)('auto takes the editor\'s storage %s, and says why', async (_when, around, vaults) => {
  const choice = await chooseVault('auto', around, vaults);
  expect(choice.vault.id).toBe('vscode');
  expect(choice.because).toMatch(/^because /);
});

test('auto does not even ask the keychain of a remote machine', async () => {
  const untouched = { ...working, osKeychain: vaultThat('osKeychain', () => Promise.reject(new Error('touched'))) };
  expect((await chooseVault('auto', { remoteName: 'wsl', desktop: true }, untouched)).vault.id).toBe('vscode');
});

test('a setting for one vault is never answered with the other', async () => {
  expect((await chooseVault('osKeychain', { remoteName: 'ssh-remote', desktop: true }, working)).vault.id).toBe('osKeychain');
  await expect(chooseVault('osKeychain', desktop, broken('locked'))).rejects.toEqual(expect.objectContaining({ kind: 'locked' }));
  expect((await chooseVault('vscode', desktop, working)).vault.id).toBe('vscode');
});

test('a cancelled probe is a cancel, not a reason to take the other vault', async () => {
  const cancelled = { ...working, osKeychain: vaultThat('osKeychain', () => Promise.reject(new DOMException('stopped', 'AbortError'))) };
  await expect(chooseVault('auto', desktop, cancelled)).rejects.toEqual(expect.objectContaining({ name: 'AbortError' }));
});

test.each([
  ['linux', 'x64', ['keyring.linux-x64-gnu.node', 'keyring.linux-x64-musl.node']],
  ['linux', 'arm', ['keyring.linux-arm-gnueabihf.node', 'keyring.linux-arm-musleabihf.node']],
  ['darwin', 'arm64', ['keyring.darwin-arm64.node', 'keyring.darwin-universal.node']],
  ['win32', 'x64', ['keyring.win32-x64-msvc.node']],
  ['sunos', 'x64', []],
])('the native files of %s %s', (platform, arch, expected) => expect(nativeFileNames(platform, arch)).toEqual(expected));

const script = join(root, 'src/credentials/keychainProcess.ts');

test('a build without a file for this platform says so', async () => {
  await expect(createOsKeychain({ script, nativeFolder: folder }).probe()).rejects.toEqual(expect.objectContaining({ kind: 'absent' }));
});

test('a native file that cannot be loaded is absent, a program that cannot start too', async () => {
  for (const name of nativeFileNames(process.platform, process.arch)) await writeFile(join(folder, name), 'no library');
  await expect(createOsKeychain({ script, nativeFolder: folder }).probe()).rejects.toEqual(expect.objectContaining({ kind: 'absent', message: expect.stringContaining('does not run on this system') }));
  await expect(createOsKeychain({ script: join(folder, 'none.js'), nativeFolder: folder }).probe()).rejects.toBeInstanceOf(VaultError);
});

test.each<[string, VaultProblem]>([
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked'],
  ["Couldn't access platform storage: Secret Service: no result found", 'absent'],
  ['Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled', 'absent'],
  ['Platform failure: DBus error: org.freedesktop.DBus.Error.AccessDenied: Rejected send message', 'refused'],
  ['Platform failure: User interaction is not allowed.', 'locked'],
  ['Platform failure: User canceled the operation. (-128)', 'refused'],
  ['Entry is matched by 2 credentials: ambiguous', 'damaged'],
  ['something new', 'refused'],
])('the keychain\'s "%s" means %s', (detail, kind) => {
  const error = keychainProblem(detail, 'the keychain');
  expect(error.kind).toBe(kind);
  expect(error.message).not.toContain(detail);
});
