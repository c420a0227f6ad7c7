// A text as rows of one height: its lines, very long ones in pieces. Built in slices over the bytes; four bytes a row. Pure.
import type { TextRow } from './answerMessages.ts';
import { Needle } from './byteSearch.ts';
import { characterStart, textOf } from './jsonBytes.ts';
import { mostHits } from './jsonSearch.ts';
import { NumberList } from './numberList.ts';

/** Bytes of a piece: more in one row costs the page its speed. */
export const pieceSize = 200;
const stride = 1024;

export class TextLines {
  readonly bytes: Uint8Array;
  /** Where each row begins. */
  readonly #starts = new NumberList();
  /** The line of every `stride`th row. */
  readonly #lines = new NumberList();
  #line = 1;
  #at: number;
  done = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    this.#begin();
  }

  get length(): number {
    return this.#starts.length;
  }

  get read(): number {
    return this.#at;
  }

  #begin(): void {
    if (this.#starts.length % stride === 0) this.#lines.push(this.#line);
    this.#starts.push(this.#at);
  }

  /** Reads on for about so many bytes. True at the end. */
  run(budget: number): boolean {
    const { bytes } = this;
    const limit = Math.min(bytes.length, this.#at + budget);
    while (!this.done) {
      const found = bytes.subarray(this.#at, this.#at + pieceSize + 1).indexOf(0x0a);
      const rest = bytes.length - this.#at;
      if (found < 0 && rest <= pieceSize) {
        this.#at = bytes.length;
        this.done = true;
      } else if (found < 0) {
        const cut = characterStart(bytes, this.#at + pieceSize);
        this.#at = cut > this.#at ? cut : this.#at + pieceSize;
        this.#begin();
      } else {
        this.#at += found + 1;
        this.#line++;
        this.#begin();
      }
      if (this.#at >= limit && !this.done && this.#at < bytes.length) return false;
    }
    return true;
  }

  #startOf(row: number): number {
    return this.#starts.get(row);
  }

  #continues(row: number): boolean {
    const start = this.#startOf(row);
    return row > 0 && this.bytes[start - 1] !== 0x0a;
  }

  rows(from: number, to: number): TextRow[] {
    const rows: TextRow[] = [];
    const first = Math.max(0, from);
    let line = this.#lines.get(Math.floor(first / stride));
    for (let row = Math.floor(first / stride) * stride + 1; row <= first; row++) if (!this.#continues(row)) line++;
    for (let row = first; row < Math.min(to, this.length); row++) {
      const continues = this.#continues(row);
      if (row > first && !continues) line++;
      const end = row + 1 < this.length ? this.#startOf(row + 1) : this.#at;
      rows.push({ row, ...(!continues && { line }), text: shownLine(textOf(this.bytes, this.#startOf(row), end)) });
    }
    return rows;
  }

  rowAt(offset: number): number {
    return this.#starts.countUpTo(offset) - 1;
  }
}

/** A line without its end; what would move other text or cannot be seen stands as a picture of it. */
function shownLine(text: string): string {
  return text.replace(/\r?\n$/, '').replace(/[\u0000-\u0008\u000b-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}

/** The search in a text: the rows in which a hit begins. */
export class TextSearch {
  readonly hits = new NumberList();
  more = false;
  done = false;
  readonly #lines: TextLines;
  readonly #needle: Needle;
  #at = 0;
  #size: number;

  constructor(lines: TextLines, query: string) {
    this.#lines = lines;
    this.#needle = new Needle(query);
    this.#size = new TextEncoder().encode(query.toLowerCase()).length;
  }

  run(late: () => boolean): void {
    const { bytes, read } = this.#lines;
    while (!this.done && !late()) {
      // Slices overlap by the words' length: a hit on the seam is found once.
      const end = Math.min(read, this.#at + 262_144 + this.#size);
      const found = this.#needle.find(bytes, this.#at, end);
      if (found >= 0) {
        const row = this.#lines.rowAt(found);
        if (this.hits.length === 0 || this.hits.get(this.hits.length - 1) !== row) this.hits.push(row);
        this.more = this.hits.length >= mostHits;
        this.#at = found + this.#size;
      } else this.#at = Math.max(this.#at, end - this.#size + 1);
      if (this.more || (end >= read && found < 0)) {
        this.done = this.more || this.#lines.done;
        return;
      }
    }
  }
}
