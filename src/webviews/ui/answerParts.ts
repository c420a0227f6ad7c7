// A long body comes in parts, before the head that it belongs to (protocol/request.ts).
export class AnswerParts {
  #parts: Uint8Array[] = [];

  take({ bytes, first }: { bytes: Uint8Array; first: boolean }): void {
    if (first) this.#parts = [];
    this.#parts.push(bytes);
  }

  /** The whole body; what was collected is let go. */
  whole(): Uint8Array {
    const parts = this.#parts;
    this.#parts = [];
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
