// Small edits of JSON text: a value is set or taken away, and every other character stays as it was. What comes in is written the way the
// text around it is: its indentation, its line ends, one line where its neighbours stand on one. Free of vscode.
import type { Node } from 'jsonc-parser';

/** A piece of text that takes another's place. */
export interface TextChange {
  offset: number;
  length: number;
  content: string;
}

export type Path = readonly (string | number)[];

/** A value, or JSON text that is taken in as it stands. */
export type Content = { value: unknown } | { text: string };

export interface EditOptions {
  /** Objects and lists that a removal leaves empty go too. */
  prune?: boolean;
  /** The order of the root's own names; others come last. */
  order?: readonly string[];
}

/** Sets what stands at a path, making the objects and lists on the way; without content it is removed. */
export function editAt(text: string, root: Node, path: Path, content: Content | undefined, options: EditOptions = {}): TextChange[] {
  let node = root;
  for (const [index, step] of path.entries()) {
    const rest = path.slice(index + 1);
    if (node.type !== (typeof step === 'number' ? 'array' : 'object')) return content ? [replaced(text, node, nested(path.slice(index), content))] : [];
    const child = childAt(node, step);
    if (!child) return content ? [inserted(text, node, step, nested(rest, content), index === 0 ? options.order : undefined)] : [];
    node = child;
  }
  if (!content) return path.length === 0 ? [] : [removed(root, options.prune ? emptiedWith(node, root) : node)];
  return isSame(text, node, content) ? [] : [replaced(text, node, content)];
}

export function childAt(node: Node, step: string | number): Node | undefined {
  if (typeof step === 'number') return node.type === 'array' ? node.children?.[step] : undefined;
  return node.type === 'object' ? node.children?.find((property) => property.children?.[0]?.value === step)?.children?.[1] : undefined;
}

const nested = (path: Path, content: Content): Content =>
  (path.length === 0 ? content : { value: path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), 'value' in content ? content.value : JSON.parse(content.text)) });

function isSame(text: string, { offset, length }: Node, content: Content): boolean {
  const now = text.slice(offset, offset + length);
  return 'text' in content ? now === inLineEnds(text, content.text) : JSON.stringify(JSON.parse(now)) === JSON.stringify(content.value);
}

function replaced(text: string, node: Node, content: Content): TextChange {
  const container = node.parent?.type === 'property' ? node.parent.parent : node.parent;
  const spread = container === undefined || isSpread(text, container);
  return { offset: node.offset, length: node.length, content: written(text, content, spread, indentOf(text, node.offset)) };
}

/** At its place in the order, at the end where there is none. */
function inserted(text: string, container: Node, step: string | number, content: Content, order: readonly string[] | undefined): TextChange {
  const spread = isSpread(text, container);
  const children = container.children ?? [];
  const [first] = children;
  const outer = indentOf(text, container.offset);
  const inner = first && spread && startsLine(text, first.offset) ? indentOf(text, first.offset) : `${outer}${unitOf(text)}`;
  const item = `${typeof step === 'number' ? '' : `${JSON.stringify(step)}:${isTight(text, container) ? '' : ' '}`}${written(text, content, spread, inner)}`;
  const gap = spread ? `${lineEnd(text)}${inner}` : isTight(text, container) ? '' : ' ';
  if (!first) {
    const [open, close] = container.type === 'array' ? ['[', ']'] : ['{', '}'];
    return { offset: container.offset, length: container.length, content: `${open}${gap}${item}${spread ? `${lineEnd(text)}${outer}` : gap}${close}` };
  }
  const before = childBefore(children, step, order);
  return before ? { offset: before.offset + before.length, length: 0, content: `,${gap}${item}` } : { offset: first.offset, length: 0, content: `${item},${gap}` };
}

function childBefore(children: readonly Node[], step: string | number, order: readonly string[] | undefined): Node | undefined {
  const rank = (name: unknown): number => {
    const at = order?.indexOf(String(name)) ?? -1;
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  return order ? children.findLast((child) => rank(child.children?.[0]?.value) <= rank(step)) : children.at(-1);
}

/** With the comma that goes with it. */
function removed(root: Node, node: Node): TextChange {
  const item = node.parent?.type === 'property' ? node.parent : node;
  const container = item.parent ?? root;
  const siblings = container.children ?? [];
  const index = siblings.indexOf(item);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (after) return { offset: item.offset, length: after.offset - item.offset, content: '' };
  const start = before ? before.offset + before.length : container.offset + 1;
  const end = before ? item.offset + item.length : container.offset + container.length - 1;
  return { offset: start, length: end - start, content: '' };
}

/** The outermost part that holds nothing else; never the root, nor what stands directly in it. */
function emptiedWith(node: Node, root: Node): Node {
  const item = node.parent?.type === 'property' ? node.parent : node;
  const container = item.parent;
  if (!container || container === root || container.children?.length !== 1) return node;
  const isTop = (container.parent?.type === 'property' ? container.parent.parent : container.parent) === root;
  return isTop ? node : emptiedWith(container, root);
}

function written(text: string, content: Content, spread: boolean, indent: string): string {
  if ('text' in content) return inLineEnds(text, content.text);
  // Texts hold no line break of their own, so those there are belong to the layout.
  const json = JSON.stringify(content.value, null, spread ? unitOf(text) : 1) ?? 'null';
  return spread ? json.replaceAll('\n', `${lineEnd(text)}${indent}`) : json.replace(/\n */g, ' ');
}

/** Whether its entries stand on lines of their own; an empty one does as the text does. */
function isSpread(text: string, { offset, children = [] }: Node): boolean {
  return children[0] ? /[\r\n]/.test(text.slice(offset, children[0].offset)) : /[\r\n]/.test(text.trim());
}

/** Whether there is no space after its colons. */
function isTight(text: string, { children = [] }: Node): boolean {
  const [name, value] = children[0]?.children ?? [];
  return name !== undefined && value !== undefined && children[0]?.type === 'property' && !/\s/.test(text.slice(name.offset + name.length, value.offset));
}

const startsLine = (text: string, offset: number): boolean => /(^|[\r\n])[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
const lineStart = (text: string, offset: number): number => Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
/** What the line begins with on which a place is. */
export const indentOf = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))![0];
const unitOf = (text: string): string => /[\r\n]([ \t]+)\S/.exec(text)?.[1] ?? '  ';
const lineEnd = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
const inLineEnds = (text: string, json: string): string => json.replace(/\r\n|\r|\n/g, lineEnd(text));
