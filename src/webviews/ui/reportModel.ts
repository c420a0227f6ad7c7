// A report's body as a page: header, overview tables, one section an account, income, cash flow, and everything else in a generic form.
// Pure. Bodies are tolerated as they come: lists given as one object, numbers as text, nulls, fields missing or of another type.
import { accountParts } from './accounts.ts';
import { isWorthDrawing } from './chartTypes.ts';
import { cashFlowByMonth } from './cashFlow.ts';
import { field, isObject, listOf, listTable, newBudget, objectSection, type GenericOptions } from './generic.ts';
import { words } from './format.ts';
import { parsePieces } from './jsonPieces.ts';
import type { Field, JsonObject, ReportModel, ReportProblem, Section } from './reportTypes.ts';
import { ownForms } from './reports/forms.ts';
import { problemPlaces } from './reports/problemPlaces.ts';
import { textOf } from './reports/reading.ts';
import { readerOf, type ReportReading } from './reports/table.ts';
import { explainProblem, reportTitle } from './reportWords.ts';
import { atOnce } from './turns.ts';
import type { ReportStatus } from '../protocol/report.ts';

/** The body parsed, with breaths between; throws a SyntaxError for what is not JSON and a TypeError for JSON that is no object. */
export function* readBody(bytes: Uint8Array): Generator<void, JsonObject, void> {
  const body = yield* parsePieces(bytes);
  if (!isObject(body)) throw new TypeError('The body is JSON, but not a report: a report is an object.');
  return body;
}

/** `accountTypes` are the words for account types, by the wire's spelling; a type that is missing is split into words. */
export const buildReport = (body: JsonObject, accountTypes: Readonly<Record<string, string>> = {}): ReportModel => atOnce(reportSteps(body, accountTypes));

/** What a report says first, without its sections. */
export const reportHead = (body: JsonObject, accountTypes: Readonly<Record<string, string>>): Omit<ReportModel, 'sections'> => readHead(body, accountTypes).head;

/** A report's bytes as its page, with breaths between: 60 MB take a second or two. Throws what readBody throws. */
export function* readReport(bytes: Uint8Array, accountTypes: Readonly<Record<string, string>>): Generator<void, ReportModel, void> {
  const body = yield* readBody(bytes);
  yield;
  return yield* reportSteps(body, accountTypes);
}

function* reportSteps(body: JsonObject, accountTypes: Readonly<Record<string, string>>): Generator<void, ReportModel, void> {
  const { head, reading } = readHead(body, accountTypes);
  yield;
  return { ...head, sections: yield* sectionsOf(body, accountTypes, reading) };
}

function readHead(body: JsonObject, accountTypes: Readonly<Record<string, string>>): { head: Omit<ReportModel, 'sections'>; reading: ReportReading } {
  const type = textOf(body.type);
  const status = statusOf(body.status);
  // An unfinished or failed report lacks its results: "no income found" would be a wrong answer. What it has stands in its sections.
  const reader = status === 'inProgress' || status === 'failure' ? undefined : readerOf(type, body);
  const reading = reader?.({ body, accountTypes }) ?? {};
  const { figures = [], charts = [] } = reading;
  const title = reportTitle(type) ?? (textOf(body.title) || (type ? `Report of type ${type.slice(0, 80)}` : 'Report'));
  const head = {
    title, type,
    status, stateless: body.status === undefined,
    problems: problemsOf(body),
    facts: factsOf(body),
    figures: figures.filter(({ value }) => value !== undefined && value !== null && value !== ''),
    charts: charts.filter(isWorthDrawing),
  };
  return { head, reading };
}

function statusOf(status: unknown): ReportStatus {
  // `editing` is the other state in which the service still works on a report.
  if (status === 'inProgress' || status === 'editing') return 'inProgress';
  return status === 'success' || status === 'failure' ? status : 'unknown';
}

function problemsOf(body: JsonObject): ReportProblem[] {
  return listOf(body.errors).slice(0, 50).map((error) => {
    const code = isObject(error) ? textOf(error.code) : '';
    const message = isObject(error) ? textOf(error.message) || textOf(error.description) : textOf(error);
    return { code, message: message || 'The API gave no message.', explanation: explainProblem(code), places: isObject(error) ? problemPlaces(error, body) : [] };
  });
}

/** The header's lines: whose, which, when. What the body does not hold has no line. */
function factsOf(body: JsonObject): Field[] {
  const name = personName(body.consumerDetails) || businessName(body.businessDetails);
  const window = body.startDate !== undefined || body.endDate !== undefined;
  const facts: (Field | undefined)[] = [
    name ? { key: 'name', label: isObject(body.consumerDetails) ? 'Consumer' : 'Business', value: name, kind: 'text' } : undefined,
    fact(body, 'customerId', 'Customer', (id) => `${textOf(id)}${body.customerType ? ` (${textOf(body.customerType)})` : ''}`),
    fact(body, 'consumerId', 'Consumer ID'),
    fact(body, 'id', 'Report ID'),
    fact(body, 'requestId', 'Request ID'),
    fact(body, 'createdDate', 'Created'),
    window ? field('startDate', body.startDate ?? null) : undefined,
    window ? field('endDate', body.endDate ?? null) : undefined,
  ];
  return facts.filter((one) => one !== undefined).map((one) => ({ ...one, label: dateLabels[one.key] ?? one.label }));
}

const dateLabels: Readonly<Record<string, string>> = { startDate: 'From', endDate: 'To' };

