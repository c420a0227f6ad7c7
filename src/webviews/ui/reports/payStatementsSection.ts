// Pay statements as sections: one row each side by side, then each with its earnings, deductions and deposits. Of files (payStatements) and of
// payroll (directPayStatements), whose lists of lists would otherwise make three sections of every pay period. Shows all of the value.
import { isObject, listTable, objectSection, type GenericOptions } from '../generic.ts';
import { words } from '../format.ts';
import type { JsonObject, Section } from '../reportTypes.ts';
import { matchWords, payStatementLists } from './payStatements.ts';
import { at, objectsOf, textOf } from './reading.ts';

interface Place { id: string; key: string; depth: number }

const allObjects = (value: unknown): readonly JsonObject[] | undefined => {
  const list = Array.isArray(value) ? value as readonly unknown[] : [value];
  return list.length > 0 && list.every(isObject) ? list : undefined;
};

/** Statements of payroll: a table of periods, one of all earnings and one of all deductions, each row with its pay date. */
export function payrollStatementsSection({ id, key, depth }: Place, value: unknown, options: GenericOptions): Section | undefined {
  const list = key === 'directPayStatements' ? allObjects(value) : undefined;
  if (!list) return undefined;
  options.budget.sections--;
  const parts = ['earnings', 'deductions'].filter((name) => list.some((one) => objectsOf(one[name]).length > 0) && list.every((one) => isListOfObjects(one[name])));
  const periods = list.map((one) => flat(Object.fromEntries(Object.entries(one).filter(([name]) => !parts.includes(name)))));
  return {
    id, title: 'Pay statements', detail: String(list.length), folded: depth >= 4, fields: [], children: [],
    tables: [
      listTable(
        'Pay periods', periods, options.currency,
        ['payDate', 'startDate', 'endDate', 'payPeriodHours', 'grossPayAmount', 'netPayAmount', 'grossPayAmountYTD', 'netPayAmountYTD'],
      ),
      ...parts.map((name) => listTable(words(name), list.flatMap((one) => {
        const payDate = at(one, 'mainPayStatementFields', 'payDate');
        return objectsOf(one[name]).map((row) => ('payDate' in row || payDate === undefined ? row : { payDate, ...row }));
      }), options.currency, ['payDate', 'name', 'type', 'rate', 'amount', 'amountYTD'])),
    ],
  };
}

const isListOfObjects = (value: unknown) => value === undefined || value === null || isObject(value) || (Array.isArray(value) && value.every(isObject));

/** The main fields beside the statement's own, unless two have one name. */
function flat(one: JsonObject): JsonObject {
  const { mainPayStatementFields: main, ...rest } = one;
  return isObject(main) && Object.keys(main).every((key) => !(key in rest)) ? { ...main, ...rest } : one;
}

const first = ['employerName', 'payDate', 'grossPayCurrent', 'netPayCurrent', 'grossPayYTD', 'netPayYTD', 'payPeriod', 'startDate', 'endDate', 'depositCheck'];
const listTitles: Readonly<Record<string, string>> = { payStat: 'Earnings', directDeposits: 'Direct deposits', deductions: 'Deductions' };
/** Statements that get a section each; more of them are read in the table and in JSON cells. */
const mostSections = 60;

/** Statements of files. */
export function payStatementsSection({ id, key, depth }: Place, value: unknown, options: GenericOptions): Section | undefined {
  const list = payStatementLists.some((name) => name === key) ? allObjects(value) : undefined;
  if (!list || list.length > mostSections) return undefined;
  options.budget.sections--;
  const children = list.map((one, index): Section => {
    const section = objectSection(`${id}.${index}`, textOf(at(one, 'employer', 'name')).slice(0, 120) || `Pay statement ${index + 1}`, one, options, depth + 1);
    const titled = section.tables.map((table) => ({ ...table, label: Object.entries(listTitles).find(([name]) => words(name) === table.label)?.[1] ?? table.label }));
    return { ...section, detail: textOf(one.payPeriod) && words(textOf(one.payPeriod)), tables: titled, folded: list.length > 3 };
  });
  const plain = list.map((one): JsonObject => ({
    ...Object.fromEntries(Object.entries(one).filter(([, inner]) => typeof inner !== 'object')),
    ...(textOf(at(one, 'employer', 'name')) ? { employerName: at(one, 'employer', 'name') } : {}),
    ...(textOf(one.matchType) ? { depositCheck: matchWords(one.matchType)[0] } : {}),
  }));
  return {
    id, title: 'Pay statements', detail: String(list.length), folded: false, fields: [], children,
    tables: list.length > 1 ? [listTable('Side by side', plain, options.currency, first)] : [],
  };
}
