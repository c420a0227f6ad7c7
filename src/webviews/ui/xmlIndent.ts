// XML with each element on its own line, for reading. It adds space between elements only, and only where no text stands; whatever is no
// well-formed markup it leaves as it came. Pure.

const step = '  ';
const deepest = 60;

interface Piece {
  kind: 'open' | 'close' | 'empty' | 'text' | 'aside';
  text: string;
}

/** The text indented, or undefined when its tags do not fit together. */
export function indentXml(xml: string): string | undefined {
  const pieces = split(xml);
  if (!pieces || !balanced(pieces)) return undefined;
  const lines: string[] = [];
  let depth = 0;
  const put = (text: string) => lines.push(step.repeat(Math.min(depth, deepest)) + text);
  for (let at = 0; at < pieces.length; at++) {
    const { kind, text } = pieces[at]!;
    if (kind === 'text' && text.trim() === '') continue;
    if (kind !== 'open') {
      if (kind === 'close') depth--;
      put(kind === 'text' ? text.trim() : text);
      continue;
    }
    // An element that holds text stays as it is, to its end: space in it would change what it says.
    const end = endOfMixed(pieces, at);
    if (end !== undefined) {
      put(pieces.slice(at, end + 1).map((piece) => piece.text).join(''));
      at = end;
    } else {
      put(text);
      depth++;
    }
  }
  return lines.join('\n');
}

function split(xml: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < xml.length;) {
    const end = pieceEnd(xml, at);
    if (end < 0) return undefined;
    const text = xml.slice(at, end);
    pieces.push({ kind: kindOf(text), text });
    at = end;
  }
  return pieces.some(({ kind }) => kind === 'open' || kind === 'empty') ? pieces : undefined;
}

/** Behind the text, tag or comment that begins here; -1 when it is not whole. Every character is looked at once: no pattern that goes back. */
function pieceEnd(xml: string, at: number): number {
  const behind = (mark: string, from: number): number => {
    const found = xml.indexOf(mark, from);
    return found < 0 ? -1 : found + mark.length;
  };
  if (xml[at] !== '<') {
    const next = xml.indexOf('<', at);
    return next < 0 ? xml.length : next;
  }
  if (xml.startsWith('<!--', at)) return behind('-->', at + 4);
  if (xml.startsWith('<![CDATA[', at)) return behind(']]>', at + 9);
  if (xml.startsWith('<?', at)) return behind('?>', at + 2);
  if (xml.startsWith('<!', at)) {
    const bracket = xml.indexOf('[', at);
    const end = behind('>', at);
    if (bracket < 0 || bracket > end) return end;
    const close = xml.indexOf(']', bracket);
    return close < 0 ? -1 : behind('>', close);
  }
  return tagEnd(xml, at);
}

function tagEnd(xml: string, at: number): number {
  const first = xml[at + 1] === '/' ? at + 2 : at + 1;
  if (first >= xml.length || /[\s<>/!?]/.test(xml[first]!)) return -1;
  for (let here = first; here < xml.length; here++) {
    const char = xml[here]!;
    if (char === '>') return here + 1;
    if (char === '<') return -1;
    if (char !== '"' && char !== "'") continue;
    here = xml.indexOf(char, here + 1);
    if (here < 0) return -1;
  }
  return -1;
}

function kindOf(text: string): Piece['kind'] {
  if (!text.startsWith('<') || text.startsWith('<![CDATA[')) return 'text';
  if (text.startsWith('<!') || text.startsWith('<?')) return 'aside';
  return text.startsWith('</') ? 'close' : text.endsWith('/>') ? 'empty' : 'open';
}

const nameOf = (tag: string) => /^<\/?([^\s/>]+)/.exec(tag)?.[1];

function balanced(pieces: readonly Piece[]): boolean {
  const around: (string | undefined)[] = [];
  for (const { kind, text } of pieces) {
    if (kind === 'open') around.push(nameOf(text));
    else if (kind === 'close' && (around.length === 0 || around.pop() !== nameOf(text))) return false;
  }
  return around.length === 0;
}

/** Where an element ends that holds text beside others or nothing at all; undefined for one that holds elements alone. */
function endOfMixed(pieces: readonly Piece[], from: number): number | undefined {
  let depth = 0;
  let hasText = false;
  let hasElements = false;
  // Looking ahead as far as the first child that is an element: text that comes only behind it is rare, and then has a line of its own.
  for (let at = from; at < pieces.length; at++) {
    const { kind, text } = pieces[at]!;
    if (kind === 'open') depth++;
    if (kind === 'close') depth--;
    if (kind === 'text' && text.trim() !== '' && depth === 1) hasText = true;
    if (at > from && (kind === 'open' || kind === 'empty' || kind === 'aside')) hasElements = true;
    if (hasElements && !hasText) return undefined;
    if (depth === 0) return at;
  }
  return undefined;
}
