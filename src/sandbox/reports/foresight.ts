// Foresight: what others spend, and what this person will. Other people are a rule of the sandbox: the usual month of a kind of spending, by
// up to a fifth more or less for the place, with the square root of the income, and by age. A forecast goes on at the pace of the last six
// months. Both stand at the customer's level alone, as in the public examples.
import { hashText } from '../seedRandom.ts';
import { round } from '../handlers/accountAccess.ts';
import { isoDay } from './analyticsFigures.ts';
import type { Figures, Span } from './analyticsFigures.ts';
import type { Flow } from './analyticsStreams.ts';

export interface Segments {
  places: readonly { label: string; value: string }[];
  income?: number;
  age?: number;
}

interface Asked { analyticsReportData?: { segments?: { geolocation?: readonly { label?: string; value?: string | number }[] }; income?: number; age?: number } }

export function segmentsOf({ analyticsReportData: data }: Asked): Segments {
  const places = (data?.segments?.geolocation ?? []).flatMap(({ label, value }) => (label === undefined || value === undefined ? [] : [{ label, value: String(value) }]));
  return { places, income: data?.income, age: data?.age };
}

const MIDDLING_INCOME = 65_000;
const DAYS_A_MONTH = 365.25 / 12;
const AGES: readonly (readonly [below: number, share: number])[] = [[25, 0.75], [35, 0.95], [50, 1.15], [65, 1.05], [Infinity, 0.85]];

/** What one of the group spends on a kind in a stretch of days; negative, as money out is. */
function cohortValue(name: string, monthly: number, place: string, { income, age }: Segments, days: number): number {
  const here = 0.8 + (hashText(`${place} ${name}`) % 401) / 1000;
  const means = income === undefined ? 1 : Math.max(0.4, Math.min(2.2, Math.sqrt(income / MIDDLING_INCOME)));
  const years = age === undefined ? 1 : (AGES.find(([below]) => age < below)?.[1] ?? 1);
  return -round(monthly * here * means * years * days / DAYS_A_MONTH);
}

/** A period's figures set against every group, and the groups' own values. */
export function compared(name: string, monthly: number, span: Span, figures: Figures, segments: Segments) {
  const cohortValues = segments.places.map(({ label, value }) => ({
    cohortType: label, value: cohortValue(name, monthly, value, segments, span.last - span.first + 1),
  }));
  const comparedToCohorts = cohortValues.map(({ cohortType, value }) => {
    const totalDifferenceToCohort = round((figures.sum ?? 0) - value);
    return { cohortType, totalDifferenceToCohort, percentageDifferenceToCohort: value === 0 ? 0 : round(totalDifferenceToCohort / Math.abs(value) * 100) };
  });
  return { comparedToCohorts, cohortPeriod: { startDate: isoDay(span.first), endDate: isoDay(span.last), cohortValues } };
}

/** What is spent within the next three, six, nine and twelve months. */
export function projected(flows: readonly Flow[], span: Span) {
  const days = Math.min(183, span.last - span.first + 1);
  const pace = flows.reduce((sum, { day, amount }) => (day > span.last - days ? sum + amount : sum), 0) / (days / DAYS_A_MONTH);
  return [3, 6, 9, 12].map((timeValue) => ({ timeUnit: 'MONTHS', timeValue, projectionValue: round(pace * timeValue) }));
}
