// The words of an answer's head. Pure.
import type { AnswerHead } from '../protocol/answer.ts';

/** `312 ms`, `1.25 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(milliseconds < 9_995 ? 2 : 1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What a running clock shows: `2.4 s`, `2 min 5 s`. */
export function clockWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** Bytes as a person counts them: `0 bytes`, `812 bytes`, `3.4 KB`, `20.1 MB`, `5 MB`. As client/inWords.ts has it, which a view may not know. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${size.toLocaleString('en-US', { maximumFractionDigits: size < (unit === 'KB' ? 10 : 100) ? 1 : 0 })} ${unit}`;
}

/** How it went, for an icon and for those who do not see it. */
export function outcome({ status, ok }: AnswerHead): { icon: string; words: string } {
  if (status === undefined) return { icon: 'debug-disconnect', words: 'No answer' };
  return ok ? { icon: 'pass-filled', words: 'Succeeded' } : { icon: 'error', words: 'Failed' };
}

/** Why an answer cannot be compared with the one before; undefined when it can. */
export function notCompared({ comparable, status, statusText, unkept }: AnswerHead): string | undefined {
  if (comparable) return undefined;
  if (status === undefined) return statusText === 'Not sent' ? 'Nothing was sent, so there is no answer to compare.' : 'No answer came that could be compared.';
  return unkept ? 'The body was not kept, so it is not compared.' : 'There is no earlier answer of this request to compare with.';
}

/** How long a link to Connect can be opened. */
export const linkLife = (until: number, moment: (at: number) => string): string =>
  `The link is for the customer, opens Connect in a browser, and is good until ${moment(until)} at the latest: two hours, and no longer than the token it was made with.`;

/** Headers as they are copied, one on a line. */
export const headerLines = (headers: AnswerHead['headers']): string => headers.map(([name, value]) => `${name}: ${value}`).join('\n');

/** `1 field`, `25 items`. */
export function countWords(kind: 'object' | 'array', count: number, number: Intl.NumberFormat): string {
  const noun = kind === 'object' ? 'field' : 'item';
  return `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Over an answer that is not that of the request sent last; its moment in epoch milliseconds. */
export const earlierWords = (receivedAt: number, locale?: string): string =>
  `Answer of the earlier request, ${new Date(receivedAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })}`;
