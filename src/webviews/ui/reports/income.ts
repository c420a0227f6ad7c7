// What a report says of income: the estimate of the highest confidence that it has, and each stream's months. Fields: domain.md §8 and the
// schemas VOAWithIncomeReport and VOIReport of 1.42.0. `income` is a list by confidence; HIGH holds the streams that count.
import { numberOf } from '../format.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { accountsOf, at, currencyOf, numberAt, objectsOf, textOf } from './reading.ts';

/** Empty for a report without income. */
export function incomeFigures(body: JsonObject): Figure[] {
  const best = bestIncome(body);
  if (!best) return [];
  const currency = currencyOf(accountsOf(body));
  const confidence = textOf(best.confidenceType);
  return [
    { key: 'averageMonthlyIncomeNet', label: 'Net monthly income', value: numberAt(best, 'averageMonthlyIncomeNet'), kind: 'money', currency, ...(confidence ? { note: `Confidence ${confidence.toLowerCase()}` } : {}) },
    { key: 'incomeEstimate.projectedNetAnnual', label: 'Projected net a year', value: numberOf(at(best, 'incomeEstimate', 'projectedNetAnnual')), kind: 'money', currency },
  ];
}

const confidences = ['HIGH', 'MODERATE', 'LOW'];

function bestIncome(body: JsonObject): JsonObject | undefined {
  const told = objectsOf(body.income);
  return confidences.map((name) => told.find(({ confidenceType }) => textOf(confidenceType).toUpperCase() === name)).find((one) => one !== undefined) ?? told[0];
}
