// Draws the sections of a report: foldable headings, fields, tables. Templates only; what is folded or found comes in.
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { literal, html as staticHtml } from 'lit/static-html.js';
import './grid.ts';
import type { Formatter } from './format.ts';
import { idLink, idToFollow } from './idLink.ts';
import { marked } from './marks.ts';
import type { Field, JsonObject, Section, Table } from './reportTypes.ts';
import type { SearchResult } from './search.ts';

export interface SectionState {
  formatter: Formatter;
  /** Undefined while nothing is searched for. */
  found: SearchResult | undefined;
  isFolded(section: Section): boolean;
  toggle(section: Section): void;
}

const levels = [literal`h2`, literal`h3`, literal`h4`, literal`h5`, literal`h6`] as const;

export const domId = (sectionId: string) => `section-${sectionId.replace(/[^\w.-]/g, '_')}`;

export function sectionView(section: Section, state: SectionState, depth = 0): TemplateResult | typeof nothing {
  const { found } = state;
  if (found && !found.sections.has(section.id)) return nothing;
  return foldable(section, state, () => sectionBody(section, state, depth), depth);
}

/** A heading that folds what `body` draws. */
export function foldable(section: Section, state: SectionState, body: () => TemplateResult, depth = 0): TemplateResult {
  const folded = !state.found && state.isFolded(section);
  const id = domId(section.id);
  const tag = levels[Math.min(depth, levels.length - 1)]!;
  return html`<section class="section depth-${Math.min(depth, 4)}">
    ${staticHtml`<${tag} class="heading" id=${id}>
      <button class="fold" aria-expanded=${folded ? 'false' : 'true'} aria-controls=${`${id}-body`} @click=${() => state.toggle(section)}>
        <span class="codicon codicon-chevron-${folded ? 'right' : 'down'}" aria-hidden="true"></span>
        <span class="title">${section.title}</span>
        ${section.detail ? html`<span class="detail">${section.detail}</span>` : nothing}
      </button>
    </${tag}>`}
    <div class="body" id=${`${id}-body`} ?hidden=${folded}>${folded ? nothing : body()}</div>
  </section>`;
}

function sectionBody(section: Section, state: SectionState, depth: number) {
  const { found } = state;
  const fields = found ? section.fields.filter((field) => found.fields.has(field)) : section.fields;
  const tables = found ? section.tables.filter((table) => found.rows.has(table)) : section.tables;
  return html`
    ${section.note ? html`<p class="note"><span class="codicon codicon-info" aria-hidden="true"></span> ${section.note}</p>` : nothing}
    ${fields.length > 0 ? fieldList(fields, state.formatter, 'fields', holderOf(section.id), found?.terms) : nothing}
    ${repeat(tables, (table) => table, (table) => tableView(table, section, state))}
    ${repeat(section.children, (child) => child.id, (child) => sectionView(child, state, depth + 1))}
    ${section.fields.length + section.tables.length + section.children.length === 0 && section.note === undefined ? html`<p class="note">Nothing here: the body holds this part, but it is empty.</p>` : nothing}`;
}

function tableView(table: Table, section: Section, { formatter, found }: SectionState) {
  const rows: readonly JsonObject[] = found?.rows.get(table) ?? table.rows;
  const count = found ? `${rows.length} of ${table.rows.length}` : String(table.rows.length);
  // A table that is all of its section needs no caption of its own.
  const named = table.label === section.title && !found;
  return html`<div class="table">
    ${named ? nothing : html`<div class="caption">${table.label} <span class="detail">${count}</span></div>`}
    <ob-grid .table=${table} .rows=${rows} .formatter=${formatter} .terms=${found?.terms}></ob-grid>
  </div>`;
}

/** The name in the body of what a section shows: of `institutions.0.accounts.1` it is `accounts`. */
const holderOf = (sectionId: string): string | undefined => sectionId.split('.').filter((step) => !/^\d+$/.test(step)).at(-1);

/** `holder` is the name of the object in the body that holds the fields, where one does. */
export function fieldList(fields: readonly Field[], formatter: Formatter, name = 'fields', holder?: string, terms?: readonly string[]) {
  return html`<dl class=${classMap({ [name]: true })}>${fields.map((field) => {
    const { text, raw } = formatter.show(field.value, field.kind, field.currency);
    const id = idToFollow(field.key, holder, field.raw ?? field.value);
    return html`<div class="field"><dt title=${field.key}>${shownMarked(field.label, field.key, terms)}</dt><dd class=${classMap({ number: field.kind === 'money' || field.kind === 'number' })} title=${raw}>${id ? idLink(text, id, true, shownMarked(text, raw, terms)) : shownMarked(text, raw, terms)}</dd></div>`;
  })}</dl>`;
}

/** A field wraps: all of it is in sight while nothing is searched for. */
const shownMarked = (text: string, raw: string, terms: readonly string[] | undefined) => (terms === undefined ? text : marked(text, raw, terms));
