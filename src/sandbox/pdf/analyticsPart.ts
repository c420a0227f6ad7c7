// The analytics of a report's PDF: every attribute with its periods, the payments that come back, a shop's figures. From the JSON body alone.
import { money } from './layout.ts';
import type { Column, Layout } from './layout.ts';

type Json = Record<string, unknown>;
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : []);
const text = (value: unknown) => (value === undefined || value === null || value === '' ? '-' : String(value));
/** NSF_FEE_CHARGES as "NSF fee charges". */
export function inWords(name: unknown): string {
  const words = text(name).replaceAll('_', ' ').toLowerCase();
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/^Nsf/, 'NSF');
}
const COUNTS = /^(MISSED_|PAYMENT_RISK)/;

export function analyticsPart(layout: Layout, analytics: Json, heading: string, level: 0 | 1): void {
  const groups = objects(analytics.transactionalAttributes);
  const states = objects(analytics.stateAttributes);
  const streams = objects(analytics.streams);
  if (groups.length + states.length + streams.length === 0) return;
  layout.heading(heading, level);
  for (const group of groups) attribute(layout, group, objects(group.aggregatedByTimePeriods), ['Count', 'Sum', 'Smallest', 'Largest', 'Mean'], ['count', 'sum', 'min', 'max', 'mean']);
  for (const state of states) attribute(layout, state, objects(state.reportedByTimePeriods), ['Begins', 'Ends', 'Smallest', 'Largest', 'Mean'], ['beginningValue', 'endingValue', 'min', 'max', 'mean']);
  if (streams.length === 0) return;
  layout.heading('Payments that come back', 1);
  layout.table(
    [
      { title: 'From', share: 32 }, { title: 'To', share: 32 }, { title: 'Every', share: 12, align: 'right' },
      { title: 'Payments', share: 12, align: 'right' }, { title: 'Last, days ago', share: 14, align: 'right' },
    ],
    streams.map((stream) => [
      text(stream.payor), text(stream.payee), `${text(stream.cadence)} days`, String((stream.transactionIds as unknown[] | undefined)?.length ?? 0),
      text(stream.recency),
    ]),
  );
}

function attribute(layout: Layout, of: Json, intervals: readonly Json[], titles: readonly string[], fields: readonly string[]): void {
  const plain = COUNTS.test(text(of.attributeName));
  const rows = intervals.flatMap((interval) => objects(interval.periods).map((period) => [
    `${text(period.startDate)} to ${text(period.endDate)}`,
    ...fields.map((field) => (field === 'count' || plain || period[field] === undefined ? text(period[field]) : money(period[field]))),
  ]));
  layout.heading(inWords(of.attributeName), 1);
  const columns: Column[] = [{ title: 'Period', share: 30 }, ...titles.map((title): Column => ({ title, share: 14, align: 'right' }))];
  layout.table(columns, rows);
  const ahead = objects(of.projectedValues).map((value): [string, string] => [
    `Expected within ${text(value.timeValue)} ${text(value.timeUnit).toLowerCase()}`, money(value.projectionValue),
  ]);
  if (ahead.length > 0) layout.facts(ahead);
}

/** Who the report is about, where that is a firm. */
export function businessPart(layout: Layout, business: Json): void {
  if (business.name === undefined) return;
  const { addressLine1, addressLine2, city, state, postalCode } = (business.address ?? {}) as Json;
  layout.facts([['Business', text(business.name)], ['Address', [addressLine1, addressLine2, city, state, postalCode].filter(Boolean).join(', ') || '-']]);
}

export function shopPart(layout: Layout, body: Json): void {
  for (const shop of [...objects(body.retailSalesAnalyticsMetrics), ...objects(body.retailSalesBenchmarksMetrics)]) {
    const periods = objects(shop.metricsLists);
    const names = objects(periods[0]?.metrics).map(({ name }) => text(name));
    layout.heading(text(shop.industryName), 0);
    layout.facts([
      ['Location', text(shop.locationId)], ['Merchant category', text(shop.merchantCategoryCode)], ['NAICS', text(shop.naicsCode)],
      ['Figures', text(shop.metricsFrequency)],
    ]);
    layout.table(
      [{ title: 'Period', share: 40 }, ...names.map((name): Column => ({ title: name, share: 20, align: 'right' }))],
      periods.map((period) => [`${text(period.periodStartDate)} to ${text(period.periodEndDate)}`, ...objects(period.metrics).map(({ value }) => text(value))]),
    );
  }
}
