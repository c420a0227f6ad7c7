// Draws the fields of a request. The inputs are the browser's own, dressed in the theme's colours, and not @vscode-elements': a label, a
// description and a problem must be tied to the input for a screen reader, which no reference does across a shadow root.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FieldPath, FieldProblem, FieldSpec, PickerKind } from '../protocol/request.ts';
import { base64Kilobytes, dayOf, glimpse, keyOf, longLength, momentWords, momentsOf, secondsOf, startOf, textOf, tooLongWords, valueOf } from './fieldValues.ts';

export interface FormState {
  locale: string;
  /** The text that stands in the field: as typed while it is being typed, else the document's. */
  text(path: FieldPath): string;
  value(path: FieldPath): unknown;
  problems(path: FieldPath): readonly FieldProblem[];
  /** `typed` is kept in the field as it is while the person is at it. */
  set(path: FieldPath, value: unknown, typed?: string): void;
  /** The person has gone on to another field. */
  left(path: FieldPath): void;
  pick(path: FieldPath): void;
  /** Goes on in the text of the request. */
  openText(): void;
  folded(path: FieldPath): boolean | undefined;
  fold(path: FieldPath, folded: boolean): void;
}


/** The id of a field's input. */
export const fieldId = (path: FieldPath): string => `f-${encodeURIComponent(keyOf(path))}`;
export const isFieldId = (id: string): boolean => id.startsWith('f-');

const pickerWords: Readonly<Record<PickerKind, string>> = {
  customer: 'Find a customer', account: 'Find an account', accounts: 'Choose accounts', institution: 'Find an institution', institutionLogin: 'Find an institution login', consumer: 'Find the consumer',
  business: 'Find the business', report: 'Find a report', asset: 'Find an asset', subscription: 'Find a subscription', webhookSubscription: 'Find a webhook subscription', app: 'Find an application', consent: 'Find a consent',
  experience: 'Find an experience', configuration: 'Find a configuration', portfolio: 'Find a portfolio', transaction: 'Find a transaction', microDeposit: 'Find a micro-deposit',
  assets: 'Choose assets', webhookEvent: 'Find a webhook event', registration: 'Find an app registration', appName: 'Find an application', thirdPartyAccess: 'Find a third party\'s access',
  depositSwitch: 'Find a deposit switch', billPaySwitch: 'Find a bill pay switch', uniqueTransaction: 'Find a transaction', legacyReport: 'Find a report', paymentIndicator: 'Find a payment request',
  transactionRefresh: 'Find a refresh',
};

export function fieldView(spec: FieldSpec, path: FieldPath, state: FormState, label = spec.label): TemplateResult {
  if (spec.kind === 'group' || spec.kind === 'list' || spec.kind === 'map') return branchView(spec, path, state, label);
  const id = fieldId(path);
  const problems = state.problems(path);
  const tooLong = spec.kind === 'file' || path[0] !== 'body' ? undefined : tooLongWords(state.text(path));
  const described = [spec.help ? `${id}-help` : '', problems.length > 0 ? `${id}-problem` : '', spec.kind === 'epochSeconds' ? `${id}-moment` : '', tooLong ? `${id}-long` : ''].filter(Boolean).join(' ');
  return html`<div class="field ${problems.some(({ severity }) => severity === 'error') ? 'wrong' : ''}">
    <label for=${id}><span class="label">${label}</span>${spec.required ? html`<span class="required" title="Required" aria-hidden="true">*</span>` : nothing}
      ${spec.name ? html`<code>${spec.name}</code>` : nothing}</label>
    <div class="control">${inputView(spec, path, state, { id, described, invalid: problems.some(({ severity }) => severity === 'error') })}
      ${spec.picker ? html`<button class="icon" title="${pickerWords[spec.picker]}…" aria-label="${pickerWords[spec.picker]} for ${label}" @click=${() => state.pick(path)}><span class="codicon codicon-search" aria-hidden="true"></span></button>` : nothing}
    </div>
    ${spec.kind === 'epochSeconds' ? html`<div class="moment" id="${id}-moment">${momentWords(state.value(path), state.locale)}</div>` : nothing}
    ${spec.help ? html`<div class="help" id="${id}-help">${prose(spec.help)}</div>` : nothing}
    ${problemView(problems, `${id}-problem`)}${tooLong ? tooLongView(tooLong, spec, path, state) : nothing}
  </div>`;
}

