// Which reader knows a report's type. A reader says what people look for first (figures) and what a picture tells better than a table
// (charts); the sections show everything else, so an unknown type has a page too. A type of the wire that is missing here is no fault.
import type { Chart } from '../chartTypes.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { readAssets } from './assets.ts';

/** What a reader is given: the body as it came, nothing of which is trusted, and the words for account types. */
export interface ReportSource {
  body: JsonObject;
  accountTypes: Readonly<Record<string, string>>;
}

/** A figure without a value and a chart without anything to draw are left out by whoever asks. */
export interface ReportReading {
  figures?: readonly Figure[];
  charts?: readonly Chart[];
}

export type ReportReader = (source: ReportSource) => ReportReading;

/** By the type's beginning in small letters, the longest first that fits: analytics types end in their purpose. */
const readers: readonly (readonly [start: string, reader: ReportReader])[] = [
  ['voahistory', readAssets],
  ['voa', readAssets],
  ['prequalvoa', readAssets],
  ['assetsummary', readAssets],
];

/** The reader of a type; undefined for a type that nobody knows. */
export function readerOf(type: string): ReportReader | undefined {
  const lower = type.toLowerCase();
  return readers.find(([start]) => lower.startsWith(start))?.[1];
}
