// What can be opened and compared, and what a tab shows whose answer is gone. Free of vscode.
import { open, type FileHandle } from 'node:fs/promises';
import { bytesInWords } from '../../client/inWords.ts';
import type { AnswerHandle } from '../../requests/answerStore.ts';

/** Whether lines can be compared. */
export const textual = ({ form }: AnswerHandle): boolean => form === 'json' || form === 'xml' || form === 'text';

/** Why two answers that differ are not shown line by line, as a sentence; undefined when they can be. */
export function whyNotCompared(answer: AnswerHandle, previous: AnswerHandle): string | undefined {
  const noText = [textual(previous) ? undefined : `The one before is ${formWords[previous.form]}`, textual(answer) ? undefined : `this one is ${formWords[answer.form]}`].filter((one) => one !== undefined);
  const [first] = noText;
  if (first !== undefined) return `${first.charAt(0).toUpperCase()}${noText.join(', ').slice(1)}: only text can be compared line by line.`;
  return Math.max(answer.size, previous.size) > largestOpened ? 'Line by line the editor compares text of up to 50 MB alone.' : undefined;
}

const formWords: Readonly<Record<AnswerHandle['form'], string>> = { json: 'JSON', xml: 'XML', text: 'text', pdf: 'a PDF document', image: 'a picture', binary: 'binary data', none: 'empty' };

/** What the editor opens as text and keeps in step with extensions. */
export const largestOpened = 50 * 1024 * 1024;

/** Why an answer cannot be opened in an editor, as a sentence; undefined when it can. */
export function whyNotOpened({ form, size }: AnswerHandle): string | undefined {
  if (form === 'binary') return `No editor shows its ${bytesInWords(size)} of binary data.`;
  return form !== 'pdf' && size > largestOpened ? `Its ${bytesInWords(size)} are more than the editor opens.` : undefined;
}

const gone = ['This answer is no longer kept.', 'Answers stay until the window closes, thirty at most.', 'Send the request again.'];

/** For editors that show an error. */
export const goneWords = gone.join(' ');

/** What a tab shows whose answer is gone, in a form that its language takes; the words of an error the editor would keep to itself. Undefined for what is no text. */
export function goneText(path: string): string | undefined {
  const extension = /\.(\w+)$/.exec(path)?.[1];
  if (extension === 'json') return `${JSON.stringify(gone, null, 2)}\n`;
  if (extension === 'xml' || extension === 'html' || extension === 'svg') return `<!--\n${gone.join('\n')}\n-->\n`;
  return extension === 'txt' ? `${gone.join('\n')}\n` : undefined;
}

const piece = 1024 * 1024;

/** Whether two bodies of the same size are the same; a text is the path of a file. Reads a megabyte at a time. */
export async function sameBytes(one: Uint8Array | string, other: Uint8Array | string): Promise<boolean> {
  const sources = await Promise.all([one, other].map((source) => (typeof source === 'string' ? open(source, 'r') : source)));
  try {
    for (let at = 0; ; at += piece) {
      const [left, right] = await Promise.all(sources.map((source) => partOf(source, at))) as [Uint8Array, Uint8Array];
      if (Buffer.compare(left, right) !== 0) return false;
      if (left.length < piece) return true;
    }
  } finally {
    await Promise.all(sources.map((source) => (source instanceof Uint8Array ? undefined : source.close())));
  }
}

async function partOf(source: Uint8Array | FileHandle, at: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source.subarray(at, at + piece);
  const { buffer, bytesRead } = await source.read(new Uint8Array(piece), 0, piece, at);
  return buffer.subarray(0, bytesRead);
}
