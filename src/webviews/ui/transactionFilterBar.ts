// The fields by which transactions are filtered and grouped, and the menus of the page. Templates only.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { numberOf } from './format.ts';
import type { TransactionFilter } from './transactionFilter.ts';
import type { Summary } from './transactionMessages.ts';
import { groupings, type Grouping } from './transactionOrder.ts';
import { states, type State } from './transactionStore.ts';
import { groupingWords, stateWords } from './transactionWords.ts';

const dayMs = 86_400_000;

/** Days since 1970 in UTC as the date fields have them. */
export const dayText = (day: number | undefined): string => (day === undefined ? '' : new Date(day * dayMs).toISOString().slice(0, 10));

export function dayNumber(text: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / dayMs;
}

const amountOf = (text: string): number | undefined => {
  const amount = numberOf(text.trim().replaceAll(',', ''));
  return amount === undefined ? undefined : Math.abs(amount);
};

const typed = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** A button that unfolds what stands under it. Escape and a click elsewhere close it (closeMenus). */
export function menu(icon: string, label: string, content: TemplateResult, { words = label, chosen = 0, disabled = false } = {}) {
  return html`<details class="menu" @keydown=${onMenuKey}>
    <summary class="tool" role="button" title=${label} aria-label=${chosen > 0 ? `${label}, ${chosen} chosen` : label} aria-disabled=${String(disabled)}
      @click=${(event: Event) => { if (disabled) event.preventDefault(); }}><span class="codicon codicon-${icon}" aria-hidden="true"></span>${words}${
      chosen > 0 ? html` <span class="chosen">${chosen}</span>` : nothing}<span class="codicon codicon-chevron-down" aria-hidden="true"></span></summary>
    <div class="pop" role="group" aria-label=${label}>${content}</div></details>`;
}

function onMenuKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.open) return;
  details.open = false;
  details.querySelector('summary')?.focus();
  event.stopPropagation();
}

/** Closes every menu but the one that holds the target. */
export function closeMenus(root: ParentNode, target: EventTarget | null): void {
  for (const details of root.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) if (!(target instanceof Node && details.contains(target))) details.open = false;
}

export const check = (label: string | TemplateResult, checked: boolean, change: (on: boolean) => void) =>
  html`<label class="check"><input type="checkbox" .checked=${live(checked)} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}><span>${label}</span></label>`;

const toggled = <T>(list: readonly T[], item: T, on: boolean): T[] => (on ? [...list, item] : list.filter((one) => one !== item));

export interface FilterBarState {
  filter: TransactionFilter;
  group: Grouping | undefined;
  summary: Summary;
  numbers: Intl.NumberFormat;
  hasStreams: boolean;
  change(filter: TransactionFilter): void;
  /** Of what is being typed: waits for a pause. */
  type(filter: TransactionFilter): void;
  regroup(group: Grouping | undefined): void;
  foldAll(open: boolean): void;
}

export function filterBar(state: FilterBarState) {
  const { filter, group, summary, numbers, change, type } = state;
  return html`<div class="filters" role="search" aria-label="Filter">
    <label class="search"><span class="codicon codicon-search" aria-hidden="true"></span><input id="text" type="text" placeholder="Text, amount or ID" aria-label="Text, amount or ID" spellcheck="false" .value=${live(filter.text)}
      @input=${(event: Event) => type({ ...filter, text: typed(event) })}></label>
    <fieldset><legend>Amount</legend>
      <input class="short" inputmode="decimal" aria-label="Amount from, without sign" placeholder="from" .value=${live(String(filter.amountFrom ?? ''))} @change=${(event: Event) => change({ ...filter, amountFrom: amountOf(typed(event)) })}>
      <input class="short" inputmode="decimal" aria-label="Amount to, without sign" placeholder="to" .value=${live(String(filter.amountTo ?? ''))} @change=${(event: Event) => change({ ...filter, amountTo: amountOf(typed(event)) })}></fieldset>
    <fieldset><legend>Date</legend>
      <input type="date" aria-label="Date from" .value=${live(dayText(filter.dayFrom))} @change=${(event: Event) => change({ ...filter, dayFrom: dayNumber(typed(event)) })}>
      <input type="date" aria-label="Date to" .value=${live(dayText(filter.dayTo))} @change=${(event: Event) => change({ ...filter, dayTo: dayNumber(typed(event)) })}></fieldset>
    <select aria-label="In or out" @change=${(event: Event) => change({ ...filter, flow: typed(event) === '' ? undefined : typed(event) as 'in' | 'out' })}>
      ${[['', 'In and out'], ['in', 'In'], ['out', 'Out']].map(([value, words]) => html`<option value=${value!} .selected=${live((filter.flow ?? '') === value)}>${words}</option>`)}</select>
    ${menu('tag', 'Category', categoryList(state), { chosen: filter.categories.length, disabled: summary.categories.length === 0 })}
    ${menu('pass', 'Status', html`${states.map((name: State) => check(stateWords[name][1], filter.states.includes(name), (on) => change({ ...filter, states: toggled(filter.states, name, on) })))}`, { chosen: filter.states.length })}
    ${summary.accounts.length > 1 ? menu('credit-card', 'Account', html`<div class="list">${summary.accounts.map(({ id, name }) => check(name, filter.accounts.includes(id), (on) => change({ ...filter, accounts: toggled(filter.accounts, id, on) })))}</div>`, { chosen: filter.accounts.length }) : nothing}
    ${state.hasStreams ? check('Recurring only', filter.recurring, (recurring) => change({ ...filter, recurring })) : nothing}
    <button type="button" class="tool" title="Clear the filter" aria-label="Clear the filter" @click=${() => change({ text: '', categories: [], states: [], accounts: [], recurring: false })}><span class="codicon codicon-clear-all" aria-hidden="true"></span></button>
    <label class="inline">Group by <select id="group" @change=${(event: Event) => state.regroup(typed(event) === '' ? undefined : typed(event) as Grouping)}>
      ${[undefined, ...groupings].filter((one) => one !== 'recurring' || state.hasStreams || group === 'recurring').map((one) => html`<option value=${one ?? ''} .selected=${live(one === group)}>${one === undefined ? 'nothing' : groupingWords[one]}</option>`)}</select></label>
    ${group ? html`<button type="button" class="tool" title="Unfold all groups" aria-label="Unfold all groups" @click=${() => state.foldAll(true)}><span class="codicon codicon-expand-all" aria-hidden="true"></span></button>
      <button type="button" class="tool" title="Fold all groups" aria-label="Fold all groups" @click=${() => state.foldAll(false)}><span class="codicon codicon-collapse-all" aria-hidden="true"></span></button>
      <span class="muted">${numbers.format(summary.groups)} ${summary.groups === 1 ? 'group' : 'groups'}</span>` : nothing}
  </div>`;
}

function categoryList({ filter, summary, numbers, change }: FilterBarState) {
  return html`<div class="list">${summary.categories.map(({ value, count }) =>
    check(html`${value === '' ? 'No category' : value} <span class="muted">${numbers.format(count)}</span>`, filter.categories.includes(value), (on) => change({ ...filter, categories: toggled(filter.categories, value, on) })))}</div>`;
}
