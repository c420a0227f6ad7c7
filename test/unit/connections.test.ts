import { expect, test } from 'vitest';
import { createConnections, sandboxRecord, type StateLike } from '../../src/credentials/connections.ts';
import {
  appKeyHint, appKeyProblem, baseUrlProblem, labelProblem, newConnectionId, partnerIdProblem, partnerSecretHint, partnerSecretProblem, readBaseUrl,
} from '../../src/credentials/connectionInput.ts';
import type { ConnectionRecord, ConnectionSecrets, Vault, VaultId } from '../../src/credentials/types.ts';
import { VaultError } from '../../src/credentials/vaultError.ts';

const secrets: ConnectionSecrets = { partnerId: '2445500000009', partnerSecret: 'canary-Secret-1', appKey: 'canaryappkey' };
const demo: ConnectionSecrets = { partnerId: '1', partnerSecret: 'demo', appKey: 'demo' };
const record = (change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: 'acme-1', label: 'Acme', environment: 'production', baseUrl: 'https://api.finicity.com', readOnly: false, store: 'osKeychain', createdAt: 1, ...change,
});

function memoryVault(id: VaultId): Vault & { kept: Map<string, ConnectionSecrets>; broken?: VaultError } {
  const kept = new Map<string, ConnectionSecrets>();
  const check = () => { if (vault.broken) throw vault.broken; };
  const vault: Vault & { kept: Map<string, ConnectionSecrets>; broken?: VaultError } = {
    id, label: id, kept,
    read: async (key) => { check(); return kept.get(key); },
    write: async (key, value) => { check(); kept.set(key, value); },
    delete: async (key) => { check(); kept.delete(key); },
    probe: async () => check(),
  };
  return vault;
}

function setUp(state: StateLike & { values: Map<string, unknown> } = memoryState()) {
  const vaults = { osKeychain: memoryVault('osKeychain'), vscode: memoryVault('vscode') };
  return { state, vaults, connections: createConnections({ state, vaults, sandboxSecrets: async () => demo }) };
}
function memoryState(): StateLike & { values: Map<string, unknown> } {
  const values = new Map<string, unknown>();
  return { values, get: <T>(key: string) => values.get(key) as T | undefined, update: async (key, value) => void values.set(key, structuredClone(value)) };
}

test('the sandbox is always there, active, and has its demo credentials', async () => {
  const { connections } = setUp();
  expect(connections.list()).toEqual([sandboxRecord]);
  expect(connections.active()).toEqual(sandboxRecord);
  expect(await connections.secrets('sandbox')).toEqual(demo);
});

test('an added connection is active, listed after the sandbox by label, and none of its secrets is in the state', async () => {
  const { connections, state, vaults } = setUp();
  await connections.add(record({ id: 'zeta-1', label: 'Zeta' }), secrets);
  await connections.add(record(), secrets);
  expect(connections.list().map(({ label }) => label)).toEqual(['Sandbox', 'Acme', 'Zeta']);
  expect(connections.active().id).toBe('acme-1');
  expect(await connections.secrets('acme-1')).toEqual(secrets);
  expect(vaults.osKeychain.kept.size).toBe(2);
  const kept = JSON.stringify([...state.values]);
  for (const secret of Object.values(secrets)) expect(kept).not.toContain(secret);
});

test('when the vault fails nothing is added', async () => {
  const { connections, vaults, state } = setUp();
  vaults.osKeychain.broken = new VaultError('locked', 'words');
  await expect(connections.add(record(), secrets)).rejects.toBeInstanceOf(VaultError);
  expect(connections.list()).toHaveLength(1);
  expect(connections.active().id).toBe('sandbox');
  expect(state.values.size).toBe(0);
});

test('connections come back in another window, where another one may be active', async () => {
  const { connections, state } = setUp();
  await connections.add(record(), secrets);
  const second = setUp(state).connections;
  expect(second.active().id).toBe('acme-1');
  await second.setActive('sandbox');
  expect(connections.active().id).toBe('acme-1');
});

