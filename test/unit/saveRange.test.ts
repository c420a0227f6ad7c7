// A range of statements, from the bank to its files: what is saved stays, what would befall the next one too ends it, nothing is replaced unasked.
import { describe, expect, it } from 'vitest';
import { saveRange, type RangePorts } from '../../src/commands/statements/saveRange.ts';
import { rangeWords } from '../../src/commands/statements/statementRules.ts';
import { ApiError, CancelledError } from '../../src/client/errors.ts';
import { ToldError } from '../../src/platform/errors.ts';
import { statementMonths, type StatementMonth } from '../../src/tree/statementMonths.ts';

const months = statementMonths(Date.UTC(2026, 0, 31)).slice(0, 4);
const pdf = new TextEncoder().encode('%PDF-1.7 made for a test');

const refusal = (status: number, code: string): ApiError => new ApiError({
  operationId: 'GetCustomerAccountStatement', family: 'Statements', code, explanation: { title: 'No', meaning: 'No.', fix: 'None.', retryable: false },
  answer: { status, headers: {}, contentType: 'application/json', body: {}, size: 1, durationMs: 1 },
});

/** A bank that answers months in order: bytes, another value, or an error to fail with. */
function world(answers: readonly unknown[], more: Partial<RangePorts> = {}) {
  const asked: string[] = [];
  const files = new Map<string, Uint8Array>();
  const controller = new AbortController();
  const ports: RangePorts = {
    read: async ({ month }) => {
      const answer = answers[asked.push(month) - 1];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    appeared: async () => false, write: async ({ month }, bytes) => void files.set(month, bytes), forbidden: () => undefined, reason: (error) => (error as Error).message, next: () => undefined, signal: controller.signal, ...more,
  };
  return { asked, files, controller, save: () => saveRange(months, ports) };
}

describe('a range of statements', () => {
  it('is read in order and saved', async () => {
    const positions: [StatementMonth, number][] = [];
    const { files, save } = world([pdf, pdf, pdf, pdf], { next: (month, position) => void positions.push([month, position]) });
    expect(await save()).toEqual({ saved: 4, without: [], failed: [], left: 0 });
    expect([...files.keys()]).toEqual(months.map(({ month }) => month));
    expect(positions.map(([, position]) => position)).toEqual([1, 2, 3, 4]);
  });

  it('goes on after a month of which the bank keeps none, and after an answer that is no PDF', async () => {
    const { files, save } = world([pdf, refusal(404, '13002'), new TextEncoder().encode('{"code":14020}'), pdf]);
    const outcome = await save();
    expect(outcome).toMatchObject({ saved: 2, without: [months[1]], failed: [{ month: months[2], reason: 'The API answered without a PDF.' }], left: 0 });
    expect(files.size).toBe(2);
    expect((await world([{}, '', new Uint8Array(), pdf]).save()).failed).toHaveLength(3);
  });

  it('ends where the next would fail too: too many requests, a failing sign-in or disk', async () => {
    const many = world([pdf, refusal(429, '')]);
    expect(await many.save()).toMatchObject({ saved: 1, failed: [{ month: months[1] }], left: 2 });
    expect(many.asked).toHaveLength(2);
    const full = world([pdf, pdf], { write: async () => { throw new ToldError('The file could not be written: the disk is full (ENOSPC).'); } });
    expect(await full.save()).toMatchObject({ saved: 0, failed: [{ reason: expect.stringContaining('disk is full') }], left: 3 });
    expect(full.asked).toHaveLength(1);
  });

  it('ends when the person says so, and keeps what is saved', async () => {
    const { files, controller, save } = world([pdf, new CancelledError('GetCustomerAccountStatement')]);
    expect(await save()).toEqual({ saved: 1, without: [], failed: [], left: 3 });
    expect(files.size).toBe(1);
    controller.abort();
    expect(await save()).toMatchObject({ saved: 0, left: 4 });
  });

  it('never replaces a file that has appeared since the person was asked', async () => {
    const there = world([pdf, pdf, pdf], { appeared: async ({ index }) => index === 2 });
    expect(await there.save()).toMatchObject({ saved: 3, failed: [{ month: months[1], reason: expect.stringContaining('left as it is') }], left: 0 });
    expect(there.files.has(months[1]!.month)).toBe(false);
    // What cannot be saved is not paid for.
    expect(there.asked).not.toContain(months[1]!.month);
    const meanwhile: ReturnType<typeof world> = world([pdf, pdf, pdf, pdf], { appeared: async ({ month, index }) => index === 2 && meanwhile.asked.includes(month) });
    expect(await meanwhile.save()).toMatchObject({ saved: 3, failed: [{ month: months[1] }], left: 0 });
    expect(meanwhile.files.has(months[1]!.month)).toBe(false);
  });

  it('ends when presentation mode begins, also while a statement is on its way', async () => {
    let on = false;
    const before = world([pdf, pdf], { forbidden: () => (on ? 'Not saved.' : undefined), next: (_, position) => { on = position === 2; } });
    expect(await before.save()).toMatchObject({ saved: 1, failed: [{ reason: 'Not saved.' }], left: 2 });
    expect(before.files.size).toBe(1);
    const outcome = await before.save();
    expect(outcome).toEqual({ saved: 0, without: [], failed: [], left: 4, ended: 'Not saved.' });
    expect(rangeWords(outcome, 'Bank')).toBe('No statement was saved. 4 were not asked for. Not saved.');
  });
});
