// The view's side of reading a document in pieces, free of pdf.js and of the page. Keeps to the protocol's limits: a long wish goes out in
// ranges of a bounded size, few at a time. Wishes that go through the document in one direction are read ahead of, ever further, since a turn
// to the host costs more than the bytes; what was read ahead waits here, bounded, until it is wished for.
import { chunkBytes, longestRange, mostRanges } from '../protocol/pdf.ts';

export interface RangePorts {
  ask(begin: number, end: number): void;
  /** The whole of a wish at once; the bytes are the receiver's. */
  deliver(begin: number, bytes: Uint8Array): void;
}

interface Wish { begin: number; end: number }

/** So much of what nobody has wished for yet is kept. */
const mostKept = 16 * 1024 * 1024;

export class RangeDesk {
  readonly #length: number;
  readonly #ports: RangePorts;
  /** The first piece that is not the receiver's from the beginning. */
  readonly #begin: number;
  /** Pieces by their number: what is here and not yet wished for. */
  readonly #kept = new Map<number, Uint8Array>();
  /** Wishes that wait, oldest first, and the pieces that are asked for or are to be. */
  #wishes: (Wish & { missing: Set<number> })[] = [];
  readonly #held = new Map<number, Uint8Array>();
  readonly #underWay = new Set<number>();
  /** The first piece of each range under way, with the piece after its last. */
  readonly #ranges = new Map<number, number>();
  /** Pieces to ask for, in the order of their wishes. */
  readonly #waiting = new Set<number>();
  /** The first piece of the latest wish and the piece after its last. */
  #latest = { first: 0, last: 0 };
  #ahead = 0;
  #received: number;
  #closed = false;

  constructor(length: number, head: number, tail: Uint8Array, ports: RangePorts) {
    this.#length = length;
    this.#ports = ports;
    this.#begin = head / chunkBytes;
    this.#received = head + tail.byteLength;
    this.#keep((length - tail.byteLength) / chunkBytes, tail);
  }

  /** Bytes that came so far. */
  get received(): number {
    return Math.min(this.#received, this.#length);
  }

  /** Wants the bytes from `begin`, a multiple of the piece, up to `end`. */
  want(begin: number, end: number): void {
    if (this.#closed) return;
    const [first, last] = [begin / chunkBytes, Math.ceil(end / chunkBytes)];
    const missing = new Set<number>();
    for (let piece = first; piece < last; piece++) {
      const kept = this.#kept.get(piece);
      this.#kept.delete(piece);
      if (kept) this.#held.set(piece, kept);
      else if (!this.#held.has(piece)) missing.add(piece);
    }
    this.#wishes.push({ begin, end, missing });
    this.#queue(missing, first, last);
    if (missing.size === 0) queueMicrotask(() => this.#serve());
    this.#send();
  }

  /** Takes what the host sent; what was not asked for is dropped. */
  take(begin: number, bytes: Uint8Array): void {
    const first = begin / chunkBytes;
    const after = this.#ranges.get(first);
    if (this.#closed || after === undefined || bytes.byteLength !== Math.min(after * chunkBytes, this.#length) - begin) return;
    this.#ranges.delete(first);
    this.#received += bytes.byteLength;
    const wished = new Set(this.#wishes.flatMap(({ missing }) => [...missing]));
    for (let piece = first; piece < after; piece++) {
      this.#underWay.delete(piece);
      const part = bytes.subarray((piece - first) * chunkBytes, (piece - first + 1) * chunkBytes);
      if (wished.has(piece)) this.#held.set(piece, part);
      else this.#keep(piece, part);
      for (const { missing } of this.#wishes) missing.delete(piece);
    }
    this.#serve();
    this.#send();
  }

  /** Answers nothing more and asks for nothing more. */
  close(): void {
    this.#closed = true;
    this.#wishes = [];
    this.#waiting.clear();
    this.#kept.clear();
    this.#held.clear();
  }

  #queue(missing: ReadonlySet<number>, first: number, last: number): void {
    // Onward, though not always to the very next piece: pages lie between what is read of each. Page trees are read from their end.
    const near = 2 * Math.max(this.#ahead, 4);
    const latest = this.#latest;
    const forward = first >= latest.last && first - latest.last <= near;
    const backward = last <= latest.first && latest.first - last <= near;
    this.#latest = { first, last };
    if (missing.size === 0) return;
    this.#ahead = forward || backward ? Math.min(Math.max(this.#ahead * 2, 1), longestRange / chunkBytes) : 0;
    const wanted = [...missing];
    const spare = (piece: number) => { if (!this.#kept.has(piece) && !this.#held.has(piece)) wanted.push(piece); };
    const pieces = Math.ceil(this.#length / chunkBytes);
    if (forward) for (let piece = last; piece < Math.min(last + this.#ahead, pieces); piece++) spare(piece);
    else if (backward) for (let piece = first - 1; piece >= Math.max(first - this.#ahead, this.#begin); piece--) spare(piece);
    for (const piece of wanted) if (!this.#underWay.has(piece)) this.#waiting.add(piece);
  }

  #send(): void {
    const most = longestRange / chunkBytes;
    for (const piece of this.#waiting) {
      if (this.#ranges.size >= mostRanges) return;
      let [first, after] = [piece, piece + 1];
      while (after - first < most && this.#waiting.has(after)) after++;
      while (after - first < most && this.#waiting.has(first - 1)) first--;
      for (let asked = first; asked < after; asked++) {
        this.#waiting.delete(asked);
        this.#underWay.add(asked);
      }
      this.#ranges.set(first, after);
      this.#ports.ask(first * chunkBytes, Math.min(after * chunkBytes, this.#length));
    }
  }

  #serve(): void {
    const ready = this.#wishes.filter(({ missing }) => missing.size === 0);
    if (ready.length === 0) return;
    this.#wishes = this.#wishes.filter(({ missing }) => missing.size > 0);
    for (const { begin, end } of ready) {
      const whole = new Uint8Array(end - begin);
      for (let piece = begin / chunkBytes; piece * chunkBytes < end; piece++) {
        const part = this.#held.get(piece);
        if (part) whole.set(part.subarray(0, end - piece * chunkBytes), piece * chunkBytes - begin);
      }
      this.#ports.deliver(begin, whole);
    }
    // What no other wish still needs is gone from here.
    const needed = ({ begin, end }: Wish, piece: number) => piece * chunkBytes >= begin && piece * chunkBytes < end;
    for (const piece of [...this.#held.keys()]) if (!this.#wishes.some((wish) => needed(wish, piece))) this.#held.delete(piece);
  }

  #keep(first: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength; at += chunkBytes) this.#kept.set(first + at / chunkBytes, bytes.subarray(at, at + chunkBytes));
    while (this.#kept.size * chunkBytes > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
  }
}