/** Below the field, which stays: what was typed last is still in it until the person leaves it. */
const tooLongView = (words: string, { label }: FieldSpec, path: FieldPath, state: FormState): TemplateResult => html`<div class="toolong" id="${fieldId(path)}-long">
    <span class="codicon codicon-info" aria-hidden="true"></span> ${words}.
    <button class="link" aria-label="Clear ${label}" @click=${() => state.set(path, undefined)}>Clear</button> <button class="link" @click=${() => state.openText()}>Edit as Text</button></div>`;

/** Our own descriptions mark code with backticks. */
export const prose = (text: string): unknown[] => text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece));

const problemView = (problems: readonly FieldProblem[], id: string) => (problems.length === 0 ? nothing : html`<ul class="problems" id=${id}>${problems.map(({ message, severity }) =>
  html`<li class=${severity}><span class="codicon codicon-${severity === 'error' ? 'error' : 'warning'}" aria-hidden="true"></span> <span class="sr">${severity === 'error' ? 'Error: ' : 'Warning: '}</span>${message}</li>`)}</ul>`);

interface Control {
  id: string;
  described: string;
  invalid: boolean;
}

function inputView(spec: FieldSpec, path: FieldPath, state: FormState, control: Control): TemplateResult {
  const long = spec.kind === 'file' ? undefined : longLength(state.text(path));
  if (long !== undefined) return html`<input id=${control.id} type="text" readonly .value=${live(`(a text of ${Math.ceil(long / 1024)} KB)`)} aria-invalid=${control.invalid} aria-describedby=${control.described || nothing}>`;
  switch (spec.kind) {
    case 'boolean': return selectView(spec, path, state, control, ['true', 'false']);
    case 'choice': return selectView(spec, path, state, control, spec.choices ?? []);
    case 'epochSeconds': return momentView(spec, path, state, control);
    case 'file': return fileView(spec, path, state, control);
    case 'json': return jsonView(path, state, control);
    case 'date': return /^(\d{4}-\d\d-\d\d)?$/.test(state.text(path)) ? textView(spec, path, state, control, 'date') : textView(spec, path, state, control, 'text');
    default:
      if (hasLines(state.text(path), control.id)) return spec.personal ? html`<input id=${control.id} type="text" readonly value="(a text of several lines)" aria-describedby=${control.described || nothing}>` : linesView(spec, path, state, control);
      return textView(spec, path, state, control, spec.personal ? 'password' : 'text');
  }
}

/** A single line would drop the others at the first key. A field of several stays one while somebody is in it. */
const hasLines = (text: string, id: string): boolean => /[\r\n]/.test(text) || (document.activeElement?.id === id && document.activeElement instanceof HTMLTextAreaElement);

function linesView(spec: FieldSpec, path: FieldPath, state: FormState, { id, described, invalid }: Control): TemplateResult {
  const input = (event: Event): void => {
    const { value } = event.target as HTMLTextAreaElement;
    state.set(path, valueOf(spec, value), value);
  };
  return html`<textarea id=${id} rows="3" spellcheck="false" .value=${live(state.text(path))} aria-required=${spec.required} aria-invalid=${invalid} aria-describedby=${described || nothing} @input=${input} @blur=${() => state.left(path)}></textarea>`;
}

function textView(spec: FieldSpec, path: FieldPath, state: FormState, { id, described, invalid }: Control, type: 'text' | 'date' | 'password'): TemplateResult {
  const list = spec.suggestions ? `${id}-list` : undefined;
  const input = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    state.set(path, valueOf(spec, text), text);
  };
  // Shown while the person is in the field, so that it can be corrected; not over their shoulder afterwards.
  const show = (event: Event): void => { if (type === 'password') (event.target as HTMLInputElement).type = 'text'; };
  const leave = (event: Event): void => {
    if (type === 'password') (event.target as HTMLInputElement).type = 'password';
    state.left(path);
  };
  return html`<input id=${id} type=${type} .value=${live(state.text(path))} placeholder=${placeholder(spec)} autocomplete="off" spellcheck="false"
      inputmode=${spec.kind === 'integer' ? 'numeric' : spec.kind === 'number' ? 'decimal' : 'text'} list=${list ?? nothing}
      aria-required=${spec.required} aria-invalid=${invalid} aria-describedby=${described || nothing} @input=${input} @focus=${show} @blur=${leave}>
    ${spec.unit ? html`<span class="unit">${spec.unit}</span>` : nothing}
    ${list ? html`<datalist id=${list}>${spec.suggestions!.map((value) => html`<option value=${value}>${spec.titles?.[value] ?? nothing}</option>`)}</datalist>` : nothing}`;
}

