// Lays JSON out over lines without parsing it: numbers and texts stay as the wire has them, a large body does not stop the window (it rests
// between pieces), and what is not whole is left as it came. Plain Node.
import { setImmediate as rest } from 'node:timers/promises';

const piece = 256 * 1024;
/** Deeper levels stay on their line: indentation must not grow without end. */
const deepest = 60;
/** A layout that grows beyond this many times the body, and a megabyte, is none. */
const mostGrowth = 5;

const [quote, backslash, comma, colon, space, newline] = [0x22, 0x5c, 0x2c, 0x3a, 0x20, 0x0a];
const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * @param openLevels How many levels get a line for each member; those below stay on one line.
 * @returns undefined for what does not close what it opens, or would grow out of all proportion.
 */
export async function indentJson(bytes: Uint8Array, openLevels: number): Promise<Uint8Array | undefined> {
  const out = new Growing(bytes.length * mostGrowth + 1024 * 1024);
  const open = Math.min(openLevels, deepest);
  let depth = 0;
  let inText = false;
  let escaped = false;
  let justOpened = false;
  const line = (): void => { if (depth <= open) out.line(depth); };
  for (let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + piece);
    for (; at < end; at += 1) {
      const byte = bytes[at]!;
      if (inText) {
        out.push(byte);
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inText = false;
        continue;
      }
      if (isSpace(byte)) continue;
      if (isClosing(byte)) {
        if (depth === 0) return undefined;
        if (!justOpened && depth <= open) out.line(depth - 1);
        depth -= 1;
        justOpened = false;
        out.push(byte);
        continue;
      }
      if (justOpened) line();
      justOpened = isOpening(byte);
      out.push(byte);
      if (justOpened) depth += 1;
      else if (byte === comma) {
        if (depth <= open) line();
        else out.push(space);
      } else if (byte === colon) out.push(space);
      else if (byte === quote) inText = true;
    }
    if (out.full) return undefined;
    if (at < bytes.length) await rest();
  }
  if (depth !== 0 || inText) return undefined;
  out.push(newline);
  return out.bytes();
}

class Growing {
  #buffer = new Uint8Array(64 * 1024);
  #length = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get full(): boolean {
    return this.#length > this.#most;
  }

  push(byte: number): void {
    if (this.#length === this.#buffer.length) this.#grow(1);
    this.#buffer[this.#length++] = byte;
  }

  line(depth: number): void {
    const width = 1 + depth * 2;
    if (this.#length + width > this.#buffer.length) this.#grow(width);
    this.#buffer[this.#length] = newline;
    this.#buffer.fill(space, this.#length + 1, this.#length + width);
    this.#length += width;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + by));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
