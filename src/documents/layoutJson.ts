// JSON as an editor likes it. The editor folds and colours up to about 300,000 lines, so a large answer is laid out with one record a line:
// still searchable and comparable line by line, at a fraction of the lines. It is written in turns: 60 MB at once would hold up every other
// extension of the window for a second.
import { inTurns } from '../platform/turns.ts';

/** Above this the editor grows slow with one value a line. */
const prettyLimit = 8_000_000;
/** Levels that a large answer still opens up: enough for institutions[].accounts[].transactions[]. */
const openLevels = 6;
/** Characters that are made into bytes at once. */
const piece = 256 * 1024;

/** @param size Bytes of the answer as received, or an estimate. @returns UTF-8. */
export function layoutBytes(value: unknown, size: number, breath?: () => Promise<void>): Promise<Uint8Array> {
  return inTurns(blocksOf(value, size), { breath });
}

function* blocksOf(value: unknown, size: number): Generator<void, Uint8Array, void> {
  const encoder = new TextEncoder();
  const blocks: Uint8Array[] = [];
  let [text, length] = ['', 0];
  const close = (): void => {
    const block = encoder.encode(text);
    blocks.push(block);
    length += block.byteLength;
    text = '';
  };
  for (const one of pieces(value, size)) {
    text += one;
    if (text.length < piece) continue;
    close();
    yield;
  }
  close();
  const whole = new Uint8Array(length);
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.byteLength;
  }
  return whole;
}

function* pieces(value: unknown, size: number): Generator<string, void, void> {
  yield* records(value, 0, size <= prettyLimit);
  yield '\n';
}

/** `pretty`: what is not opened up here has a value a line as well. */
function* records(value: unknown, depth: number, pretty: boolean): Generator<string, void, void> {
  const end = `\n${'  '.repeat(depth)}`;
  if (typeof value !== 'object' || value === null || depth >= openLevels) {
    const text = (pretty ? JSON.stringify(value, undefined, 2) : JSON.stringify(value)) ?? 'null';
    // Within JSON's strings there is no line end: each one belongs to the layout.
    yield pretty ? text.replaceAll('\n', end) : text;
    return;
  }
  const list = Array.isArray(value);
  const entries = list ? (value as readonly unknown[]) : Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return yield list ? '[]' : '{}';
  let before = list ? '[' : '{';
  for (const entry of entries) {
    yield `${before}${end}  ${list ? '' : `${JSON.stringify((entry as [string, unknown])[0])}: `}`;
    yield* records(list ? entry : (entry as [string, unknown])[1], depth + 1, pretty);
    before = ',';
  }
  yield `${end}${list ? ']' : '}'}`;
}
