// Reading single tokens of JSON out of its bytes: where a string, a number or a word ends, and what a string says. Pure.
// Bytes are never turned into text as a whole: only what is shown, searched or copied is.

export const quote = 0x22;
export const backslash = 0x5c;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const colon = 0x3a;
export const comma = 0x2c;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes as text; what is no UTF-8 shows as U+FFFD. */
export const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));

export const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export function skipSpace(bytes: Uint8Array, at: number): number {
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Behind the closing quote of the string that begins at `at`, which is known to be whole. */
export function stringEnd(bytes: Uint8Array, at: number): number {
  for (let here = at + 1; here < bytes.length; here++) {
    const byte = bytes[here];
    if (byte === backslash) here++;
    else if (byte === quote) return here + 1;
  }
  return bytes.length;
}

/** Behind the string, number or word that begins at `at`, which is known to be whole. */
export function leafEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === quote) return stringEnd(bytes, at);
  let here = at;
  while (here < bytes.length) {
    const byte = bytes[here]!;
    if (byte === comma || byte === closeBracket || byte === closeBrace || isSpace(byte)) break;
    here++;
  }
  return here;
}

/** What a JSON string between two offsets (quotes included) says; null where its escapes are no JSON. */
export function stringSays(bytes: Uint8Array, from: number, to: number): string {
  const inside = textOf(bytes, from + 1, to - 1);
  return inside.includes('\\') ? unescaped(inside) : inside;
}

const plainEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Undoes JSON's escapes; a half one at a cut end stands as it is. */
export function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|([^u]))/g, (_whole, code: string | undefined, char: string | undefined) =>
    code === undefined ? plainEscapes[char!] ?? char! : String.fromCharCode(parseInt(code, 16)));
}

/** Whether the text of a string may be cut before this byte: not inside a character. */
export function characterStart(bytes: Uint8Array, at: number): number {
  while (at > 0 && (bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}
