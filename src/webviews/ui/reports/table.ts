// Which reader knows a report's type. A reader says what people look for first (figures) and what a picture tells better than a table
// (charts); the sections show everything else, so an unknown type has a page too. A type of the wire that is missing here is no fault.
import type { Chart } from '../chartTypes.ts';
import type { Figure, JsonObject, Section } from '../reportTypes.ts';
import { hasAnalytics, readAnalytics } from './analytics.ts';
import { readAssets } from './assets.ts';
import { readCashFlow } from './cashFlow.ts';
import { readEmployment } from './employment.ts';
import { readEmploymentByStreams, readIncome } from './income.ts';
import { isLegacyAnalytics, readLegacyAnalytics } from './legacyAnalytics.ts';
import { readPayStatements } from './payStatements.ts';
import { readSmallBusiness } from './smallBusiness.ts';
import { readStatement } from './statement.ts';
import { readTransactions } from './transactions.ts';

/** What a reader is given: the body as it came, nothing of which is trusted, and the words for account types. */
export interface ReportSource {
  body: JsonObject;
  accountTypes: Readonly<Record<string, string>>;
}

/** A figure without a value and a chart without anything to draw are left out by whoever asks. */
export interface ReportReading {
  figures?: readonly Figure[];
  charts?: readonly Chart[];
  /** What matters most, before all other sections; one that has the id of a general section stands in its place. */
  sections?: readonly (Section | undefined)[];
  /** Of amounts for which the body names no currency, where the reader knows it. */
  currency?: string;
  /** Fields of the body's top level that `sections` show whole. */
  done?: readonly string[];
  /** Fields of the body's top level whose sections come right after those. */
  first?: readonly string[];
}

export type ReportReader = (source: ReportSource) => ReportReading;

/** By the type's beginning in small letters, the longest first that fits: analytics types end in their purpose. */
const readers: readonly (readonly [start: string, reader: ReportReader])[] = [
  ['voahistory', readAssets],
  ['voa', readAssets],
  ['prequalvoa', readAssets],
  ['assetsummary', readAssets],
  ['voi', readIncome],
  ['voepayroll', readEmployment],
  ['voiepayroll', readEmployment],
  ['voetransactions', readEmploymentByStreams],
  ['voietxverify', readPayStatements],
  ['paystatement', readPayStatements],
  ['statement', readStatement],
  ['transactions', readTransactions],
  ['txnnoncra', readTransactions],
  ['cfr', readCashFlow],
  ...['bar', 'cracfr', 'phr', 'pri', 'far'].map((start) => [start, readAnalytics] as const),
  ['sbca', readSmallBusiness],
];

const longestFirst = [...readers].sort(([a], [b]) => b.length - a.length);

/**
 * The reader of a type; undefined for one that nobody knows. Cash flow reports and cash flow analytics have types that begin alike, and the
 * analytics that version 1.31.2 removed name none: those are told by their bodies.
 */
export function readerOf(type: string, body: JsonObject): ReportReader | undefined {
  const lower = type.toLowerCase();
  const named = longestFirst.find(([start]) => lower.startsWith(start))?.[1];
  if (named === readCashFlow && hasAnalytics(body)) return readAnalytics;
  return named ?? (type === '' && isLegacyAnalytics(body) ? readLegacyAnalytics : undefined);
}
