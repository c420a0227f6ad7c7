import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LockoutStop } from '../../src/client/errors.ts';
import { createLockoutLedger } from '../../src/credentials/lockoutLedger.ts';

const partner = '2445500000001';
let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'obx-ledger-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A window of the editor: a ledger of its own over the shared file. */
const window = (options: { now?: () => number; attemptMs?: number } = {}) => createLockoutLedger({ folder, ...options });
const file = () => join(folder, 'lockout.json');

async function fail(ledger = window(), id = partner): Promise<void> {
  const client = ledger.forClient();
  await client.beforeAttempt(id);
  await client.afterFailure(id);
}

test('after the second failure no attempt is made by machine, whichever window asks', async () => {
  await fail();
  await fail();
  await expect(window().forClient().beforeAttempt(partner)).rejects.toEqual(expect.objectContaining({ name: 'LockoutStop', remaining: 3 }));
  expect(await window().status(partner)).toEqual({ failures: 2, remaining: 3, next: 'ask' });
});

test('one choice of the user lets exactly one attempt through', async () => {
  await fail();
  await fail();
  await window().allowNext(partner);
  await fail();
  await expect(window().forClient().beforeAttempt(partner)).rejects.toBeInstanceOf(LockoutStop);
});

test('a choice is good for one attempt even when two windows hurry to use it', async () => {
  await fail();
  await fail();
  const [a, b] = [window(), window()];
  await a.allowNext(partner);
  const ends = await Promise.allSettled([a.forClient().beforeAttempt(partner), b.forClient().beforeAttempt(partner)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a choice that was not used within five minutes is forgotten', async () => {
  let now = 1_000_000;
  const ledger = window({ now: () => now });
  await fail(ledger);
  await fail(ledger);
  await ledger.allowNext(partner);
  now += 5 * 60_000 + 1;
  await expect(ledger.forClient().beforeAttempt(partner)).rejects.toBeInstanceOf(LockoutStop);
});

test('after the fourth failure nothing lets a fifth attempt through', async () => {
  await fail();
  await fail();
  for (let i = 0; i < 2; i++) {
    await window().allowNext(partner);
    await fail();
  }
  expect(await window().status(partner)).toEqual({ failures: 4, remaining: 1, next: 'never' });
  await expect(window().allowNext(partner)).rejects.toEqual(expect.objectContaining({ name: 'LockoutStop', remaining: 1 }));
  await expect(window().forClient().beforeAttempt(partner)).rejects.toBeInstanceOf(LockoutStop);
});

test('an attempt that the user allowed is still not made when others under way use up what was left', async () => {
  await fail();
  await fail();
  const [a, b, c] = [window().forClient(), window().forClient(), window().forClient()];
  await window().allowNext(partner);
  await a.beforeAttempt(partner);
  await window().allowNext(partner);
  await b.beforeAttempt(partner);
  await window().allowNext(partner);
  const last = c.beforeAttempt(partner).then(() => 'sent', (error: unknown) => (error as Error).name);
  await a.afterFailure(partner);
  await b.afterFailure(partner);
  expect(await last).toBe('LockoutStop');
});

test('success starts the count anew', async () => {
  await fail();
  const client = window().forClient();
  await client.beforeAttempt(partner);
  await client.afterSuccess(partner);
  expect(await window().status(partner)).toEqual({ failures: 0, remaining: 5, next: 'free' });
});

test('ten windows that start at once with wrong credentials fail twice, not ten times', async () => {
  let attempts = 0;
  const start = async () => {
    const client = window().forClient();
    await client.beforeAttempt(partner);
    attempts += 1;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await client.afterFailure(partner);
  };
  const ends = await Promise.allSettled(Array.from({ length: 10 }, start));
  expect(attempts).toBe(2);
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(8);
  expect((await window().status(partner)).failures).toBe(2);
});

test('ten windows that start at once with good credentials all get in', async () => {
  const start = async () => {
    const client = window().forClient();
    await client.beforeAttempt(partner);
    await client.afterSuccess(partner);
  };
  expect((await Promise.allSettled(Array.from({ length: 10 }, start))).map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'));
});

test('an attempt whose window vanished stops counting after its time; the client that made it need not wait', async () => {
  let now = 1_000_000;
  const ledger = window({ now: () => now });
  await fail(ledger);
  const lost = ledger.forClient();
  await lost.beforeAttempt(partner);
  await lost.beforeAttempt(partner);
  const other = ledger.forClient().beforeAttempt(partner);
  expect(await Promise.race([other.then(() => 'in'), new Promise((resolve) => setTimeout(() => resolve('waiting'), 250))])).toBe('waiting');
  now += 60_001;
  await other;
});

test('a released attempt holds nobody up', async () => {
  const ledger = window();
  await fail(ledger);
  const client = ledger.forClient();
  await client.beforeAttempt(partner);
  await client.release();
  await ledger.forClient().beforeAttempt(partner);
});

test('the partner id is not in the file, and one partner does not stop another', async () => {
  await fail();
  await fail();
  expect(await readFile(file(), 'utf8')).not.toContain(partner);
  await window().forClient().beforeAttempt('2445500000002');
});

test('a damaged file is kept aside and counts as one failure of everybody', async () => {
  await fail();
  await writeFile(file(), '{"version":1,"salt":"ab');
  expect(await window().status(partner)).toEqual({ failures: 1, remaining: 4, next: 'free' });
  expect((await readdir(folder)).filter((name) => name.startsWith('lockout.damaged-'))).toHaveLength(1);
  await fail();
  await expect(window().forClient().beforeAttempt(partner)).rejects.toBeInstanceOf(LockoutStop);
});

test('a lock left by a window that died is taken over', async () => {
  await fail();
  await writeFile(`${file()}.lock`, 'dead');
  const old = new Date(Date.now() - 60_000);
  await utimes(`${file()}.lock`, old, old);
  await fail();
  expect((await window().status(partner)).failures).toBe(2);
  expect(await readdir(folder)).toEqual(['lockout.json']);
});

test('when the count cannot be kept, no attempt is made', async () => {
  await writeFile(join(folder, 'occupied'), '');
  const ledger = createLockoutLedger({ folder: join(folder, 'occupied') });
  await expect(ledger.forClient().beforeAttempt(partner)).rejects.toThrow();
});

test('who listens hears of each change', async () => {
  const ledger = window();
  const heard: string[] = [];
  const listening = ledger.onDidChange((id) => heard.push(id));
  await fail(ledger);
  listening.dispose();
  await fail(ledger);
  expect(heard).toEqual([partner]);
});