function placeholder({ example, default: fallback, personal, kind }: FieldSpec): string {
  if (fallback !== undefined && typeof fallback !== 'object') return `${String(fallback)} unless given`;
  return example !== undefined && !personal && kind !== 'date' ? `for example ${example}` : '';
}

function selectView(spec: FieldSpec, path: FieldPath, state: FormState, { id, described, invalid }: Control, choices: readonly string[]): TemplateResult {
  const text = state.text(path);
  const change = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    state.set(path, valueOf(spec, value));
    state.left(path);
  };
  const unset = spec.default === undefined ? '(not set)' : `(not set: ${textOf(spec.default)})`;
  const title = (value: string): string => { const words = spec.titles?.[value]; return words ? `${value} – ${words}` : value; };
  return html`<select id=${id} aria-required=${spec.required} aria-invalid=${invalid} aria-describedby=${described || nothing} .value=${live(text)} @change=${change} @blur=${() => state.left(path)}>
    <option value="" ?selected=${text === ''}>${unset}</option>
    ${choices.map((value) => html`<option value=${value} ?selected=${value === text}>${title(value)}</option>`)}
    ${text !== '' && !choices.includes(text) ? html`<option value=${text} selected>${text} (not in the description)</option>` : nothing}
  </select>`;
}

function momentView(spec: FieldSpec, path: FieldPath, state: FormState, control: Control): TemplateResult {
  const value = state.value(path);
  const onDay = (event: Event): void => {
    const day = (event.target as HTMLInputElement).value;
    state.set(path, day === '' ? undefined : secondsOf(day, value));
    state.left(path);
  };
  const offered = momentsOf(spec);
  const onRelative = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const moment = offered[Number(select.value)];
    select.value = '';
    if (moment) state.set(path, moment.seconds(Date.now()));
  };
  return html`<span class="moments">
    <input type="date" class="day" aria-label="${spec.label}: day (UTC)" .value=${live(dayOf(value))} @change=${onDay}>
    ${textView({ ...spec, unit: 's' }, path, state, control, 'text')}
    <select class="relative" aria-label="${spec.label}: a moment counted from now" @change=${onRelative}>
      <option value="" selected>From now…</option>${offered.map(({ label }, index) => html`<option value=${index}>${label}</option>`)}
    </select></span>`;
}

function fileView({ label }: FieldSpec, path: FieldPath, state: FormState, { id, described, invalid }: Control): TemplateResult {
  const text = state.text(path);
  return html`<button id=${id} class="plain" aria-label="${text === '' ? 'Choose File' : 'Choose Another File'} for ${label}" aria-invalid=${invalid} aria-describedby=${described || nothing} @click=${() => state.pick(path)}>${text === '' ? 'Choose File…' : 'Choose Another File…'}</button>
    <span class="chosen">${text === '' ? 'No file chosen' : `File of ${base64Kilobytes(text)} KB`}</span>
    ${text === '' ? nothing : html`<button class="icon" title="Remove the file" aria-label="Remove the file" @click=${() => state.set(path, undefined)}><span class="codicon codicon-close" aria-hidden="true"></span></button>`}`;
}

function jsonView(path: FieldPath, state: FormState, { id, described, invalid }: Control): TemplateResult {
  const input = (event: Event): void => {
    const text = (event.target as HTMLTextAreaElement).value;
    let value: unknown = text;
    try {
      value = text.trim() === '' ? undefined : JSON.parse(text);
    } catch {
      // as text: the check says what is wrong
    }
    state.set(path, value, text);
  };
  return html`<textarea id=${id} rows="4" spellcheck="false" aria-invalid=${invalid} aria-describedby=${described || nothing} .value=${live(state.text(path))} @input=${input} @blur=${() => state.left(path)}></textarea>`;
}

