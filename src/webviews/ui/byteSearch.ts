// Finding words in bytes without turning them into text: capitals and small letters are the same. Pure.
import { textOf } from './jsonBytes.ts';

const encoder = new TextEncoder();

export class Needle {
  /** What is looked for, in small letters. */
  readonly text: string;
  readonly #small: Uint8Array;
  readonly #large: Uint8Array;
  /** All of it is ASCII: a text with other characters can be compared as bytes. */
  readonly #plain: boolean;

  constructor(query: string) {
    this.text = query.toLowerCase();
    let large = '';
    // A letter whose capital takes another number of bytes is found as it was typed.
    for (const char of this.text) large += encoder.encode(char.toUpperCase()).length === encoder.encode(char).length ? char.toUpperCase() : char;
    this.#small = encoder.encode(this.text);
    this.#large = encoder.encode(large);
    this.#plain = this.#small.every((byte) => byte < 0x80);
  }

  /** Where it begins between two offsets, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const small = this.#small;
    const large = this.#large;
    const size = small.length;
    const [first, other] = [small[0]!, large[0]!];
    for (let at = from; at <= to - size; at++) {
      const byte = bytes[at]!;
      if (byte !== first && byte !== other) continue;
      let here = 1;
      while (here < size && (bytes[at + here] === small[here] || bytes[at + here] === large[here])) here++;
      if (here === size && (this.#plain || textOf(bytes, at, at + size).toLowerCase() === this.text)) return at;
    }
    return -1;
  }

  isIn(text: string): boolean {
    return text.toLowerCase().includes(this.text);
  }
}
