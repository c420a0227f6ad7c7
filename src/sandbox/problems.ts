// Which of the API's codes a validation problem is. The API has no scheme for it: some fields have a code of their own, each family has a
// general one, and a missing parameter is 10005 nearly everywhere. Specific rules first, the family's last.
import type { OperationEntry } from '../api/catalogue.ts';
import { missingParameter } from './errors.ts';
import { ApiFault } from './types.ts';
import type { Problem } from './validate.ts';

interface Rule {
  /** A test of the operation's path; every path when left out. */
  path?: RegExp;
  name?: RegExp;
  keyword?: RegExp;
  code: number;
  message: (problem: Problem) => string;
}

const says = (text: string) => () => text;
const described = (problem: Problem) => (problem.name ? `Invalid value (${problem.name}): ${problem.detail}` : `Invalid request body: ${problem.detail}`);

const RULES: readonly Rule[] = [
  { path: /^\/applications/, name: /^start$/, code: 3005, message: says('Invalid start parameter') },
  { path: /^\/applications/, name: /^limit$/, keyword: /^maximum$/, code: 3007, message: says('The limit parameter is too large') },
  { path: /^\/applications/, name: /^limit$/, code: 3006, message: says('Invalid limit parameter') },
  { path: /^\/applications/, code: 3009, message: described },
  { name: /^start$/, code: 41003, message: says('Start must be 1 or greater') },
  { name: /^limit$/, keyword: /^(minimum|type)$/, code: 41004, message: says('Limit must be 1 or greater') },
  { path: /\/v1\/customers$/, name: /^type$/, code: 14016, message: says('Invalid customer type') },
  { path: /\/customers\/(testing|active)$/, name: /^username$/, code: 110039, message: says('The username does not meet the policy') },
  { path: /\/customers\/(testing|active)$/, name: /^(firstName|lastName)$/, code: 45003, message: says('Invalid character in name') },
  { keyword: /^minProperties$/, code: 10025, message: says('No data to update') },
  { name: /^customerId$|^customer_id$/, code: 14023, message: says('Invalid customer id') },
  { name: /^newPartnerSecret$/, code: 24437, message: says('New password is not as per policy') },
  { path: /\/accounts(\/simple)?$/, name: /^status$/, code: 18017, message: says('Status must be active or pending') },
  { name: /^(fromDate|toDate)$/, code: 41002, message: says('Invalid date range') },
  { path: /routingNumber/, name: /^routing_number$|^routingNumber$/, code: 20024, message: says('Invalid routing number') },
  { keyword: /^minimum$/, code: 1618, message: described },
];

const FAMILIES: readonly [RegExp, number][] = [[/^\/decisioning\//, 10100]];

export function faultOf(operation: OperationEntry, problem: Problem): ApiFault {
  if (problem.kind === 'missing') return missingParameter(problem.name);
  const fits = (pattern: RegExp | undefined, text: string) => pattern?.test(text) ?? true;
  const rule = RULES.find(({ path, name, keyword }) => fits(path, operation.path) && fits(name, problem.name) && fits(keyword, problem.keyword));
  if (rule) return new ApiFault(400, rule.code, rule.message(problem));
  return new ApiFault(400, generalCode(operation), described(problem));
}

/** The code of a request that the family cannot read at all. */
export function generalCode(operation: OperationEntry): number {
  return FAMILIES.find(([path]) => path.test(operation.path))?.[1] ?? 14020;
}