test('removing takes the secrets along and falls back to the sandbox', async () => {
  const { connections, vaults } = setUp();
  await connections.add(record(), secrets);
  await connections.remove('acme-1');
  expect(connections.list()).toHaveLength(1);
  expect(connections.active().id).toBe('sandbox');
  expect(vaults.osKeychain.kept.size).toBe(0);
});

test('a vault that does not answer keeps the connection, unless the user gives up the secrets in it', async () => {
  const { connections, vaults } = setUp();
  await connections.add(record(), secrets);
  vaults.osKeychain.broken = new VaultError('locked', 'words');
  await expect(connections.remove('acme-1')).rejects.toBeInstanceOf(VaultError);
  expect(connections.get('acme-1')).toBeDefined();
  await connections.remove('acme-1', { leaveSecrets: true });
  expect(connections.get('acme-1')).toBeUndefined();
});

test('signing out keeps the record and forgets the secrets', async () => {
  const { connections } = setUp();
  await connections.add(record(), secrets);
  await connections.signOut('acme-1');
  expect(connections.get('acme-1')).toEqual({ ...record(), signedOut: true });
  expect(await connections.secrets('acme-1')).toBeUndefined();
});

test('it stays signed out through other changes, until credentials are entered', async () => {
  const { connections } = setUp();
  await connections.add(record(), secrets);
  await connections.signOut('acme-1');
  await connections.update('acme-1', { label: 'Renamed' });
  expect(connections.get('acme-1')?.signedOut).toBe(true);
  await connections.update('acme-1', {}, secrets);
  expect(connections.get('acme-1')?.signedOut).toBeUndefined();
  expect(await connections.secrets('acme-1')).toEqual(secrets);
});

test('with another vault the secrets move and leave nothing behind', async () => {
  const { connections, vaults } = setUp();
  await connections.add(record(), secrets);
  await connections.update('acme-1', { store: 'vscode' });
  expect(vaults.osKeychain.kept.size).toBe(0);
  expect(await connections.secrets('acme-1')).toEqual(secrets);
  expect(connections.get('acme-1')?.store).toBe('vscode');
});

test('a move into a vault that fails leaves everything where it was', async () => {
  const { connections, vaults } = setUp();
  await connections.add(record(), secrets);
  vaults.vscode.broken = new VaultError('refused', 'words');
  await expect(connections.update('acme-1', { store: 'vscode' })).rejects.toBeInstanceOf(VaultError);
  expect(await connections.secrets('acme-1')).toEqual(secrets);
  expect(connections.get('acme-1')?.store).toBe('osKeychain');
});

test('credentials entered anew go to the new vault although the old one is broken, and the old copy is named', async () => {
  const { connections, vaults } = setUp();
  await connections.add(record(), secrets);
  vaults.osKeychain.broken = new VaultError('locked', 'words');
  await expect(connections.update('acme-1', { store: 'vscode' }, { ...secrets, partnerSecret: 'new' })).rejects.toThrow(/old copy is still in osKeychain/);
  expect((await connections.secrets('acme-1'))?.partnerSecret).toBe('new');
});

test('the sandbox cannot be changed or removed', async () => {
  const { connections } = setUp();
  await expect(connections.remove('sandbox')).rejects.toThrow(/always there/);
  await expect(connections.update('sandbox', { label: 'mine' })).rejects.toThrow(/always there/);
  await expect(connections.signOut('sandbox')).rejects.toThrow(/always there/);
});

test('state that is no record is left out, and a record called sandbox cannot take its place', () => {
  const state = memoryState();
  state.values.set('connections', [null, 1, { id: 'x' }, { ...record(), id: 'sandbox', label: 'False' }, { ...record(), environment: 'moon' }, record()]);
  state.values.set('activeConnection', 'gone');
  const { connections } = setUp(state);
  expect(connections.list()).toEqual([sandboxRecord, record()]);
  expect(connections.active().id).toBe('sandbox');
});

