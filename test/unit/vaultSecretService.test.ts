// The OS keychain vault against a real Secret Service (GNOME Keyring on a bus of its own): open, locked, empty, refusing, absent, silent.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { createOsKeychain, keychainService } from '../../src/credentials/osKeychain.ts';
import type { VaultProblem } from '../../src/credentials/vaultError.ts';
import { requirePrograms, type SecretService, type SecretServiceOptions, startSecretService } from '../support/secretService.ts';

const secrets = { partnerId: '2445500000009', partnerSecret: 'canary-Secret-1', appKey: 'canaryappkey0000000000000000abcd' };
const ends: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  if (process.platform !== 'linux') throw new Error('These tests need Linux: the Secret Service is its keychain.');
  requirePrograms();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const vaultIn = (env: NodeJS.ProcessEnv, timeoutMs = 10_000) => createOsKeychain({
  script: join(root, 'src/credentials/keychainProcess.ts'), nativeFolder: join(root, `node_modules/@napi-rs/keyring-linux-${process.arch}-gnu`), env, timeoutMs,
});

async function service(options: SecretServiceOptions): Promise<SecretService> {
  const started = await startSecretService(options);
  ends.push(() => started.stop());
  return started;
}

const problem = (kind: VaultProblem) => expect.objectContaining({ name: 'VaultError', kind });

/** The error, after checking that its words and its detail hold no secret. */
async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(() => { throw new Error('this should have failed'); }, (reason: unknown) => reason as Error & { detail?: string });
  for (const secret of Object.values(secrets)) expect(`${error.message} ${error.detail ?? ''} ${error.stack ?? ''}`).not.toContain(secret);
  return error;
}

test('what is written is read back, stands in the real keychain, and is gone after delete', async () => {
  const { env, lookup } = await service({ keychain: 'unlocked' });
  const vault = vaultIn(env);
  await vault.probe();
  await vault.write('acme-1', secrets);
  expect(await vault.read('acme-1')).toEqual(secrets);
  expect(JSON.parse((await lookup(keychainService, 'acme-1'))!)).toEqual(secrets);
  expect(await vault.read('acme-2')).toBeUndefined();

  await vault.write('acme-1', { ...secrets, partnerSecret: 'changed-Secret-2' });
  expect((await vault.read('acme-1'))?.partnerSecret).toBe('changed-Secret-2');
  await vault.delete('acme-1');
  expect(await vault.read('acme-1')).toBeUndefined();
  expect(await lookup(keychainService, 'acme-1')).toBeUndefined();
  await vault.delete('acme-1');
});

test('a locked keychain is said to be locked, for every action', async () => {
  const started = await service({ keychain: 'unlocked' });
  const vault = vaultIn(started.env);
  await vault.write('acme-1', secrets);
  await started.lock();
  for (const work of [() => vault.read('acme-1'), () => vault.write('acme-1', secrets), () => vault.delete('acme-1'), () => vault.probe()]) {
    const error = await failure(work());
    expect(error).toEqual(problem('locked'));
    expect(error.message).toMatch(/is locked.*Unlock it.*secret storage/);
  }
});

test('a service without any keychain counts as absent', async () => {
  const { env } = await service({ keychain: 'empty' });
  expect(await failure(vaultIn(env).probe())).toEqual(problem('absent'));
  expect(await failure(vaultIn(env).write('acme-1', secrets))).toEqual(problem('absent'));
});

test('a keychain that refuses is said to refuse', async () => {
  const { env } = await service({ keychain: 'unlocked', refusing: true });
  const error = await failure(vaultIn(env).write('acme-1', secrets));
  expect(error).toEqual(problem('refused'));
  expect(error.message).toMatch(/refused access/);
});

test('without a message bus it is absent, and nothing is kept in memory instead', async () => {
  const { PATH } = process.env;
  const vault = vaultIn({ PATH, HOME: tmpdir() });
  for (const work of [() => vault.write('acme-1', secrets), () => vault.read('acme-1'), () => vault.probe()]) expect(await failure(work())).toEqual(problem('absent'));
});

async function silentBus(): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(join(tmpdir(), 'obx-bus-'));
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(join(folder, 'bus'), resolve));
  ends.push(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { PATH: process.env.PATH, HOME: folder, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}` };
}

test('a keychain that never answers ends at the time limit, and the extension goes on meanwhile', async () => {
  const vault = vaultIn(await silentBus(), 1_000);
  let beats = 0;
  const beating = setInterval(() => { beats += 1; }, 20);
  const error = await failure(vault.read('acme-1'));
  clearInterval(beating);
  expect(error).toEqual(problem('locked'));
  expect(error.message).toMatch(/did not answer within 1 seconds/);
  expect(beats).toBeGreaterThan(20);
});

test('a keychain that never answers can be cancelled', async () => {
  const controller = new AbortController();
  const started = performance.now();
  setTimeout(() => controller.abort(), 200);
  const error = await failure(vaultIn(await silentBus(), 20_000).write('acme-1', secrets, { signal: controller.signal }));
  expect(error.name).toBe('AbortError');
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('an entry that another program has spoilt is damaged, not a crash', async () => {
  const { env } = await service({ keychain: 'unlocked' });
  const { spawnSync } = await import('node:child_process');
  spawnSync('secret-tool', ['store', '--label=spoilt', 'service', keychainService, 'username', 'acme-1', 'target', 'default'], { env, input: '{"partnerId":"2445500000009"' });
  expect(await failure(vaultIn(env).read('acme-1'))).toEqual(problem('damaged'));
});
