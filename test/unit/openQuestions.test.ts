// The guard's questions come one after the other. Progress stays away while one is on the screen, and comes half a second after its answer.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OpenQuestions } from '../../src/platform/openQuestions.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const answerable = () => {
  let answer: (yes: boolean) => void = () => {};
  return { asked: new Promise<boolean>((resolve) => { answer = resolve; }), answer: (yes: boolean) => answer(yes) };
};

test('without a question it calls back once, after the time', () => {
  const then = vi.fn();
  new OpenQuestions().afterQuiet(500, then);
  vi.advanceTimersByTime(499);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(then).toHaveBeenCalledOnce();
});

test('a question that comes meanwhile holds it back, and its answer starts the time anew', async () => {
  const questions = new OpenQuestions();
  const then = vi.fn();
  questions.afterQuiet(500, then);
  vi.advanceTimersByTime(400);
  const { asked, answer } = answerable();
  const result = questions.during(() => asked);
  vi.advanceTimersByTime(60_000);
  expect(then).not.toHaveBeenCalled();
  answer(true);
  expect(await result).toBe(true);
  vi.advanceTimersByTime(499);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(then).toHaveBeenCalledOnce();
});

test('a second question waits for the first, a question that fails is over as well, and it waits for both', async () => {
  const questions = new OpenQuestions();
  const [one, two] = [answerable(), answerable()];
  const order: string[] = [];
  const first = questions.during(() => { order.push('first'); return one.asked; });
  const second = questions.during(() => { order.push('second'); return Promise.reject(new Error('closed')); });
  const third = questions.during(() => { order.push('third'); return two.asked; });
  const then = vi.fn();
  questions.afterQuiet(500, then);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(order).toEqual(['first']);
  one.answer(false);
  await expect(second).rejects.toThrow('closed');
  expect(await first).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(order).toEqual(['first', 'second', 'third']);
  expect(then).not.toHaveBeenCalled();
  two.answer(true);
  await third;
  vi.advanceTimersByTime(500);
  expect(then).toHaveBeenCalledOnce();
});

test('given up, it never calls back', async () => {
  const questions = new OpenQuestions();
  const then = vi.fn();
  questions.afterQuiet(500, then)();
  await questions.during(() => Promise.resolve());
  vi.advanceTimersByTime(5_000);
  expect(then).not.toHaveBeenCalled();
});
