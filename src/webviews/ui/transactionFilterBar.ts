// The fields by which transactions are filtered and grouped. Templates only.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { dayMs } from './format.ts';
import { amountRule, isRefused, type AmountTexts, type TransactionFilter } from './transactionFilter.ts';
import { menu } from './transactionMenu.ts';
import type { Summary } from './transactionMessages.ts';
import { groupings, type Grouping } from './transactionOrder.ts';
import { states, type State } from './transactionStore.ts';
import { groupingWords, stateWords } from './transactionWords.ts';

/** Days since 1970 in UTC as the date fields have them. */
export const dayText = (day: number | undefined): string => (day === undefined ? '' : new Date(day * dayMs).toISOString().slice(0, 10));

export function dayNumber(text: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / dayMs;
}

const typed = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

export const check = (label: string | TemplateResult, checked: boolean, change: (on: boolean) => void) =>
  html`<label class="check"><input type="checkbox" .checked=${live(checked)} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}><span>${label}</span></label>`;

const toggled = <T>(list: readonly T[], item: T, on: boolean): T[] => (on ? [...list, item] : list.filter((one) => one !== item));

export interface FilterBarState {
  filter: TransactionFilter;
  amounts: AmountTexts;
  group: Grouping | undefined;
  summary: Summary;
  numbers: Intl.NumberFormat;
  hasStreams: boolean;
  change(filter: TransactionFilter): void;
  /** Of what is being typed: waits for a pause. */
  type(filter: TransactionFilter): void;
  typeAmounts(amounts: AmountTexts): void;
  clear(): void;
  regroup(group: Grouping | undefined): void;
  foldAll(open: boolean): void;
}

export function filterBar(state: FilterBarState) {
  const { filter, group, summary, numbers, change, type } = state;
  const refused = [state.amounts.from, state.amounts.to].filter(isRefused);
  return html`<div class="filters" role="search" aria-label="Filter">
    <label class="search"><span class="codicon codicon-search" aria-hidden="true"></span><input id="text" type="text" placeholder="Text, amount or ID" aria-label="Text, amount or ID" spellcheck="false" .value=${live(filter.text)}
      @input=${(event: Event) => type({ ...filter, text: typed(event) })}></label>
    <fieldset><legend>Amount</legend>
      ${amountField(state, 'from')}${amountField(state, 'to')}</fieldset>
    <fieldset title="The transaction's own date, as in the column Date; where a row has none, its posted date"><legend>Date</legend>
      <input type="date" aria-label="Date from" .value=${live(dayText(filter.dayFrom))} @change=${(event: Event) => change({ ...filter, dayFrom: dayNumber(typed(event)) })}>
      <input type="date" aria-label="Date to" .value=${live(dayText(filter.dayTo))} @change=${(event: Event) => change({ ...filter, dayTo: dayNumber(typed(event)) })}></fieldset>
    <select aria-label="In or out" @change=${(event: Event) => change({ ...filter, flow: typed(event) === '' ? undefined : typed(event) as 'in' | 'out' })}>
      ${[['', 'In and out'], ['in', 'In'], ['out', 'Out']].map(([value, words]) => html`<option value=${value!} .selected=${live((filter.flow ?? '') === value)}>${words}</option>`)}</select>
    ${menu('tag', 'Category', () => categoryList(state), { chosen: filter.categories.length, disabled: summary.categories.length === 0 })}
    ${menu('pass', 'Status', () => html`${states.map((name: State) => check(stateWords[name][1], filter.states.includes(name), (on) => change({ ...filter, states: toggled(filter.states, name, on) })))}`, { chosen: filter.states.length })}
    ${summary.accounts.length > 1 ? menu('credit-card', 'Account', () => html`<div class="list">${summary.accounts.map(({ id, name }) => check(name, filter.accounts.includes(id), (on) => change({ ...filter, accounts: toggled(filter.accounts, id, on) })))}</div>`, { chosen: filter.accounts.length }) : nothing}
    ${state.hasStreams ? check('Recurring only', filter.recurring, (recurring) => change({ ...filter, recurring })) : nothing}
    <button type="button" class="tool" title="Clear the filter" aria-label="Clear the filter" @click=${state.clear}><span class="codicon codicon-clear-all" aria-hidden="true"></span></button>
    <label class="inline">Group by <select id="group" @change=${(event: Event) => state.regroup(typed(event) === '' ? undefined : typed(event) as Grouping)}>
      ${[undefined, ...groupings].filter((one) => one !== 'recurring' || state.hasStreams || group === 'recurring').map((one) => html`<option value=${one ?? ''} .selected=${live(one === group)}>${one === undefined ? 'nothing' : groupingWords[one]}</option>`)}</select></label>
    ${group ? html`<button type="button" class="tool" title="Unfold all groups" aria-label="Unfold all groups" @click=${() => state.foldAll(true)}><span class="codicon codicon-expand-all" aria-hidden="true"></span></button>
      <button type="button" class="tool" title="Fold all groups" aria-label="Fold all groups" @click=${() => state.foldAll(false)}><span class="codicon codicon-collapse-all" aria-hidden="true"></span></button>
      <span class="muted">${numbers.format(summary.groups)} ${summary.groups === 1 ? 'group' : 'groups'}</span>` : nothing}
    ${refused.length > 0 ? html`<p class="refused" id="amount-problem" role="alert">${refused.map((text) => `“${text.trim()}”`).join(' and ')} ${refused.length === 1 ? 'is' : 'are'} not read as an amount. ${amountRule}</p>` : nothing}
  </div>`;
}

function amountField({ amounts, typeAmounts }: FilterBarState, end: keyof AmountTexts) {
  const text = amounts[end];
  return html`<input class="short" inputmode="decimal" aria-label="Amount ${end}, without sign" placeholder=${end} title=${amountRule} aria-invalid=${String(isRefused(text))}
    aria-describedby=${isRefused(text) ? 'amount-problem' : nothing} .value=${live(text)} @change=${(event: Event) => typeAmounts({ ...amounts, [end]: typed(event) })}>`;
}

function categoryList({ filter, summary, numbers, change }: FilterBarState) {
  return html`<div class="list">${summary.categories.map(({ value, count }) =>
    check(html`${value === '' ? 'No category' : value} <span class="muted">${numbers.format(count)}</span>`, filter.categories.includes(value), (on) => change({ ...filter, categories: toggled(filter.categories, value, on) })))}</div>`;
}
