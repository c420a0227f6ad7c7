// What in a request looks like a person's own data or secret (social security and tax numbers, birthdays, account and card numbers, what is
// typed into a bank's sign-in form, answers to its questions, passwords, signing keys): the form masks it, and saving asks about it, because
// files are shared and kept. Saving asks about names, addresses, telephones and mail of people as well, which a form shows. It goes by names and
// where they stand, and by the shape of a social security number. Free of vscode.
import { parseTree, type Node } from 'jsonc-parser';
import { findOperation, type OperationEntry } from '../api/catalogue.ts';
import { accountNumberWords, birthWords, identityWords, inWords, secretWords } from '../masking/words.ts';
import { changed, type TextChange } from './document.ts';
import { readJson } from './jsonText.ts';
import type { FieldPath } from '../webviews/protocol/request.ts';

/** Of a name in words; presentation mode goes by the same (masking/words.ts). */
const personalWords = new RegExp([identityWords, birthWords, accountNumberWords, secretWords].map(({ source }) => source).join('|'));
interface Within {
  around: RegExp;
  own: RegExp;
}
/** Names that say it only within another. */
const personalWithin: readonly Within[] = [
  { around: /^(credentials|login (form|fields?))$/, own: /^value$/ },
  { around: /^cards?$/, own: /^(number|expiry)$/ },
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

/** Who a person is and where they are to be found, in an operation that is about people. */
const personWords = /^((first|last|middle|full|owner) )?name$|^suffix$|^e ?mail( address)?$|^phone( (no|number))?$|^(address|street)( ?(line ?)?\d)?$|^city$|^state$|^(zip|postal)( code)?$|^search$/;
const personWithin: Within = { around: /^email$/, own: /^to$/ };
/** What has the same names and is none of a person's: fields of a bank's form, the firm that a report is made for. */
const noPerson = /^(credentials|login (form|fields?)|end user)$/;

/** Testing customers are made up. */
const aboutPeople = ({ personalData, tag, testingOnly }: OperationEntry): boolean => !testingOnly && (personalData === true || tag === 'Customers' || tag === 'Payment Success Indicator');

/** What the names around a field say of it, gathered on the way down. */
interface Around {
  rules: readonly Within[];
  /** Whether names and addresses in here are people's. */
  people: boolean;
}

/** Whether a field is personal by its name, and what its name says of the fields in it. */
function judged(name: string, around: Around): { personal: boolean; person: boolean; inside: Around } {
  const own = inWords(name);
  const entered = [...personalWithin, ...(around.people ? [personWithin] : [])].filter((rule) => rule.around.test(own) && !around.rules.includes(rule));
  const people = around.people && !noPerson.test(own);
  return {
    personal: (personalWords.test(own) && !shortForm.test(name)) || around.rules.some((rule) => rule.own.test(own)),
    person: people && personWords.test(own),
    inside: entered.length === 0 && people === around.people ? around : { rules: [...around.rules, ...entered], people },
  };
}

/** The fields with a value that saving asks about; none when the text is no JSON. Each name is judged once, however deep it stands. */
export function personalFields(text: string): PersonalField[] {
  const { root } = readJson(text);
  const entry = findOperation(String(partOf(root, 'operation')?.value));
  const around: Around = { rules: [], people: entry !== undefined && aboutPeople(entry) };
  // The document's own parts are no fields.
  return (root?.type === 'object' ? root.children ?? [] : []).flatMap(({ children: [key, value] = [] }) => {
    if (!key || !value) return [];
    return key.value === 'bodyDraft' ? personalDraft(value, around) : personalIn(value, String(key.value), around);
  });
}

function personalIn(part: Node, partName: string, around: Around): PersonalField[] {
  const found: PersonalField[] = [];
  const take = (node: Node, name: string): void => {
    const edits = scalarsOf(node).map(({ offset, length, type }) => ({ offset, length, content: type === 'string' ? '""' : 'null' }));
    if (edits.length > 0) found.push({ name, edits });
  };
  const visit = (node: Node, name: string, within: Around, person: boolean): void => {
    if (node.type === 'object') for (const { children: [key, value] = [] } of node.children ?? []) {
      if (!key || !value) continue;
      const step = String(key.value);
      const its = judged(step, within);
      if (its.personal) take(value, `${name}.${step}`);
      else visit(value, `${name}.${step}`, its.inside, its.person);
    } else if (node.type === 'array') node.children?.forEach((item, index) => visit(item, `${name}[${index}]`, within, person));
    else if (person || (node.type === 'string' && socialSecurityNumber.test(String(node.value)))) take(node, name);
  };
  visit(part, partName, around, false);
  return found;
}

/** A body that is no JSON yet is read as far as it can be, and emptied as a whole: its fields have no certain place. */
function personalDraft({ value, offset, length }: Node, around: Around): PersonalField[] {
  const draft = String(value);
  return /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/.test(draft) || seemsPersonal(draft, around) ? [{ name: 'bodyDraft', edits: [{ offset, length, content: '""' }] }] : [];
}

function seemsPersonal(draft: string, around: Around): boolean {
  try {
    const root = parseTree(draft);
    return root !== undefined && personalIn(root, 'bodyDraft', around).length > 0;
  } catch {
    // Brackets beyond what a parser has room for: to ask in vain costs a click.
    return true;
  }
}

const partOf = (root: Node | undefined, part: string): Node | undefined => (root?.type === 'object' ? root.children?.find(({ children: [key] = [] }) => key?.value === part)?.children?.[1] : undefined);

/** The text with those fields empty, to be filled again by whoever uses it. */
export const withoutPersonal = (text: string): string => changed(text, personalFields(text).flatMap(({ edits }) => edits));

/** A few of them in words, e.g. `body.ssn, body.birthday and 3 more`. */
export function namesOf(fields: readonly PersonalField[], most = 6): string {
  const names = fields.map(({ name }) => name);
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
}

/** Whether the field at this path, or one around it, is a person's own: what nobody would want to be read over their shoulder. */
export function isPersonalPath([, ...steps]: FieldPath): boolean {
  let around: Around = { rules: [], people: false };
  for (const step of steps) {
    if (typeof step !== 'string') continue;
    const { personal, inside } = judged(step, around);
    if (personal) return true;
    around = inside;
  }
  return false;
}

/** The values in it that say something. */
function scalarsOf(node: Node): Node[] {
  if (node.type === 'object') return (node.children ?? []).flatMap(({ children: [, value] = [] }) => (value ? scalarsOf(value) : []));
  if (node.type === 'array') return (node.children ?? []).flatMap(scalarsOf);
  return node.type === 'null' || node.value === '' || typeof node.value === 'boolean' ? [] : [node];
}
