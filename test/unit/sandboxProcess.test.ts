// The sandbox as a program: from a terminal and as a child process.
import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

// Each test starts programs, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const main = join(import.meta.dirname, '../../src/sandbox/main.ts');
const children: ChildProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const folderOf = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-process-'));
  folders.push(folder);
  return folder;
};

/** Starts it as a terminal would; `text` collects what it prints. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const printed = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed.text += chunk.toString()));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const url = async () => {
    await expect.poll(() => printed.text, { timeout: 30_000 }).toContain('Control plane');
    return /http:\/\/127\.0\.0\.1:\d+/.exec(printed.text)?.[0] as string;
  };
  return { child, printed, exit, url };
}
function child(...args: string[]) {
  const started = fork(main, ['--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  children.push(started);
  const printed = { text: '' };
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk: Buffer) => (printed.text += chunk.toString()));
  return { child: started, printed, ready: once(started, 'message') as Promise<[{ type: string; url: string; recovered: boolean }]>, exit: once(started, 'exit') as Promise<[number | null]> };
}
const enroll = async (url: string, username: string) => {
  const { appKey, partnerId, partnerSecret } = (await (await fetch(`${url}/__sandbox/credentials`)).json()) as Record<string, string>;
  const headers = { 'Finicity-App-Key': appKey as string, Accept: 'application/json' };
  const { token } = (await (await fetch(`${url}/aggregation/v2/partners/authentication`, { method: 'POST', headers, body: JSON.stringify({ partnerId, partnerSecret }) })).json()) as { token: string };
  const response = await fetch(`${url}/aggregation/v2/customers/testing`, { method: 'POST', headers: { ...headers, 'Finicity-App-Token': token }, body: JSON.stringify({ username }) });
  return response.status;
};

test('prints its address and credentials, and ends cleanly on SIGINT with its state saved', async () => {
  const folder = await folderOf();
  const { child: process, printed, exit, url } = run('--port', '0', '--customers', '12', '--seed', 'terminal', '--data', folder);
  const address = await url();
  expect(printed.text).toContain('seed "terminal", 12 customers');
  expect(printed.text).toMatch(/partner id\s+\d{13}/);
  expect(await enroll(address, 'from-terminal')).toBe(201);
  process.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
  expect(await readFile(join(folder, 'snapshot.json'), 'utf8')).toContain('from-terminal');
});

test('takes another port when its own is in use and says so; with --strict-port it ends with an error', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const port = String((blocker.address() as AddressInfo).port);
  try {
    const { printed, url } = run('--port', port);
    expect(await url()).not.toContain(`:${port}`);
    expect(printed.text).toContain(`Port ${port} is in use; another was taken.`);
    const strict = run('--port', port, '--strict-port');
    expect(await strict.exit).toEqual([1, null]);
    expect(strict.printed.text).toBe(`Port ${port} cannot be used (EADDRINUSE). Choose another with --port, or leave out --strict-port.\n`);
  } finally {
    blocker.close();
  }
});

test.each([[['--prot', '1'], 'no option --prot'], [['--port', 'abc'], '--port takes'], [['--customers', '-1'], '--customers takes'], [['--now', 'later'], '--now takes'], [['--seed'], '--seed needs']])(
  'names a wrong option: %j', async (args, words) => {
    const { exit, printed } = run(...args);
    expect(await exit).toEqual([2, null]);
    expect(printed.text).toContain(words);
  });

test('as a child it reports its address by message, ends with its parent and keeps what it was told', async () => {
  const folder = await folderOf();
  const first = child('--data', folder);
  const [{ type, url, recovered }] = await first.ready;
  expect([type, recovered]).toEqual(['ready', false]);
  expect(await enroll(url, 'from-a-child')).toBe(201);
  first.child.disconnect();
  expect(await first.exit).toEqual([0, null]);
  expect(await readFile(join(folder, 'snapshot.json'), 'utf8')).toContain('from-a-child');
  expect(first.printed.text).toBe('');

  await writeFile(join(folder, 'snapshot.json'), '{"damaged');
  const second = child('--data', folder);
  const [message] = await second.ready;
  expect(message.recovered).toBe(true);
});
