// The words of the guard's questions beside the policy's own: where a call would go, what has to be typed, which purposes there are. Free of
// vscode; askPerson.ts draws them. Names come from the API: whatever the editor could read as a link is taken out of prompts.
import { noLinks } from '../client/plainText.ts';
import { environmentName } from '../credentials/connectionInput.ts';
import { purposeTitle } from '../documents/purposes.ts';
import type { Shown, Wanted } from '../guard/asking.ts';

/** `Acme Lending (Production)`. */
export const whereTo = ({ connection }: Pick<Shown, 'connection'>): string => `${connection.label} (${environmentName(connection.environment)})`;

/** What stands under a modal question. */
export const detailOf = (shown: Shown): string => `${shown.question.detail}\n\nOperation: ${shown.operation.operationId}\nConnection: ${whereTo(shown)}`;

/** The second yes. */
export const holdButton = (confirm: string, minutes: number): string => `${confirm} and Don't Ask for ${minutes === 1 ? 'a Minute' : `${minutes} Minutes`}`;

export const typeTitle = (shown: Shown): string => `${shown.question.title} ${whereTo(shown)}`;

/** What goes, and what to type. The editor shows it in one paragraph. */
export function typePrompt(shown: Shown, { what, text }: Wanted): string {
  const goes = shown.question.detail.split('\n').map((line) => (/[.!?]$/.test(line) ? line : `${line}.`)).join(' ');
  return noLinks(`${goes} ${shown.operation.operationId} on ${whereTo(shown)}. To go on, type ${text}, the customer's ${what}.`);
}

/** What is wrong with what has been typed so far; undefined for nothing typed, or the whole. */
export function typeProblem(typed: string, { what, text }: Wanted): string | undefined {
  if (typed === '' || typed === text) return undefined;
  return noLinks(text.startsWith(typed) ? `Type the whole ${what}: ${text}` : `This is not the ${what}, which is ${text}`);
}

export interface PurposeChoice {
  /** '' sends none; undefined is for a code of one's own. */
  code: string | undefined;
  title: string;
  description: string;
}

/** The codes to choose from, the one that was named last at the top. */
export function purposeChoices(codes: readonly string[], { last, optional }: { last?: string | undefined; optional: boolean }): PurposeChoice[] {
  const all = last === undefined || codes.includes(last) ? codes : [last, ...codes];
  const known = [...all].sort((a, b) => Number(b === last) - Number(a === last))
    .map((code): PurposeChoice => ({ code, title: purposeTitle(code), description: code === last ? `${code} · named last on this connection` : code }));
  return [
    ...known, { code: undefined, title: 'Another code…', description: '' },
    ...(optional ? [{ code: '', title: 'None', description: 'this is no consumer report; the API refuses one without a purpose' }] : []),
  ];
}
