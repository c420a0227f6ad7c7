// The way in: the parts are built once, at the first use, and a failure to build them is not remembered.
import type * as vscode from 'vscode';
import { beforeEach, expect, test, vi } from 'vitest';
import type * as Extension from '../../src/extension.ts';

const editor = vi.hoisted(() => ({ parts: undefined as unknown as () => Promise<unknown>, fails: false, built: 0, disposed: 0, stopped: 0 }));
vi.mock('../../src/standIns.ts', () => ({
  registerStandIns: (_context: unknown, parts: () => Promise<unknown>) => {
    editor.parts = parts;
    return {};
  },
}));
vi.mock('../../src/composition.ts', () => ({
  compose: ({ subscriptions }: { subscriptions: { dispose(): void }[] }) => {
    editor.built++;
    subscriptions.push({ dispose: () => void editor.disposed++ });
    if (editor.fails) throw new Error('the storage folder cannot be read');
    return { stop: async () => void editor.stopped++ };
  },
}));

let extension: typeof Extension;
const standing = { dispose: () => expect.fail('a stand-in was disposed of') };
const context = { subscriptions: [standing] } as unknown as vscode.ExtensionContext;

beforeEach(async () => {
  Object.assign(editor, { fails: false, built: 0, disposed: 0, stopped: 0 });
  context.subscriptions.splice(1);
  vi.resetModules();
  extension = await import('../../src/extension.ts');
  extension.activate(context);
});

test('activation builds nothing; many first uses build once', async () => {
  expect(editor.built).toBe(0);
  const [one, other] = await Promise.all([editor.parts(), editor.parts()]);
  expect([editor.built, one === other]).toEqual([1, true]);
});

test('a failure is told to all who wait, leaves nothing behind, and the next use builds anew', async () => {
  editor.fails = true;
  const waiting = [editor.parts(), editor.parts()];
  for (const one of waiting) await expect(one).rejects.toThrow('storage folder');
  expect([editor.built, editor.disposed, context.subscriptions.length]).toEqual([1, 1, 1]);
  editor.fails = false;
  await expect(editor.parts()).resolves.toBeDefined();
  expect([editor.built, context.subscriptions.length]).toEqual([2, 2]);
});

test('closing the window stops what was built, also when it is still being built, and starts nothing', async () => {
  await extension.deactivate();
  expect([editor.built, editor.stopped]).toEqual([0, 0]);
  void editor.parts();
  await extension.deactivate();
  expect([editor.built, editor.stopped]).toEqual([1, 1]);
});

test('closing the window after a failure ends well', async () => {
  editor.fails = true;
  const failed = editor.parts().catch(() => undefined);
  await extension.deactivate();
  await failed;
  expect(editor.stopped).toBe(0);
});
