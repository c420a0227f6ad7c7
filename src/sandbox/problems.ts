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
  /** 400 when left out; operations that declare no 400 answer as if the thing did not exist. */
  status?: number;
  message: (problem: Problem) => string;
}

const says = (text: string) => () => text;
const described = (problem: Problem) => (problem.name ? `Invalid value (${problem.name}): ${problem.detail}` : `Invalid request body: ${problem.detail}`);

/** Small business credit analytics. */
const SHOPS = /\/sbca(?:\/|$)/;

/** Payment success indicators, of both generations. */
const INDICATORS = /payment-success-indicators|\/payments\/paymentIndicator/;

/** As Connect names a field. */
const connectWords = ({ name, detail }: Problem) => (name ? `"${name}" ${detail}` : `The request body ${detail}`);

const RULES: readonly Rule[] = [
  { path: /^\/connect\/experiences\/.*duplicate$/, name: /^experience_id$/, code: 1003, message: says('"experienceId" must be a valid GUID') },
  { path: /^\/connect\/experiences/, code: 1000, message: connectWords },
  { path: /^\/connect\//, name: /^experience$/, code: 10010, message: says('"experience" must be a valid GUID') },
  { path: /^\/connect\//, code: 10010, message: connectWords },
  { path: /^\/connect-components\/configurations\//, code: 4041, status: 404, message: says('The configuration was not found') },
  { path: INDICATORS, name: /^purposeCode$/, keyword: /^enum$/, code: 10005, message: says('invalid purpose code') },
  { path: INDICATORS, name: /settleByDate$|[aA]mount$/, keyword: /^(type|format)$/, code: 10007, message: ({ name }) => `${name} is the incorrect type` },
  { path: INDICATORS, keyword: /^required$/, code: 10009, message: ({ name }) => `Missing parameter (${name})` },
  { path: INDICATORS, keyword: /^exclusiveMinimum$/, code: 1618, message: says('Negative or invalid value entered. Please use positive numbers only.') },
  { path: /^\/account-owner-verification/, name: /^(?!insights$)/, code: 1002, message: says('Improperly Formatted Request Body') },
  { path: /^\/data-sharing-consents/, name: /^institution_login_id$/, code: 10215, status: 404, message: says('Consent receipt not found') },
  { path: /^\/data-sharing-consents/, code: 10100, message: ({ name }) => `Invalid parameter - ${name}` },
  { path: /authorization-details$/, name: /^institution_login_id$/, code: 3003, status: 404, message: says('Resource not found.') },
  { path: /^\/microentry\//, name: /routingNumber$/, code: 20024, message: says('Invalid routing number') },
  { path: /^\/microentry\//, name: /accountNumber$/, code: 3000001, message: says('Invalid account number') },
  { path: /^\/microentry\//, name: /^receiver\.name$/, code: 3100001, message: says('Invalid account name') },
  { path: /^\/microentry\//, name: /^receiver\.memo$/, code: 3000003, message: says('Invalid memo') },
  { path: /^\/microentry\/.*\/amounts$/, name: /^amounts/, code: 3000003, message: says('Invalid amount format') },
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
  { path: SHOPS, name: /locationId$/, code: 10003, message: says('Missing or invalid parameter - locationId is not a UUID') },
  { path: SHOPS, name: /phoneNumber/, code: 10000, message: says('Invalid phone number.') },
  { path: SHOPS, name: /address\.country$/, code: 10000, message: says('Invalid country code.') },
  { path: SHOPS, code: 10025, message: ({ name }) => `Invalid data: ${name}` },
  { keyword: /^minimum$/, code: 1618, message: described },
];

const FAMILIES: readonly [RegExp, number][] = [[/^\/decisioning\//, 10100], [/^\/notification-subscriptions\//, 1502], [/^\/connect\/experiences/, 1000], [/^\/connect(-components)?\//, 10010]];
/** Families with one code for whatever is wrong, a missing value included. */
const ONE_CODE = /^\/(notification-subscriptions|connect-components(?!\/configurations\/))\//;

/** Families with a code of their own for a missing value, among the rules. */
const OWN_MISSING = /payment-success-indicators|\/payments\/paymentIndicator|^\/account-owner-verification/;

/** @param body The request's body as it was read, for families whose errors name the record. */
export function faultOf(operation: OperationEntry, problem: Problem, body?: unknown): ApiFault {
  const wholly = problem.kind === 'missing' ? `Missing parameter (${problem.name})` : described(problem);
  if (ONE_CODE.test(operation.path)) return new ApiFault(400, generalCode(operation), wholly);
  const row = operation.path === '/data-enrichment/transactions' ? /^transactions\.(\d+)/.exec(problem.name)?.[1] : undefined;
  if (row !== undefined) return new ApiFault(400, generalCode(operation), wholly, rowNamed(body, Number(row)));
  if (problem.kind === 'missing' && operation.path.startsWith('/data-sharing-consents')) return new ApiFault(400, 14020, `Bad request. (${problem.name} is missing)`);
  if (problem.kind === 'missing' && SHOPS.test(operation.path)) return new ApiFault(400, 10020, `Data missing: ${problem.name}`);
  if (problem.kind === 'missing' && problem.name.endsWith('forCraPurpose')) return new ApiFault(400, 10100, 'CRA Flag is missing');
  if (problem.kind === 'missing' && !OWN_MISSING.test(operation.path)) return missingParameter(problem.name);
  const fits = (pattern: RegExp | undefined, text: string) => pattern?.test(text) ?? true;
  const rule = RULES.find(({ path, name, keyword }) => fits(path, operation.path) && fits(name, problem.name) && fits(keyword, problem.keyword));
  if (rule) return new ApiFault(rule.status ?? 400, rule.code, rule.message(problem));
  return new ApiFault(400, generalCode(operation), described(problem));
}

/** The code of a request that the family cannot read at all. */
export function generalCode(operation: OperationEntry): number {
  return FAMILIES.find(([path]) => path.test(operation.path))?.[1] ?? 14020;
}

/** Enrichment names the faulty transaction by the caller's own id, where it has one. */
function rowNamed(body: unknown, at: number): { externalTransactionId?: string } {
  const { externalTransactionId: id } = ((body as { transactions?: { externalTransactionId?: unknown }[] }).transactions?.[at] ?? {});
  return typeof id === 'string' && id !== '' ? { externalTransactionId: id } : {};
}
