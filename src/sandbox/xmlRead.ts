// Reads an XML document into elements. Enough for request bodies: elements, attributes, text, CDATA; comments and instructions are skipped.
// No document type, hence no entities but the five of XML itself, and a limit to the depth: nothing in a body can make it work long.

export interface XmlElement {
  /** Without a namespace's prefix. */
  name: string;
  /** Without namespaces' own; `xsi:nil` is `nil`. */
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

export class XmlError extends Error {}

const DEPTH = 64;
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: '\'', amp: '&' };

/** @throws XmlError saying what is wrong, never quoting the text. */
export function readXml(source: string): XmlElement {
  const text = source.replace(/^\ufeff/, '');
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let at = 0;

  const skipTo = (end: string, what: string) => {
    const found = text.indexOf(end, at);
    if (found < 0) throw new XmlError(`${what} does not end`);
    at = found + end.length;
    return found;
  };
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const addText = (content: string) => {
    const element = open.at(-1);
    if (element) element.text += content;
    else if (content.trim() !== '') throw new XmlError('there is text outside of the root element');
  };
  const openTag = () => {
    const name = match(NAME)?.[0];
    if (name === undefined) throw new XmlError('a tag has no name');
    const attributes: Record<string, string> = {};
    for (let found = match(ATTRIBUTE); found; found = match(ATTRIBUTE)) {
      const [, own = '', quoted, single] = found;
      if (own.endsWith(':nil') || !/^xmlns$|:/.test(own)) attributes[localName(own)] = unescape(quoted ?? single ?? '');
    }
    const element: XmlElement = { name: localName(name), attributes, children: [], text: '' };
    const end = match(/\s*(\/?)>/y);
    if (!end) throw new XmlError('a tag does not end');
    const parent = open.at(-1);
    if (!parent && root) throw new XmlError('there is more than one root element');
    if (parent) parent.children.push(element);
    root ??= element;
    if (end[1] === '/') return;
    if (open.push(element) > DEPTH) throw new XmlError(`it is nested deeper than ${DEPTH} levels`);
  };
  const closeTag = () => {
    const name = match(NAME)?.[0] ?? '';
    if (!match(/\s*>/y) || open.pop()?.name !== localName(name)) throw new XmlError('an end tag does not fit its start');
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    addText(unescape(text.slice(at, next < 0 ? text.length : next)));
    if (next < 0) break;
    at = next;
    if (text.startsWith('<!--', at)) skipTo('-->', 'a comment');
    else if (text.startsWith('<![CDATA[', at)) {
      const from = at + 9;
      addText(text.slice(from, skipTo(']]>', 'a CDATA section')));
    } else if (text.startsWith('<?', at)) skipTo('?>', 'an instruction');
    else if (text.startsWith('<!', at)) throw new XmlError('a document type is not taken');
    else if (text.startsWith('</', at)) {
      at += 2;
      closeTag();
    } else {
      at += 1;
      openTag();
    }
  }
  if (!root || open.length > 0) throw new XmlError(root ? 'an element does not end' : 'there is no element');
  return root;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(lt|gt|quot|apos|amp);|#(\d{1,7});|#x([\da-fA-F]{1,6});|)/g, (_, name?: string, decimal?: string, hex?: string) => {
    if (name) return NAMED[name] as string;
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(point > 0 && point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) throw new XmlError('an entity is not known');
    return String.fromCodePoint(point);
  });
}
