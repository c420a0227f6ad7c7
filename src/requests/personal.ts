// What in a request looks like a person's own data or secret (social security and tax numbers, birthdays, account and card numbers, what is
// typed into a bank's sign-in form, answers to its questions, passwords, signing keys): the form masks it, and saving asks about it, because
// files are shared and kept. It goes by names and where they stand, and by the shape of a social security number. Free of vscode.
import type { Node } from 'jsonc-parser';
import { accountNumberWords, birthWords, identityWords, inWords, secretWords } from '../masking/words.ts';
import { changed, type TextChange } from './document.ts';
import { readJson } from './jsonText.ts';
import type { FieldPath } from '../webviews/protocol/request.ts';

/** Of a name in words; presentation mode goes by the same (masking/words.ts). */
const personalWords = new RegExp([identityWords, birthWords, accountNumberWords, secretWords].map(({ source }) => source).join('|'));
/** Names that say it only within another. */
const personalWithin: readonly (readonly [around: RegExp, own: RegExp])[] = [
  [/^(credentials|login (form|fields?))$/, /^value$/],
  [/^cards?$/, /^(number|expiry)$/],
];
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
  const visit = (node: Node, name: string, path: FieldPath): void => {
    if (isPersonal(node, path)) {
      const edits = scalarsOf(node).map(({ offset, length, type }) => ({ offset, length, content: type === 'string' ? '""' : 'null' }));
      if (edits.length > 0) found.push({ name, edits });
    } else if (node.type === 'array') node.children?.forEach((item, index) => visit(item, `${name}[${index}]`, [...path, index]));
    else if (node.type === 'object') for (const { children: [key, value] = [] } of node.children ?? []) if (key && value) visit(value, name === '' ? String(key.value) : `${name}.${key.value}`, [...path, String(key.value)]);
  };
  if (root) visit(root, '', []);
  return found;
}

/** The text with those fields empty, to be filled again by whoever uses it. */
export const withoutPersonal = (text: string): string => changed(text, personalFields(text).flatMap(({ edits }) => edits));

/** A few of them in words, e.g. `body.ssn, body.birthday and 3 more`. */
export function namesOf(fields: readonly PersonalField[], most = 6): string {
  const names = fields.map(({ name }) => name);
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
}

/** Whether the field at this path, or one around it, is a person's own: what nobody would want to be read over their shoulder. */
export function isPersonalPath([, ...steps]: readonly (string | number)[]): boolean {
  const names = steps.filter((step) => typeof step === 'string');
  return names.some((name, index) => {
    const own = inWords(name);
    if (personalWords.test(own) && !shortForm.test(name)) return true;
    return personalWithin.some(([around, within]) => within.test(own) && names.slice(0, index).some((one) => around.test(inWords(one))));
  });
}

const isPersonal = (node: Node, path: FieldPath): boolean => isPersonalPath(path) || (node.type === 'string' && socialSecurityNumber.test(String(node.value)));

/** The values in it that say something. */
function scalarsOf(node: Node): Node[] {
  if (node.type === 'object') return (node.children ?? []).flatMap(({ children: [, value] = [] }) => (value ? scalarsOf(value) : []));
  if (node.type === 'array') return (node.children ?? []).flatMap(scalarsOf);
  return node.type === 'null' || node.value === '' || typeof node.value === 'boolean' ? [] : [node];
}
