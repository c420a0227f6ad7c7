// How a line of the table of transactions looks: a row with its cells, or the heading of a group with its sums. Templates only.
import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import type { DirectiveResult } from 'lit/directive.js';
import type { Formatter, ValueKind } from './format.ts';
import { isGroupLine, type GroupLine, type Line, type RowLine } from './transactionMessages.ts';
import type { Grouping } from './transactionOrder.ts';
import type { ShownColumn } from './transactionsState.ts';
import { styled } from './styled.ts';
import { groupTitle, stateWords, sumWords } from './transactionWords.ts';

export interface LineLook {
  columns: readonly ShownColumn[];
  kinds: ReadonlyMap<string, ValueKind>;
  group: Grouping | undefined;
  formatter: Formatter;
  numbers: Intl.NumberFormat;
  /** Where the keyboard is; its cell has the id. */
  active: number;
  column: number;
  activeId: string;
  isSelected(line: number): boolean;
}

const longest = 500;

export const isRight = (kind: ValueKind | undefined): boolean => kind === 'money' || kind === 'number' || kind === 'percent';

/** `line` is undefined while it is on its way; `top` puts it in its place. */
export function lineView(line: Line | undefined, at: number, top: DirectiveResult, look: LineLook) {
  if (!line) return html`<div class="trow waiting" role="row" aria-rowindex=${at + 2} ${top}></div>`;
  return isGroupLine(line) ? groupRow(line, top, look) : rowView(line, top, look);
}

function rowView(line: RowLine, top: DirectiveResult, look: LineLook) {
  const selected = look.isSelected(line.line);
  const active = look.active === line.line ? look.column : -1;
  return html`<div role="row" class="trow ${line.state}${line.line % 2 === 1 ? ' odd' : ''}${selected ? ' selected' : ''}" aria-rowindex=${line.line + 2} aria-selected=${selected ? 'true' : 'false'}
    aria-level=${look.group ? '2' : nothing} data-line=${line.line} ${top}>${
    // A row that only moves has the cells that it had: scrolling formats what comes into sight alone.
    guard([line, active, look.columns, look.kinds, look.formatter], () => look.columns.map((column, at) => cellView(line, column, at, at === active, look)))}</div>`;
}

/** The raw value is put into the tooltip when the pointer comes (cellTitle): most cells scroll by unread. */
function cellView(line: RowLine, { key }: ShownColumn, at: number, active: boolean, look: LineLook) {
  const value = line.values[at];
  const kind = look.kinds.get(key) ?? 'text';
  const isStatus = key === 'status';
  const shown = isStatus && line.state !== 'other' ? stateWords[line.state][1] : look.formatter.show(value, kind, line.currency || undefined).text;
  const blank = value === undefined || value === null;
  return html`<div role="gridcell" id=${active ? look.activeId : nothing} aria-colindex=${at + 1} data-column=${at} class="tcell${isRight(kind) ? ' right' : ''}${blank ? ' blank' : ''}${active ? ' active' : ''}">${
    at === 0 && (line.state === 'pending' || line.state === 'shadow' || line.recurring !== undefined) ? markView(line, look.columns) : nothing}${
    isStatus ? html`<span class="codicon codicon-${stateWords[line.state][0]}" aria-hidden="true"></span> ` : nothing}${shown.length > longest ? shown.slice(0, longest) : shown}</div>`;
}

/** What a cell's tooltip says: the value as it came, and of a status what it means. */
export function cellTitle(line: RowLine, at: number, { columns, formatter, kinds }: Pick<LineLook, 'columns' | 'formatter' | 'kinds'>): string {
  const { key } = columns[at]!;
  const { raw } = formatter.show(line.values[at], kinds.get(key) ?? 'text', line.currency || undefined);
  return key === 'status' ? `${raw}: ${stateWords[line.state][2]}` : raw;
}

/** Pending and shadow rows say so at their beginning, in words where no column does. */
function markView({ state, recurring }: RowLine, columns: readonly ShownColumn[]) {
  return html`${state === 'pending' || state === 'shadow' ? html`<span class="tmark" title=${stateWords[state][2]}><span class="codicon codicon-${stateWords[state][0]}" aria-hidden="true"></span>${columns.some(({ key }) => key === 'status') ? nothing : stateWords[state][1]}</span>` : nothing}${
    recurring === undefined ? nothing : html`<span class="tmark" title="Recurring, ${recurring}"><span class="codicon codicon-sync" role="img" aria-label="Recurring"></span></span>`}`;
}

function groupRow({ line, group }: GroupLine, top: DirectiveResult, look: LineLook) {
  const selected = look.isSelected(line);
  const active = look.active === line;
  const by = look.group ?? 'month';
  const sums = sumWords(group.totals, look.formatter, look.numbers);
  const place = sums.length === 1 ? netPlace(look.columns, by) : undefined;
  const flows = html`${sums.map((sum) => html`<span class="tsums">In ${sum.in} · Out ${sum.out}${place ? nothing : ` · Net ${sum.net}`}</span>`)}`;
  return html`<div role="row" class=${classMap({ trow: true, tgroup: true, selected })} aria-rowindex=${line + 2} aria-level="1" aria-expanded=${String(group.open)} aria-selected=${String(selected)} data-line=${line} ${top}>
    <div role="gridcell" id=${active ? look.activeId : nothing} aria-colspan=${place?.column ?? look.columns.length} class=${classMap({ tcell: true, active, narrow: place?.flows === 'after' })} data-column="0" data-group="true" ${styled({ 'grid-column': `1 / ${place ? place.column + 1 : -1}` })}>
      <span class="codicon codicon-chevron-${group.open ? 'down' : 'right'}" aria-hidden="true"></span>
      <span class="ttitle" title=${group.key}>${groupTitle(by, group.key, look.formatter)}</span> <span class="tcount">${look.numbers.format(group.totals.rows)}</span>
      ${place?.flows === 'after' ? nothing : flows}
    </div>${place ? html`<div role="gridcell" aria-colindex=${place.column + 1} class="tcell right" title="Net: in less out" aria-label="Net ${sums[0]!.net}" ${styled({ 'grid-column': String(place.column + 1) })}>${sums[0]!.net}</div>` : nothing}${
    place?.flows === 'after' && place.column + 1 < look.columns.length ? html`<div role="gridcell" aria-colindex=${place.column + 2} class="tcell" ${styled({ 'grid-column': `${place.column + 2} / -1` })}>${flows}</div>` : nothing}</div>`;
}

/** Pixels before the amounts that the heading of a group wants: a month alone, and any group with what came in and went out. */
const monthWidth = 120;
const wholeWidth = 380;

/**
 * Where the net sum of a group stands: in the column of the amounts, when those before it leave room for the heading; what came in and went out
 * then stands before or after it. Undefined when there is no such place, and the heading says all of it.
 */
export function netPlace(columns: readonly ShownColumn[], by: Grouping): { column: number; flows: 'before' | 'after' } | undefined {
  const column = columns.findIndex(({ key }) => key === 'amount');
  const before = columns.slice(0, Math.max(0, column)).reduce((sum, { width }) => sum + width, 0);
  if (column < 1 || before < (by === 'month' ? monthWidth : wholeWidth)) return undefined;
  return { column, flows: before >= wholeWidth ? 'before' : 'after' };
}
