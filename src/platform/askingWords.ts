// The words of the guard's questions beside the policy's own: where a call would go, what has to be typed, which purposes there are. Free of
// vscode; askPerson.ts draws them. Names come from the API: whatever the editor could read as a link is taken out of prompts.
import { noLinks } from '../client/plainText.ts';
import { environmentName } from '../credentials/connectionInput.ts';
import { purposeTitle } from '../documents/purposes.ts';
import type { Shown, Wanted } from '../guard/asking.ts';

/** `Acme Lending (Production)`. */
export const whereTo = ({ connection }: Pick<Shown, 'connection'>): string => `${connection.label} (${environmentName(connection.environment)})`;

/** What a call is about and where it goes, label and value. */
const factsOf = (shown: Shown): [string, string][] =>
  [...shown.targets.map(({ label, value }): [string, string] => [label, value]), ['Operation', shown.operation.operationId], ['Connection', whereTo(shown)]];

/** What stands under a modal question. */
export const detailOf = (shown: Shown): string => `${shown.question.detail}\n\n${factsOf(shown).map(([label, value]) => `${label}: ${value}`).join('\n')}`;

/** The harmless button of every question. */
export const notNow = 'Not Now';

/**
 * A question's buttons. The editor makes the first one the default, which Enter presses, and puts its own Cancel behind them all: so the
 * first one does nothing, and what goes out is chosen.
 */
export const buttonsOf = (confirm: string, hold: string | undefined): string[] => [notNow, confirm, ...(hold === undefined ? [] : [hold])];

/** The second yes. */
export const holdButton = (confirm: string, minutes: number): string => `${confirm} and Don't Ask for ${minutes === 1 ? 'a Minute' : `${minutes} Minutes`}`;

export const typeTitle = (shown: Shown): string => `${shown.question.title} ${whereTo(shown)}`;

export interface TypeRow {
  label: string;
  description?: string;
  /** Below the label, in a line of its own. */
  detail?: string;
}

/** The box's lines: what it is about, what goes, and what to type; `problem` is what is wrong with what was typed. */
export function typeRows(shown: Shown, { what, text }: Wanted, problem?: string): TypeRow[] {
  return [
    ...factsOf(shown).map(([label, description]) => ({ label, description })),
    ...shown.question.detail.split('\n').flatMap(rowLines).map((detail, at) => ({ label: at === 0 ? 'What goes' : '…', detail })),
    { label: `Type ${text}`, description: `the customer's ${what}, and press Enter`, ...(problem !== undefined && { detail: problem }) },
  ];
}

/** A row cuts what is longer than it is wide: broken at sentences, and at words. */
const rowLines = (text: string): string[] => text.split(/(?<=[.!?]) /).flatMap((sentence) => sentence.match(/\S.{0,87}(?=\s|$)|\S+/g) ?? []);

export const typePlaceholder = ({ what, text }: Wanted): string => noLinks(`To go on, type ${text}, the customer's ${what}`);

/** What is wrong with what has been typed so far; undefined for nothing typed, or the whole. */
export function typeProblem(typed: string, { what, text }: Wanted): string | undefined {
  if (typed === '' || typed === text) return undefined;
  return noLinks(text.startsWith(typed) ? `Type the whole ${what}: ${text}` : `This is not the ${what}, which is ${text}`);
}

/** Fits a box of 600 pixels, which cuts what is longer. */
export const purposePlaceholder = 'Why may this consumer report be made or read?';

/** Below the first purpose. */
const purposeNote = 'The FCRA wants one; it is kept until the window closes.';

export interface PurposeChoice {
  /** '' sends none; undefined is for a code of one's own. */
  code: string | undefined;
  title: string;
  description: string;
  /** In a line of its own below. */
  detail?: string;
}

/** The codes to choose from, the one that was named last at the top. */
export function purposeChoices(codes: readonly string[], { last, optional }: { last?: string | undefined; optional: boolean }): PurposeChoice[] {
  const all = last === undefined || codes.includes(last) ? codes : [last, ...codes];
  const known = [...all].sort((a, b) => Number(b === last) - Number(a === last))
    .map((code): PurposeChoice => ({ code, title: purposeTitle(code), description: code === last ? `${code} · named last on this connection` : code }));
  const choices: PurposeChoice[] = [
    ...known, { code: undefined, title: 'Another code…', description: '' },
    ...(optional ? [{ code: '', title: 'None', description: 'this is no consumer report; the API refuses one without a purpose' }] : []),
  ];
  return choices.map((choice, index) => (index === 0 ? { ...choice, detail: purposeNote } : choice));
}
