// Text for the base-14 fonts: WinAnsi (CP1252) bytes, and the widths of Helvetica in thousandths of the size. What WinAnsi has no letter for
// becomes a question mark. Accented letters are as wide as their base letter, which holds for this font.

/** 0x80 to 0x9F of WinAnsi; a space where a code is not used. */
const SPECIAL = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const codes = new Map<string, number>([...SPECIAL].flatMap((sign, at): [string, number][] => (sign === ' ' ? [] : [[sign, 0x80 + at]])));

const widths = (text: string) => text.split(' ').map(Number);
const REGULAR = widths('278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584');
const BOLD = widths('278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584');
const OTHERS: Readonly<Record<string, number>> = { '€': 556, '…': 1000, '—': 1000, '–': 556, '•': 350, '‘': 222, '’': 222, '“': 333, '”': 333, '™': 1000, 'Æ': 1000, 'æ': 889, 'Œ': 1000, 'œ': 944, 'ß': 611, 'Ø': 778, 'ø': 611, '\u00a0': 278 };

export type Face = 'regular' | 'bold';

/** One byte a sign, as a Latin-1 string. */
function winAnsi(text: string): string {
  let out = '';
  for (const sign of text.normalize('NFC')) {
    const code = sign.codePointAt(0) as number;
    const special = codes.get(sign);
    out += special !== undefined ? String.fromCharCode(special) : (code >= 32 && code <= 126) || (code >= 160 && code <= 255) ? sign : code < 32 ? ' ' : '?';
  }
  return out;
}

/** A PDF string literal. */
export const literal = (text: string) => `(${winAnsi(text).replace(/[\\()]/g, (sign) => `\\${sign}`)})`;

/** Width in points. */
export function textWidth(text: string, face: Face, size: number): number {
  const table = face === 'bold' ? BOLD : REGULAR;
  let sum = 0;
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    sum += table[code - 32] ?? OTHERS[sign] ?? table[sign.normalize('NFD').charCodeAt(0) - 32] ?? 556;
  }
  return (sum * size) / 1000;
}

/** The text, shortened with an ellipsis so that it fits. */
export function fitted(text: string, face: Face, size: number, width: number): string {
  if (textWidth(text, face, size) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (textWidth(`${text.slice(0, middle)}…`, face, size) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}
