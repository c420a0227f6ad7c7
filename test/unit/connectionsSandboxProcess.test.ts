// The embedded sandbox's process: the real program, started, shared, lost and stopped.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { sandboxFetch } from '../../src/platform/openSessions.ts';
import { createSandboxControl, sandboxAnswers } from '../../src/platform/sandboxControl.ts';
import { createSandboxProcess, type SandboxProcess } from '../../src/platform/sandboxProcess.ts';

let folder: string;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'obx-sandbox-')); });
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const program = join(root, 'src/sandbox/main.ts');
const discovery = () => join(folder, 'data/running.json');
const running = async () => JSON.parse(await readFile(discovery(), 'utf8')) as { url: string; pid: number };

/** A window of the editor. */
function window({ script = program, startMs }: { script?: string; startMs?: number } = {}): SandboxProcess & { lines: string[]; notices: string[] } {
  const lines: string[] = [];
  const notices: string[] = [];
  const note = (line: string) => void lines.push(line);
  const sandbox = createSandboxProcess({
    script, dataFolder: join(folder, 'data'), startMs, log: { info: note, warn: note, debug: note }, answers: (url) => sandboxAnswers(fetch, url),
    onNotice: (text) => void notices.push(text),
  });
  ends.push(() => sandbox.dispose());
  return { ...sandbox, lines, notices };
}

const alive = (pid: number) => { try { process.kill(pid, 0); return true; } catch { return false; } };
async function gone(pid: number): Promise<void> {
  for (let i = 0; i < 100 && alive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(alive(pid)).toBe(false);
}
async function script(text: string): Promise<string> {
  const path = join(folder, `program${ends.length}.cjs`);
  await writeFile(path, text);
  return path;
}

test('it starts when it is first needed, once for all who ask, and stops with its window', async () => {
  const sandbox = window();
  const [url, again] = await Promise.all([sandbox.address(), sandbox.address()]);
  expect(again).toBe(url);
  expect(await sandboxAnswers(fetch, url)).toBe(true);
  const { pid } = await running();
  expect(sandbox.lines.join('\n')).toMatch(/Starting the sandbox[^]*answers at http:\/\/127\.0\.0\.1:\d+/);
  await sandbox.dispose();
  await gone(pid);
  await expect(readFile(discovery())).rejects.toThrow();
});

test('a second window attaches, and starts one of its own when the first one is closed', async () => {
  const [first, second] = [window(), window()];
  const a = await first.address();
  expect(await second.address()).toBe(a);
  const { pid } = await running();
  const fetchIt = sandboxFetch(second, globalThis.fetch as never);
  const read = async () => (await fetchIt('http://127.0.0.1:1/__sandbox/health', { method: 'GET', headers: {}, redirect: 'manual' })).status;
  expect(await read()).toBe(200);
  expect((await running()).pid).toBe(pid);
  await second.dispose();
  expect(alive(pid)).toBe(true);

  const third = window();
  expect(await third.address()).toBe(a);
  await first.dispose();
  await gone(pid);
  const fetchAgain = sandboxFetch(third, globalThis.fetch as never);
  expect((await fetchAgain('http://127.0.0.1:1/__sandbox/health', { method: 'GET', headers: {}, redirect: 'manual' })).status).toBe(200);
  expect((await running()).pid).not.toBe(pid);
});

test('a damaged saved state is kept aside, the world is seeded anew, and the person is told', async () => {
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'data/snapshot.json'), '{"version":1,"cust');
  const sandbox = window();
  expect(await sandboxAnswers(fetch, await sandbox.address())).toBe(true);
  expect(sandbox.notices).toEqual([expect.stringMatching(/kept as snapshot\.damaged-\d+\.json.*seeded anew/)]);
});

test('two windows that start at once share one server', async () => {
  const [a, b] = await Promise.all([window().address(), window().address()]);
  expect(b).toBe(a);
});

test('a server that died is replaced by the next call, and what was kept is still there', async () => {
  const sandbox = window();
  const control = createSandboxControl(sandbox, fetch as never);
  await sandbox.address();
  const before = await control.advance(86_400);
  const { pid } = await running();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  process.kill(pid, 'SIGKILL');
  await gone(pid);
  expect((await control.status()).now).toBeGreaterThanOrEqual(before);
  expect((await running()).pid).not.toBe(pid);
});

test('the control puts the world back and gives the demo credentials', async () => {
  const control = createSandboxControl(window(), fetch as never);
  const { now, credentials } = await control.status();
  expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(60);
  expect(credentials).toMatchObject({ partnerId: expect.stringMatching(/^\d+$/), partnerSecret: expect.any(String), appKey: expect.any(String) });
  expect(await control.advance(31 * 86_400)).toBeGreaterThan(now + 30 * 86_400);
  await control.reset();
  expect(Math.abs((await control.status()).now - Date.now() / 1000)).toBeLessThan(60);
});

test.each([
  ['{"url":"http://127.0.0.1:STRANGER","pid":1}', "a stranger's"], ['{"url":"http://127.0.0.1:1","pid":1}', 'nobody\'s'], ['{"url":"http://sandbox.example.com:80"}', "another host's"], ['{"url":', 'cut'],
])('an address left behind is not believed unless a sandbox answers there: %s', async (text) => {
  const stranger = createServer((_request, response) => response.end('{"status":"ok"}'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => stranger.close(resolve)));
  const { port } = stranger.address() as AddressInfo;
  await mkdir(join(folder, 'data'));
  await writeFile(discovery(), text.replace('STRANGER', String(port)));
  const url = await window().address();
  expect(url).not.toMatch(new RegExp(`:(${port}|1|80)$`));
  expect(await sandboxAnswers(fetch, url)).toBe(true);
});

test('a program that ends, is missing or says nothing is a clear error, and the next try is free', async () => {
  const failing = window({ script: await script('console.error("the world is full"); process.exit(3);') });
  await expect(failing.address()).rejects.toEqual(expect.objectContaining({ name: 'SandboxStartError', message: expect.stringMatching(/code 3.*"the world is full".*Try again/) }));
  await expect(failing.address()).rejects.toThrow(/code 3/);
  await expect(window({ script: join(folder, 'none.cjs') }).address()).rejects.toEqual(expect.objectContaining({ name: 'SandboxStartError' }));
  const silent = window({ script: await script('setInterval(() => {}, 1000);'), startMs: 400 });
  await expect(silent.address()).rejects.toThrow(/did not answer within/);
});

test('waiting for the start can be cancelled without spoiling it for others', async () => {
  const sandbox = window();
  const controller = new AbortController();
  const waiting = sandbox.address(controller.signal);
  const other = sandbox.address();
  controller.abort();
  await expect(waiting).rejects.toEqual(expect.objectContaining({ name: 'AbortError' }));
  expect(await other).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a window that closes during the start leaves no process', async () => {
  const sandbox = window();
  const starting = sandbox.address().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await sandbox.dispose();
  await starting;
  await expect(readFile(discovery())).rejects.toThrow();
});
