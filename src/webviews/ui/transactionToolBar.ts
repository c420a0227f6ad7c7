// The tool bar of the transactions page: what is read, what is shown, what can be done. Templates only.
import { html, nothing } from 'lit';
import type { ExportFormat, LoadRange } from '../protocol/transactions.ts';
import type { Delimiter } from './tableText.ts';
import { check, dayText } from './transactionFilterBar.ts';
import { menu } from './transactionMenu.ts';
import { labelOf } from './transactionFields.ts';
import type { ColumnInfo } from './transactionMessages.ts';
import type { ShownColumn } from './transactionsState.ts';

export interface ExportOptions { delimiter: Delimiter; bom: boolean; isoDates: boolean; shownColumns: boolean; selection: boolean }

export interface ToolBarState {
  title: string;
  reading: boolean;
  range: LoadRange | undefined;
  columns: readonly ShownColumn[];
  infos: readonly ColumnInfo[];
  charts: boolean;
  detail: boolean;
  /** Of a testing customer. */
  testing: boolean;
  /** Recurring streams are being read. */
  recurring: boolean;
  /** That pass the filter. */
  rows: number;
  selected: number;
  mayEnrich: number;
  saving: boolean;
  accountKnown: boolean;
  load(from: string, to: string, includePending: boolean): void;
  choose(key: string, on: boolean): void;
  move(key: string, by: 1 | -1): void;
  usual(): void;
  toggleCharts(): void;
  toggleDetail(): void;
  send(type: 'reload' | 'openJson' | 'loadHistory' | 'addTest' | 'recurring'): void;
  enrich(): void;
  saveAs(format: ExportFormat, options: ExportOptions): void;
}

const button = (icon: string, words: string, title: string, act: () => void, { disabled = false, pressed }: { disabled?: boolean; pressed?: boolean } = {}) =>
  html`<button type="button" class="tool" title=${title} ?disabled=${disabled} aria-pressed=${pressed === undefined ? nothing : String(pressed)} @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span>${words}</button>`;

export function toolBar(state: ToolBarState) {
  const { send } = state;
  return html`<header class="bar">
    <h1>${state.title}</h1>
    <div class="tools end" role="toolbar" aria-label="Transactions">
      ${menu('calendar', 'Range', () => rangeForm(state))}
      ${button('refresh', 'Reload', 'Read the range again', () => send('reload'), { disabled: state.reading })}
      ${button('graph', 'Charts', 'Charts of what is shown', state.toggleCharts, { pressed: state.charts, disabled: state.rows === 0 && !state.charts })}
      ${button('list-flat', 'Details', 'All fields of the selected row (Enter)', state.toggleDetail, { pressed: state.detail })}
      ${menu('split-horizontal', 'Columns', () => columnList(state), { disabled: state.infos.length === 0 })}
      ${menu('export', 'Export', () => exportForm(state), { disabled: state.rows === 0 || state.saving })}
      ${menu('ellipsis', 'More', () => moreList(state))}
    </div></header>`;
}

/** Epoch seconds as the date fields have them. */
const dayOfSeconds = (seconds: number | undefined): string => (seconds === undefined ? '' : dayText(Math.floor(seconds / 86_400)));