/** A group, a list or a map: foldable, with what it holds in a few words while it is folded. */
function branchView(spec: FieldSpec, path: FieldPath, state: FormState, label: string): TemplateResult {
  const value = state.value(path);
  const there = value !== undefined;
  const open = !(state.folded(path) ?? !(spec.required || there));
  const problems = state.problems(path);
  const toggle = (event: Event): void => {
    const now = (event.target as HTMLDetailsElement).open;
    if (event.target === event.currentTarget && now !== open) state.fold(path, !now);
  };
  return html`<details class="branch" id=${fieldId(path)} ?open=${open} @toggle=${toggle}>
    <summary><span class="label">${label}</span>${spec.required ? html`<span class="required" title="Required" aria-hidden="true">*</span><span class="sr">required</span>` : nothing}
      ${spec.name ? html`<code>${spec.name}</code>` : nothing}<span class="glimpse">${open && spec.kind === 'group' ? '' : glimpse(spec, value)}</span>
      ${spec.picker ? html`<button class="icon" title="${pickerWords[spec.picker]}…" aria-label="${pickerWords[spec.picker]} for ${label}" @click=${(event: Event) => { event.preventDefault(); state.pick(path); }}><span class="codicon codicon-search" aria-hidden="true"></span></button>` : nothing}
      ${there && !(spec.required && spec.kind === 'group' && path.length === 1) ? html`<button class="icon" title="Remove ${label}" aria-label="Remove ${label}" @click=${(event: Event) => { event.preventDefault(); state.set(path, undefined); }}><span class="codicon codicon-trash" aria-hidden="true"></span></button>` : nothing}
    </summary>
    ${open ? html`<div class="inside">${spec.help ? html`<div class="help">${prose(spec.help)}</div>` : nothing}${problemView(problems, `${fieldId(path)}-problem`)}
      ${spec.kind === 'group' ? groupView(spec, path, state) : spec.kind === 'list' ? listView(spec, path, state, label) : mapView(spec, path, state, label)}</div>` : nothing}
  </details>`;
}

/** The described fields, then those that the document has beside them: nothing of the request is hidden. */
export function groupView(spec: FieldSpec, path: FieldPath, state: FormState): TemplateResult {
  const fields = spec.fields ?? [];
  const value = state.value(path);
  const extra = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).filter((name) => !fields.some((field) => field.name === name)) : [];
  return html`${repeat(fields, ({ name }) => name, (field) => fieldView(field, [...path, field.name], state))}
    ${extra.map((name) => fieldView({ name, label: name, kind: 'json', required: false }, [...path, name], state))}`;
}

function listView(spec: FieldSpec, path: FieldPath, state: FormState, label: string): TemplateResult {
  const item = spec.item ?? { name: '', label: '', kind: 'json', required: true };
  const value = state.value(path);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const full = spec.maxItems !== undefined && list.length >= spec.maxItems;
  const one = singular(label);
  const simple = item.kind !== 'group' && item.kind !== 'list' && item.kind !== 'map';
  return html`${list.map((_, index) => html`<div class=${simple ? 'entry' : ''}>${fieldView(item, [...path, index], state, `${one} ${index + 1}`)}
      ${simple ? html`<button class="icon" title="Remove" aria-label="Remove ${one} ${index + 1}" @click=${() => state.set([...path, index], undefined)}><span class="codicon codicon-trash" aria-hidden="true"></span></button>` : nothing}</div>`)}
    <button class="plain add" ?disabled=${full} @click=${() => state.set([...path, list.length], startOf(item))}><span class="codicon codicon-add" aria-hidden="true"></span> Add ${one.toLowerCase()}</button>
    ${full ? html`<span class="chosen">${spec.maxItems} at most</span>` : nothing}`;
}

const singular = (label: string): string => (/ies$/.test(label) ? label.replace(/ies$/, 'y') : /[^s]s$/.test(label) ? label.slice(0, -1) : label || 'Entry');

function mapView(spec: FieldSpec, path: FieldPath, state: FormState, label: string): TemplateResult {
  const item = spec.item ?? { name: '', label: '', kind: 'text', required: true };
  const value = state.value(path);
  const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const id = `${fieldId(path)}-name`;
  const add = (event: Event): void => {
    event.preventDefault();
    const input = (event.target as HTMLElement).closest('.newname')!.querySelector('input')!;
    const name = input.value.trim();
    if (name === '' || name === '__proto__' || names.includes(name)) return;
    input.value = '';
    state.set([...path, name], startOf(item));
  };
  return html`${names.map((name) => html`<div class="entry">${fieldView({ ...item, kind: scalar((value as Record<string, unknown>)[name]) ? item.kind : 'json' }, [...path, name], state, name)}
      <button class="icon" title="Remove" aria-label="Remove ${name}" @click=${() => state.set([...path, name], undefined)}><span class="codicon codicon-trash" aria-hidden="true"></span></button></div>`)}
    <div class="newname"><label for=${id}>New name</label> <input id=${id} type="text" autocomplete="off" spellcheck="false" @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) add(event); }}>
      <button class="plain" @click=${add}><span class="codicon codicon-add" aria-hidden="true"></span> Add to ${label.toLowerCase()}</button></div>`;
}

const scalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
