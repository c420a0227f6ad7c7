// What the request editor's view is told in presentation mode: fields that hold a person's data are entered like passwords, an answer comes
// masked, and what cannot be masked does not come at all. Free of vscode.
import { aboutOf, type Masker } from '../../masking/masker.ts';
import { inTurns } from '../../platform/turns.ts';
import type { AnswerHead } from '../protocol/answer.ts';
import type { FieldSpec, RequestForm, RequestMessage } from '../protocol/request.ts';

/** For what holds bytes in a form that nothing personal can be found in. */
export const unmaskedWords = 'Hidden in presentation mode: only JSON can be masked.';

/** A large answer is masked in turns. */
export async function maskedMessage(message: RequestMessage, operationId: string, masker: Masker): Promise<RequestMessage> {
  switch (message.type) {
    case 'form': return { ...message, form: maskedForm(message.form, masker) };
    case 'content': return { ...message, content: maskedContent(message.content, operationId, masker), problems: message.problems.map((problem) => ({ ...problem, message: masker.text(problem.message) })) };
    case 'answer': return maskedAnswer(message, operationId, masker);
    case 'ended': return { ...message, text: masker.text(message.text) };
    default: return message;
  }
}

function maskedForm(form: RequestForm, masker: Masker): RequestForm {
  const about = aboutOf(form.operationId);
  const masked = <Spec extends FieldSpec>(spec: Spec, around: readonly string[]): Spec => {
    const path = spec.name === '' ? around : [...around, spec.name];
    return {
      ...spec, ...(spec.kind !== 'group' && masker.masks(path, about) && { personal: true }),
      ...(spec.fields && { fields: spec.fields.map((field) => masked(field, path)) }), ...(spec.item && { item: masked(spec.item, path) }),
    };
  };
  return { ...form, parameters: form.parameters.map((one) => masked(one, [])), ...(form.body && { body: masked(form.body, []) }) };
}

function maskedContent({ bodyText, bodyDraft, title, notes, ...content }: Extract<RequestMessage, { type: 'content' }>['content'], operationId: string, masker: Masker) {
  const shown = bodyText === undefined || masker.json(bodyText, aboutOf(operationId)) === bodyText;
  return {
    ...content, ...(bodyDraft && { bodyDraft: { problem: masker.text(bodyDraft.problem), offset: bodyDraft.offset } }), ...(bodyText !== undefined && (shown ? { bodyText } : { bodyHidden: true as const })),
    ...(title !== undefined && { title: masker.text(title) }), ...(notes !== undefined && { notes: masker.text(notes) }),
  };
}

async function maskedAnswer(message: Extract<RequestMessage, { type: 'answer' }>, operationId: string, masker: Masker): Promise<RequestMessage> {
  const { bytes } = message;
  const head: AnswerHead = { ...message.head, ...(message.head.problem && { problem: masker.data(message.head.problem) }) };
  if (!bytes) return { ...message, head };
  const { text, masked } = await maskedBody(bytes, head.form, operationId, masker);
  return { type: 'answer', head: masked ? head : { ...head, form: 'text' }, bytes: new TextEncoder().encode(text) };
}

/** A body as it may be shown; `masked` is false when its place is taken by words. */
export async function maskedBody(bytes: Uint8Array, form: AnswerHead['form'], operationId: string, masker: Masker): Promise<{ text: string; masked: boolean }> {
  if (form !== 'json' && form !== 'text') return { text: unmaskedWords, masked: false };
  return { text: await inTurns(masker.jsonSteps(new TextDecoder().decode(bytes), aboutOf(operationId))), masked: true };
}
