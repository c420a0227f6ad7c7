// Ids of reports and portfolios. Those of seeded customers can be read back to the customer, so that a report is found by its id alone.
import { seedRandom } from '../seedRandom.ts';
import { idSeries } from '../world/ids.ts';

/** Reports that the seed can hold for one customer. */
const SEEDED_REPORTS = 64;

export interface ReportIds {
  /** Of a seeded customer's nth report, without suffix. */
  seeded(customerIndex: number, at: number): string;
  /** Of the nth report that callers generated. */
  made(count: number): string;
  /** The seeded customer that a report id was made for; undefined when it is none of the seed's. */
  customerOfReport(reportId: string): string | undefined;
  /** Twelve characters, the same for every version of a customer's portfolio. */
  portfolioBase(customerId: string): string;
  customerOfPortfolio(base: string): string | undefined;
  customerIndex(customerId: string): number;
}

export function reportIds(seed: string): ReportIds {
  const customers = idSeries(seed, 'customer', 5);
  const reports = idSeries(seed, 'report', 3);
  const portfolios = idSeries(seed, 'portfolio', 4);
  const hex = (id: string, salt: string) => Number(id).toString(16).padStart(9, '0') + seedRandom(seed, salt, id).hex(3);
  const back = (text: string, salt: string, indexOf: (id: string) => number, each: number) => {
    if (!/^[0-9a-f]{12}$/.test(text)) return undefined;
    const id = String(parseInt(text.slice(0, 9), 16)).padStart(10, '0');
    const n = indexOf(id);
    return n >= 0 && hex(id, salt) === text ? customers.at(Math.floor(n / each)) : undefined;
  };
  return {
    seeded: (customerIndex, at) => hex(reports.at(customerIndex * SEEDED_REPORTS + at), 'report'),
    made: (count) => `f${seedRandom(seed, 'made report', count).hex(11)}`,
    customerOfReport: (reportId) => back(reportId.split('-')[0] ?? '', 'report', reports.indexOf, SEEDED_REPORTS),
    portfolioBase: (customerId) => {
      const index = customers.indexOf(customerId);
      return index >= 0 ? hex(portfolios.at(index), 'portfolio') : `f${seedRandom(seed, 'portfolio', customerId).hex(11)}`;
    },
    customerOfPortfolio: (base) => back(base, 'portfolio', portfolios.indexOf, 1),
    customerIndex: (customerId) => customers.indexOf(customerId),
  };
}

const READABLE = [...'abcdefghjkmnpqrstuvwxyz23456789'];
const readable = (length: number, ...parts: readonly (number | string)[]) => {
  const random = seedRandom(...parts);
  return Array.from({ length }, () => random.pick(READABLE)).join('');
};

/** The ten characters by which the API traces a report. */
export const requestIdOf = (seed: string, reportId: string): string => readable(10, seed, 'request', reportId);
/** The key that opens a report in the consumer portal. */
export const reportPinOf = (seed: string, report: number | string, length = 6): string => readable(length, seed, 'report pin', report);
