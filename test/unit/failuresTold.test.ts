// Work that nobody waits for: how it fails is told, and a load that failed is tried again.
import { expect, test, vi } from 'vitest';
import { CancelledError } from '../../src/client/errors.ts';
import { createGuardDesk, type GuardDesk } from '../../src/platform/guardDesk.ts';
import { lazily } from '../../src/platform/lazily.ts';
import { attempt } from '../../src/webviews/ui/attempt.ts';

test('what a key starts in the answer\'s view says how it failed', async () => {
  const told: string[] = [];
  await attempt(Promise.reject(new Error('The part that reads answers has stopped.')), (words) => told.push(words));
  await attempt(Promise.reject(new Error('')), (words) => told.push(words));
  await attempt(Promise.resolve('fine'), (words) => told.push(words));
  expect(told).toEqual(['The part that reads answers has stopped.', expect.stringMatching(/^It did not work\./)]);
});

test('what is loaded once is loaded once, and again after a failure', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('no file')).mockResolvedValue('there');
  const get = lazily(load);
  const both = await Promise.allSettled([get(), get()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(load).toHaveBeenCalledTimes(1);
  expect(await Promise.all([get(), get(), get()])).toEqual(['there', 'there', 'there']);
  expect(load).toHaveBeenCalledTimes(2);
});

test('the guard asks once what draws its questions can be loaded again', async () => {
  let loads = 0;
  const desk: GuardDesk = createGuardDesk({
    connections: { get: () => undefined, onDidChange: () => ({ dispose: () => undefined }) } as unknown as Parameters<typeof createGuardDesk>[0]['connections'],
    log: { info: () => undefined }, holdMinutes: () => 0, askPurpose: async () => undefined,
    show: async () => {
      loads += 1;
      throw loads === 1 ? new Error('The file could not be read.') : new CancelledError('GetCustomer');
    },
  });
  const asking = {} as Parameters<GuardDesk['ask']>[0];
  await expect(desk.ask(asking)).rejects.toThrow('The file could not be read.');
  await expect(desk.ask(asking)).rejects.toThrow(CancelledError);
  desk.dispose();
});
