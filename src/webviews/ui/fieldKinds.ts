// What kind of value a report's field holds, told by its name and checked against its value. The API's reports have hundreds of fields
// and gain more; a rule per name would always lag behind. A wrong guess costs little: the raw value is in the tooltip.
import { durationWords, momentOf, numberOf, type ValueKind } from './format.ts';

const identifiers = /(^id|Ids?|^number|Number|[cC]ode|[sS]sn|[zZ]ip|[pP]hone(No)?|Pin|[yY]ear|^value|payor|payee|[lL]ast4|checkNum|^symbol|^ticker)$/;
const counts = /^(num|numberOf|number[A-Z]|count|totNumber|totalNumber|days|tot[A-Z])|([cC]ount|[dD]ays|[mM]onths|[wW]eeks|[hH]ours|[uU]nits|[qQ]uantity|[cC]redits?Number|Rate|[pP]ercent(age)?|[sS]core|[cC]onfidence|Cadence|timeValue|Pages|Elements)$|NumberOf|ConfidenceM|^percentage/;
const days = /^(oldestPayStatementAvailable|transactionDate|postedDate|effectiveDate|firstEffectiveDate|startDate|stopDate|endDate|fromDate|toDate|incomeFromDate|payDate|dob|birthday)$|(Hire|Pay|PaymentDue|Due|EmploymentEnd|Maturity|Open|Origination|Expiration|From|Start|End|Close|Transaction|Deposit|Statement)Date$/;
const moments = /([dD]ate|At|Timestamp|AsOf|Time)$/;
const months = /^month$|[a-z]Month$/;
const money = /amount|balance|net|gross|income|annual|average|total|largest|smallest|price|value|cost|credit|debit|deposit|withdrawal|fee|pay|payment|sum|mean|median|^min|^max|deviation|principal|interest|escrow|earning|deduction|bonus|tax|salary|loan|limit|buyPower|cash/i;

/** The kind of the value under a name. */
export function kindOf(name: string, value: unknown): ValueKind {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'number' && typeof value !== 'string') return 'text';
  // A calendar day stands for itself whatever the field is called; a plain number is a date only where the name says so.
  if (typeof value === 'string' && momentOf(value)?.told === 'day') return 'day';
  if (momentOf(value)) {
    if (months.test(name)) return 'month';
    if (days.test(name)) return 'day';
    if (moments.test(name)) return 'moment';
  }
  if (/[dD]uration$/.test(name) && durationWords(value) !== undefined) return 'duration';
  if (identifiers.test(name) || numberOf(value) === undefined) return 'text';
  if (counts.test(name) && name !== 'basePayRate') return 'number';
  if (money.test(name)) return 'money';
  return typeof value === 'number' ? 'number' : 'text';
}

/** The kind of a column: what its first values that say anything agree on, words otherwise. */
export function columnKind(name: string, values: Iterable<unknown>): ValueKind {
  let kind: ValueKind | undefined;
  let seen = 0;
  for (const value of values) {
    if (value === undefined || value === null || value === '' || value === 0) continue;
    const one = kindOf(name, value);
    if (kind !== undefined && one !== kind) return 'text';
    kind = one;
    if (++seen === 20) break;
  }
  return kind ?? kindOf(name, 0);
}
