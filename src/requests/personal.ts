// What in a request looks like a person's own data (social security and tax numbers, birthdays, account and card numbers, passwords): files
// are shared and kept, so that saving one asks about them. It goes by names, and by the shape of a social security number. Free of vscode.
import type { Node } from 'jsonc-parser';
import { changed, type TextChange } from './document.ts';
import { readJson } from './jsonText.ts';

const personalName = /ssn|social_?security|birth|(^|_)dob$|tax_?id$|(^|_)i?tin$|(^|_)ein$|account_?number|card_?number|passport|driver\w*licen[cs]e|passwo?r?d|(^|_)pin$|[a-z]Pin$/i;
/** The last digits are what people recognize an account by. */
const shortForm = /last_?(4|four)|ends_?with/i;
const socialSecurityNumber = /^\d{3}-\d{2}-\d{4}$/;

export interface PersonalField {
  /** As it is told: `body.applicants[0].ssn`. */
  name: string;
  /** What empties it. */
  edits: readonly TextChange[];
}

/** The fields with a value; none when the text is no JSON. */
export function personalFields(text: string): PersonalField[] {
  const { root } = readJson(text);
  const found: PersonalField[] = [];
  const visit = (node: Node, name: string): void => {
    if (isPersonal(node, name)) {
      const edits = scalarsOf(node).map(({ offset, length, type }) => ({ offset, length, content: type === 'string' ? '""' : 'null' }));
      if (edits.length > 0) found.push({ name, edits });
    } else if (node.type === 'array') node.children?.forEach((item, index) => visit(item, `${name}[${index}]`));
    else if (node.type === 'object') for (const { children: [key, value] = [] } of node.children ?? []) if (key && value) visit(value, name === '' ? String(key.value) : `${name}.${key.value}`);
  };
  if (root) visit(root, '');
  return found;
}

/** The text with those fields empty, to be filled again by whoever uses it. */
export const withoutPersonal = (text: string): string => changed(text, personalFields(text).flatMap(({ edits }) => edits));

/** A few of them in words, e.g. `body.ssn, body.birthday and 3 more`. */
export function namesOf(fields: readonly PersonalField[], most = 6): string {
  const names = fields.map(({ name }) => name);
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
}

function isPersonal(node: Node, name: string): boolean {
  const own = /[^.]*$/.exec(name)![0].replace(/\[\d+\]$/g, '');
  if (name.includes('.') && personalName.test(own) && !shortForm.test(own)) return true;
  return node.type === 'string' && socialSecurityNumber.test(String(node.value));
}

/** The values in it that say something. */
function scalarsOf(node: Node): Node[] {
  if (node.type === 'object') return (node.children ?? []).flatMap(({ children: [, value] = [] }) => (value ? scalarsOf(value) : []));
  if (node.type === 'array') return (node.children ?? []).flatMap(scalarsOf);
  return node.type === 'null' || node.value === '' || typeof node.value === 'boolean' ? [] : [node];
}