function fact(body: JsonObject, key: string, label: string, read?: (value: unknown) => string): Field | undefined {
  const value = body[key];
  if (value === undefined || value === '' || typeof value === 'object') return undefined;
  return { ...field(key, read ? read(value) : value), label, ...(read ? { raw: value } : {}) };
}

function personName(details: unknown): string {
  if (!isObject(details)) return '';
  return ['firstName', 'middleName', 'lastName', 'suffix'].map((key) => textOf(details[key])).filter(Boolean).join(' ');
}

const businessName = (details: unknown) => (isObject(details) ? textOf(details.name) || textOf(details.businessName) : '');

/** Fields that the header shows whole. */
const inHeader = new Set(['id', 'customerId', 'customerType', 'consumerId', 'requestId', 'createdDate', 'startDate', 'endDate', 'type', 'status']);
/** Objects about the order rather than its result: last, and folded. */
const aboutOrder = ['consumerDetails', 'businessDetails', 'endUser', 'constraints'];
const orderTitles: Readonly<Record<string, string>> = { consumerDetails: 'Consumer', businessDetails: 'Business', endUser: 'End user', constraints: 'Request' };

function* sectionsOf(body: JsonObject, accountTypes: Readonly<Record<string, string>>, reading: ReportReading): Generator<void, Section[], void> {
  const options: GenericOptions = { budget: newBudget(), currency: undefined, form: ownForms(body) };
  const accounts = yield* accountParts(body, options, accountTypes);
  const own = { ...options, currency: accounts.currency ?? reading.currency };
  const done = new Set([...inHeader, ...aboutOrder, ...(accounts.details ? ['institutions'] : []), ...(reading.done ?? [])]);
  // A value that is no plain one where the header expects one is shown with the results instead.
  for (const key of inHeader) if (typeof body[key] === 'object') done.delete(key);
  const { assets } = body;
  let { balances } = accounts;
  if (balances && isObject(assets)) {
    balances = { ...balances, children: [objectSection('assets', 'All accounts together', assets, own, 1)] };
    done.add('assets');
  }
  const summary = summarySection(body, done, own);
  const results: Section[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (done.has(key) || value === null) continue;
    const section = resultSection(key, value, own);
    yield;
    // The header explains the errors; here they stand as they came.
    if (section) results.push(key === 'errors' ? { ...section, folded: true } : section);
  }
  const byMonth = cashFlowByMonth(body, accounts.currency);
  const order = aboutOrder.filter((key) => body[key] !== undefined && body[key] !== null).map((key): Section => {
    const value = body[key];
    const section = isObject(value) ? objectSection(key, orderTitles[key]!, value, own, 1) : plainSection(key, orderTitles[key]!, [field(key, value)]);
    return { ...section, folded: true };
  });
  const leading = (reading.sections ?? []).filter((one) => one !== undefined);
  const led = new Set(leading.map(({ id }) => id));
  const isFirst = ({ id }: Section) => reading.first?.includes(id) === true;
  leading.push(...results.filter(isFirst));
  const general = [accounts.overview, balances, accounts.streams, byMonth, ...results.filter((one) => !isFirst(one)), accounts.details].filter((one) => one !== undefined && !led.has(one.id));
  // Where a reader knows what counts, what else stands at the top level is about the report; elsewhere it may be the result itself.
  const known = (reading.figures ?? []).some(({ value }) => value !== undefined);
  return [...leading, known ? undefined : summary, ...general, known && summary ? { ...summary, title: 'About this report' } : undefined, ...order].filter((one) => one !== undefined);
}

function plainSection(id: string, title: string, fields: readonly Field[]): Section {
  return { id, title, folded: false, fields, tables: [], children: [] };
}

/** A value that reads as one field: plain, null, or a short list of plain values. */
const isSingle = (value: unknown): boolean => typeof value !== 'object' || value === null
  || (Array.isArray(value) && value.length <= 20 && value.every((one) => typeof one !== 'object' || one === null));

/** Single values of the body's top level, nulls among them. */
function summarySection(body: JsonObject, done: ReadonlySet<string>, options: GenericOptions): Section | undefined {
  const single = Object.entries(body).filter(([key, value]) => !done.has(key) && isSingle(value));
  if (single.length === 0) return undefined;
  return { ...objectSection('summary', 'Summary', Object.fromEntries(single), options), folded: false };
}

function resultSection(key: string, value: unknown, options: GenericOptions): Section | undefined {
  if (isSingle(value)) return undefined;
  const title = (Object.hasOwn(resultTitles, key) ? resultTitles[key] : undefined) ?? words(key);
  const made = options.form?.({ id: key, key, depth: 0 }, value, options);
  if (made) return made;
  if (isObject(value)) return objectSection(key, title, value, options, 1);
  const items = value as readonly unknown[];
  const wrapped = objectSection(key, title, { [key]: items }, options, 0);
  // The wrapper's only content is the list itself: its heading is the section's.
  const inner = wrapped.children.length === 1 && wrapped.fields.length === 0 && wrapped.tables.length === 0 ? wrapped.children[0]! : undefined;
  if (inner) return { ...inner, id: key, title, folded: false };
  const [table] = wrapped.tables;
  return table && items.every(isObject) ? { ...wrapped, tables: [{ ...listTable(title, items, options.currency), label: title }], detail: String(items.length) } : wrapped;
}

const resultTitles: Readonly<Record<string, string>> = {
  cashFlowBalanceSummary: 'Cash flow: balances',
  cashFlowCreditSummary: 'Cash flow: credits',
  cashFlowDebitSummary: 'Cash flow: debits',
  cashFlowCharacteristicsSummary: 'Cash flow: characteristics',
  assets: 'All accounts together',
  errors: 'Errors',
};