const valueOf = (form: HTMLFormElement, name: string): string => (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
const isOn = (form: HTMLFormElement, name: string): boolean => (form.elements.namedItem(name) as HTMLInputElement).checked;

function submitting(take: (form: HTMLFormElement) => void) {
  return (event: SubmitEvent): void => {
    event.preventDefault();
    take(event.target as HTMLFormElement);
  };
}

function rangeForm({ range, load }: ToolBarState) {
  return html`<form @submit=${submitting((form) => load(valueOf(form, 'from'), valueOf(form, 'to'), isOn(form, 'pending')))}>
    <p class="muted">Which days are read from the API. The filter below only chooses among what was read.</p>
    <p><label>From <input type="date" name="from" required .value=${dayOfSeconds(range?.from)}></label></p>
    <p><label>To <input type="date" name="to" required .value=${dayOfSeconds(range?.to)}></label></p>
    <p><label class="check"><input type="checkbox" name="pending" .checked=${range?.includePending !== false}><span>Pending ones too</span></label></p>
    <button type="submit" class="main">Read</button></form>`;
}

function columnList({ columns, infos, choose, move, usual }: ToolBarState) {
  const shown = new Set(columns.map(({ key }) => key));
  const rest = infos.filter(({ key }) => !shown.has(key));
  const arrow = (key: string, by: 1 | -1, icon: string, words: string) =>
    html`<button type="button" class="tool" title="${words} ${labelOf(key)}" aria-label="${words} ${labelOf(key)}" @click=${() => move(key, by)}><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
  return html`<div class="list">
    ${columns.map(({ key }) => html`<div class="columnrow">${check(labelOf(key), true, (on) => choose(key, on))}${arrow(key, -1, 'arrow-up', 'Move to the left:')}${arrow(key, 1, 'arrow-down', 'Move to the right:')}</div>`)}
    ${rest.map(({ key, label, filled }) => check(html`${label}${filled === 0 ? html` <span class="muted">empty</span>` : nothing}`, false, (on) => choose(key, on)))}</div>
    <button type="button" class="tool" @click=${usual}>As at First</button>`;
}

function exportForm({ rows, selected, saveAs }: ToolBarState) {
  return html`<form @submit=${submitting((form) => saveAs(valueOf(form, 'format') as ExportFormat, {
    delimiter: valueOf(form, 'delimiter') as Delimiter, bom: isOn(form, 'bom'), isoDates: isOn(form, 'isoDates'), shownColumns: isOn(form, 'shownColumns'), selection: valueOf(form, 'scope') === 'selection',
  }))}>
    <p><label>Rows <select name="scope"><option value="all">What is shown (${rows})</option>${selected > 1 ? html`<option value="selection">The selection (${selected})</option>` : nothing}</select></label></p>
    <p><label>Format <select name="format"><option value="csv">CSV</option><option value="json">JSON</option><option value="ndjson">JSON, one object a line</option></select></label></p>
    <fieldset class="csv"><legend class="muted">For CSV</legend>
      <p><label>Delimiter <select name="delimiter"><option value=",">Comma</option><option value=";">Semicolon</option><option value="\t">Tab</option></select></label></p>
      <label class="check"><input type="checkbox" name="shownColumns"><span>Only the columns that are shown</span></label>
      <label class="check"><input type="checkbox" name="isoDates" checked><span>Dates as 2026-03-01</span></label>
      <label class="check"><input type="checkbox" name="bom"><span>Byte order mark, for Excel</span></label></fieldset>
    <p><button type="submit" class="main">Export…</button></p></form>`;
}

function moreList({ testing, recurring, selected, mayEnrich, accountKnown, send, enrich }: ToolBarState) {
  return html`
    ${button('history', 'Load History…', 'Up to 24 months at the bank. Billed once a customer; you are asked first.', () => send('loadHistory'))}
    ${button('sync', recurring ? 'Finding Recurring Ones…' : 'Mark Recurring Ones', 'Asks the API which transactions return at a regular distance', () => send('recurring'), { disabled: recurring })}
    ${button('sparkle', `Enrich the Selection…`, selected > mayEnrich ? `A request takes ${mayEnrich}: the first of them` : 'Opens a request with the selected rows; ids go as hashes', enrich, { disabled: selected === 0 })}
    ${testing ? button('beaker', 'Add a Test Transaction…', accountKnown ? 'Opens a request that makes up a transaction' : 'Opens a request; the account is chosen there', () => send('addTest')) : nothing}
    ${button('json', 'Open as JSON', 'The first 5,000 of the last 90 days as the API answers them', () => send('openJson'))}`;
}
