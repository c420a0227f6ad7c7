// The request editor's row of actions (Send, Cancel, the connection, the kind of answer), and the question whether a request goes out although
// something about it is wrong.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ConnectionChoice, FieldPath, FieldProblem, RequestContent, RequestViewMessage } from '../protocol/request.ts';
import { bytesInWords } from './answerWords.ts';
import { placeWords } from './fieldValues.ts';

export interface ToolbarState {
  /** Media types that can be asked for. */
  accepts: readonly string[];
  connections: { connections: readonly ConnectionChoice[]; active: string };
  /** A sending, or waiting for the next one; undefined when nothing is under way. */
  under: { connection: string; asked?: true } | 'waiting' | undefined;
  /** Since it was sent, or until it is; in words. */
  elapsed: string;
  /** Bytes of the answer. */
  received: number;
  /** How many problems are told. */
  errors: number;
  send(): void;
  post(message: RequestViewMessage): void;
}

export function toolbarView({ connection = '', accept }: RequestContent, state: ToolbarState): TemplateResult {
  const { accepts, connections: { connections, active }, errors, post } = state;
  const chosen = connections.find(({ id }) => id === (connection || active));
  const activeLabel = connections.find(({ id }) => id === active)?.label ?? '';
  return html`<div class="toolbar">
    ${sendingView(state)}
    <label class="inline">on <select id="connection" aria-label="Connection" .value=${live(connection)} @change=${(event: Event) => post({ type: 'connection', id: (event.target as HTMLSelectElement).value })}>
      <option value="" ?selected=${connection === ''}>the active one${activeLabel ? `: ${activeLabel}` : ''}</option>
      ${connections.map(({ id, label, environment }) => html`<option value=${id} ?selected=${id === connection}>${label} · ${environment}</option>`)}
      ${connection !== '' && !connections.some(({ id }) => id === connection) ? html`<option value=${connection} selected>unknown connection ${connection}</option>` : nothing}</select></label>
    ${chosen?.production ? html`<span class="badge production"><span class="codicon codicon-warning" aria-hidden="true"></span> Production</span>` : nothing}
    ${chosen?.readOnly ? html`<span class="badge"><span class="codicon codicon-lock" aria-hidden="true"></span> read-only</span>` : nothing}
    ${accepts.length > 1 ? html`<label class="inline">as <select aria-label="Answer wanted as" .value=${live(accept ?? '')} @change=${(event: Event) => post({ type: 'accept', mediaType: (event.target as HTMLSelectElement).value })}>
      ${accepts.map((type, index) => html`<option value=${index === 0 ? '' : type} ?selected=${(accept ?? '') === (index === 0 ? '' : type)}>${type}</option>`)}</select></label>` : nothing}
    ${errors > 0 ? html`<span class="count error"><span class="codicon codicon-error" aria-hidden="true"></span> ${errors} ${errors === 1 ? 'problem' : 'problems'}</span>` : nothing}
    <span class="links">
      <button class="link" @click=${() => post({ type: 'copyAsCode' })}>Copy as Code</button>
      <button class="link" @click=${() => post({ type: 'saveAs' })}>Save to Workspace…</button>
      <button class="link" @click=${() => post({ type: 'openText' })}>Edit as Text</button>
    </span></div>`;
}

function sendingView({ under, elapsed, received, send, post }: ToolbarState): TemplateResult {
  if (!under) return html`<vscode-button id="send" title="Send (Ctrl+Enter or ⌘Enter)" @click=${send}>Send</vscode-button>`;
  const cancel = html`<vscode-button secondary @click=${() => post({ type: 'cancel' })}>Cancel</vscode-button>`;
  if (under === 'waiting') return html`${cancel}
    <span class="sending" role="status">Sending again in <span class="elapsed">${elapsed}</span></span>`;
  return html`${cancel}
    <span class="sending" role="status"><vscode-progress-ring class="small"></vscode-progress-ring> <span>${under.asked ? 'Waiting for your answer' : `Sending to ${under.connection}`}</span></span><span class="elapsed" aria-hidden="true">${elapsed}${received > 0 ? ` · ${bytesInWords(received)}` : ''}</span>`;
}

export interface DoubtPorts {
  goTo(path: FieldPath): void;
  sendAnyway(): void;
  turnAway(): void;
}

export function doubtView(errors: readonly FieldProblem[], { goTo, sendAnyway, turnAway }: DoubtPorts): TemplateResult {
  return html`<div class="doubt" role="alert"><p>${errors.length === 1 ? 'One thing is' : `${errors.length} things are`} not as the API describes:</p>
    <ul>${errors.slice(0, 12).map(({ path, message }) => html`<li><button class="link" @click=${() => goTo(path)}>${placeWords(path)}</button>: ${message}</li>`)}${errors.length > 12 ? html`<li>and ${errors.length - 12} more</li>` : nothing}</ul>
    <div class="toolbar"><vscode-button secondary @click=${sendAnyway}>Send Anyway</vscode-button>
      <button class="link" @click=${turnAway}>Not now</button></div></div>`;
}
