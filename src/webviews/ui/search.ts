// The in-page search: which rows of which tables, and which fields, hold the words that were typed. Pure but for giving way to the page.
// It reads what is shown and what came, so both "$1,234" and 1234 find an amount.
import type { Formatter } from './format.ts';
import type { Field, JsonObject, ReportModel, Section, Table } from './reportTypes.ts';

export interface SearchResult {
  /** Rows that match, by table; a table without any is absent. */
  rows: ReadonlyMap<Table, readonly JsonObject[]>;
  /** Sections that hold a match, themselves or below. */
  sections: ReadonlySet<string>;
  /** Fields that match. */
  fields: ReadonlySet<Field>;
  matches: number;
  /** What was searched for, to be marked where it stands. */
  terms: readonly string[];
}

/** The text by which a field is found: name, shown value and value as it came. */
function fieldText(field: Field, formatter: Formatter): string {
  const { text, raw } = formatter.show(field.value, field.kind, field.currency);
  return `${field.label}\n${field.key}\n${text}\n${raw}`.toLowerCase();
}

/** The text by which a row is found: its values as they came, and as shown where that reads differently. */
function rowText(table: Table, row: JsonObject, formatter: Formatter): string {
  let all = '';
  const currency = table.currencyOf(row);
  for (const column of table.columns) {
    const value = column.read(row);
    if (value === undefined || value === null) continue;
    const { text, raw } = formatter.show(value, column.kind, currency);
    all += text === raw ? `${raw}\n` : `${raw}\n${text}\n`;
  }
  return all.toLowerCase();
}

/** Milliseconds of work between two breaths of the page. */
const slice = 10;

/** Finds the query's words (all of them, in any order). `pause` lets the page paint; an aborted signal ends the search with undefined. */
export async function searchReport(model: ReportModel, query: string, formatter: Formatter, signal: AbortSignal, texts: WeakMap<JsonObject, Map<Table, string>>,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve))): Promise<SearchResult | undefined> {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => terms.every((term) => text.includes(term));
  const rows = new Map<Table, JsonObject[]>();
  const sections = new Set<string>();
  const fields = new Set<Field>();
  let matches = 0;
  let since = performance.now();

  const visit = async (section: Section): Promise<boolean> => {
    let found = false;
    for (const field of section.fields) if (holds(fieldText(field, formatter))) { fields.add(field); matches++; found = true; }
    for (const table of section.tables) {
      const hits: JsonObject[] = [];
      for (let index = 0; index < table.rows.length; index++) {
        const row = table.rows[index]!;
        if (holds(cachedText(texts, table, row, formatter))) hits.push(row);
        if (index % 200 === 199 && performance.now() - since > slice) {
          await pause();
          if (signal.aborted) return false;
          since = performance.now();
        }
      }
      if (hits.length > 0) { rows.set(table, hits); matches += hits.length; found = true; }
    }
    for (const child of section.children) if (await visit(child)) found = true;
    if (found) sections.add(section.id);
    return found;
  };
  for (const section of model.sections) await visit(section);
  return signal.aborted ? undefined : { rows, sections, fields, matches, terms };
}

function cachedText(texts: WeakMap<JsonObject, Map<Table, string>>, table: Table, row: JsonObject, formatter: Formatter): string {
  let byTable = texts.get(row);
  if (!byTable) texts.set(row, byTable = new Map());
  let text = byTable.get(table);
  if (text === undefined) byTable.set(table, text = rowText(table, row, formatter));
  return text;
}
