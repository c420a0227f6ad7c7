// What the form is sent of a request: its values, its body as text, and what is wrong with them; long texts shortened, since every change of
// the document sends it again. Plain Node.
import { bodyIndent, outdented } from '../../requests/bodyText.ts';
import { checkRequest } from '../../requests/check.ts';
import { draftProblem, type RequestDocument, type RequestText } from '../../requests/document.ts';
import type { RequestValues } from '../../requests/pickers.ts';
import { longestFieldText, longTextMark, type FieldPath, type RequestContent, type RequestMessage } from '../protocol/request.ts';

/** Up to here a body is edited as text beside the form. */
const longestBodyText = 500_000;

/** `seq` is the last edit of the view that the text has taken in; `draft` is what was typed as the body and cannot be taken, also where the document has it not. */
export function contentOf(read: RequestText, { entry, input, connection, accept, title, notes, bodyText = '', bodyDraft }: RequestDocument, seq: number, draft?: string): RequestMessage {
  const { text, root } = read;
  const { body, ...parameters } = input;
  return {
    type: 'content', seq, problems: checkRequest(entry, { parameters, body }),
    content: {
      parameters, body: shortened(body), ...(bodyText.length <= longestBodyText && { bodyText: outdented(bodyText, bodyIndent(text, root)) }),
      ...(draft !== undefined && { bodyDraft: shownDraft(read, draft, draft === bodyDraft) }),
      ...(connection !== undefined && { connection }), ...(accept !== undefined && { accept }), ...(title !== undefined && { title }), ...(notes !== undefined && { notes }),
    },
  };
}

function shownDraft(read: RequestText, text: string, saved: boolean): NonNullable<RequestContent['bodyDraft']> {
  const { message, offset } = draftProblem(read, text);
  return { text, problem: saved ? message : `${message} It gives a credential, is too large or was refused by the editor: it is in this tab alone, and is not saved.`, offset };
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestFieldText ? `${longTextMark}${value.length}` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one)]));
}

export function valuesOf({ input }: RequestDocument): RequestValues {
  const { body, ...parameters } = input;
  return { parameters, body };
}

export const valueOf = (values: RequestValues, path: FieldPath): unknown =>
  path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined), values);