test('listeners hear of each change until they are disposed', async () => {
  const { connections } = setUp();
  let heard = 0;
  const listening = connections.onDidChange(() => { heard += 1; });
  await connections.add(record(), secrets);
  await connections.update('acme-1', { readOnly: true });
  await connections.signOut('acme-1');
  await connections.setActive('sandbox');
  expect(heard).toBe(4);
  listening.dispose();
  await connections.remove('acme-1');
  expect(heard).toBe(4);
});

test.each([
  ['https://api.finicity.com', 'https://api.finicity.com'], [' https://proxy.example.com/ob/ ', 'https://proxy.example.com/ob'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'], ['http://localhost:4010/', 'http://localhost:4010'], ['http://[::1]:4010', 'http://[::1]:4010'], ['HTTPS://API.Finicity.COM', 'https://api.finicity.com'],
])('base URL %s is taken', (text, url) => expect(readBaseUrl(text)).toEqual({ url }));

test.each([
  ['', /empty/], ['api.finicity.com', /complete address/], ['ftp://api.finicity.com', /only https/], ['file:///etc/passwd', /only https/], ['http://api.finicity.com', /unencrypted/],
  ['http://127.0.0.1.example.com', /unencrypted/], ['http://localhost.example.com', /unencrypted/], ['https://user:canary@api.finicity.com', /user name or password/],
  ['https://api.finicity.com?x=1', /query/], ['https://api.finicity.com/#x', /fragment/], ['https://api.finicity.com/?', /query/],
])('base URL "%s" is refused with its reason and field', (text, reason) => {
  expect(baseUrlProblem(text)).toMatch(reason);
  expect(baseUrlProblem(text)).toMatch(/^Base URL: /);
  expect(baseUrlProblem(text)).not.toContain('canary');
});

test('what is wrong with a field is said with its name, never with a secret', () => {
  expect(labelProblem('  ', [])).toMatch(/^Label: it is empty/);
  expect(labelProblem('acme', ['Acme'])).toMatch(/already/);
  expect(labelProblem('x'.repeat(61), [])).toMatch(/61/);
  expect(labelProblem('Acme 🏦', [])).toBeUndefined();
  expect(partnerIdProblem('24455-1')).toMatch(/^Partner ID: .*digits/);
  expect(partnerIdProblem(' 2445500000001 ')).toBeUndefined();
  expect(partnerSecretProblem('canary ')).toMatch(/^Partner secret: .*space/);
  expect(partnerSecretProblem('old')).toBeUndefined();
  expect(appKeyProblem('a b')).toMatch(/^App key: /);
  expect(appKeyProblem('kéy')).toMatch(/header/);
  expect(appKeyProblem('abc')).toBeUndefined();
  for (const text of [partnerSecretProblem('canary '), partnerSecretHint('canary'), appKeyProblem('canary x'), appKeyHint('canary')]) expect(text).not.toContain('canary');
});

test('hints follow the API\'s policy for secrets', () => {
  expect(partnerSecretHint('Abcdefgh123!@#$%&*_-+')).toBeUndefined();
  expect(partnerSecretHint('short1')).toMatch(/12 characters/);
  expect(partnerSecretHint('abcdefghijklm')).toMatch(/no digit/);
  expect(partnerSecretHint('1234567890123')).toMatch(/no letter/);
  expect(partnerSecretHint('abcdefghijk1?')).toMatch(/not a letter/);
  expect(appKeyHint('0123456789abcdef0123456789abcdef')).toBeUndefined();
});

test('an id is fit for a URI\'s authority and never the sandbox\'s or an earlier one\'s', () => {
  expect(newConnectionId('Acme Lending: Prod!', () => 'a1b2c3')).toBe('acme-lending-prod-a1b2c3');
  expect(newConnectionId('🏦', () => 'a1b2c3')).toBe('connection-a1b2c3');
  expect(newConnectionId('x'.repeat(80))).toMatch(/^x{30}-[0-9a-f]{6}$/);
  expect(newConnectionId('Sandbox')).not.toBe('sandbox');
  expect(newConnectionId('Acme')).not.toBe(newConnectionId('Acme'));
});
