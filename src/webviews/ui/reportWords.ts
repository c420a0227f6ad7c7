// The viewer's vocabulary: names of report types, explanations of the codes that a failed report or an account carries, families of accounts.
// Codes and types are the API's; the words are ours.

/** A report's name by `type`; analytics types vary by purpose, so their family is told by how they begin. */
export function reportTitle(type: string): string | undefined {
  const lower = type.toLowerCase();
  const exact = titles.find(([name]) => name.toLowerCase() === lower);
  if (exact) return exact[1];
  const family = families.find(([start]) => lower.startsWith(start));
  if (!family) return undefined;
  const [start, title] = family;
  const rest = lower.slice(start.length);
  const purpose = /noncra$/.test(rest) ? 'non-CRA' : /cra$/.test(rest) ? 'CRA' : /ftc$/.test(rest) ? 'FTC' : '';
  return purpose === '' ? title : `${title} (${purpose})`;
}

const titles: readonly (readonly [string, string])[] = [
  ['voa', 'Verification of Assets'],
  ['voaHistory', 'Verification of Assets with Income'],
  ['preQualVoa', 'Prequalification (CRA)'],
  ['assetSummary', 'Prequalification (non-CRA)'],
  ['voi', 'Verification of Income'],
  ['voePayroll', 'Verification of Employment, payroll'],
  ['voiePayroll', 'Verification of Income and Employment, payroll'],
  ['voeTransactions', 'Verification of Employment, transactions'],
  ['voieTxVerify', 'Verification of Income and Employment, paystub'],
  ['paystatement', 'Pay Statement Extraction'],
  ['statement', 'Statement'],
  ['transactions', 'Transactions'],
  ['txnNonCra', 'Transactions (non-CRA)'],
  ['cfrp', 'Cash Flow, personal'],
  ['cfrb', 'Cash Flow, business'],
  ['sbcaanalyticsnoncra', 'Retail Sales Analytics'],
  ['sbcabenchmarksnoncra', 'Retail Sales Benchmarks'],
];

const families: readonly (readonly [string, string])[] = [
  ['barp', 'Balance Analytics, personal'], ['barb', 'Balance Analytics, business'],
  ['cfrp', 'Cash Flow Analytics, personal'], ['cfrb', 'Cash Flow Analytics, business'],
  ['phrb', 'Payment History, business'],
  ['prip', 'Payment Risk Insights, personal'], ['prib', 'Payment Risk Insights, business'],
  ['farp', 'Foresight Analytics, personal'],
];

const problems: Readonly<Record<string, string>> = {
  10100: 'The report service refused a value or found nothing to report on. The message names it: correct that and generate the report anew.',
  10106: 'An account of the request is of a type that this report cannot read. Leave it out and generate the report anew.',
  10405: 'The consumer has a security freeze in place. Only the consumer can lift it; until then no such report can be made.',
  10406: 'The consumer disputes data that this report would use. Wait until the dispute is settled.',
  13002: 'A statement or paystub that the report needs is not stored for this customer. Load or upload it first.',
  14020: 'An account of the request is of a type that this report cannot read. Leave it out and generate the report anew.',
  20400: 'This customer has reached the number of reports that may be made. Use an earlier report, or ask Mastercard to raise the limit.',
};

/** Codes come from the body: one named like a property of every object must find nothing. */
const own = (table: Readonly<Record<string, string>>, key: string) => (Object.hasOwn(table, key) ? table[key] : undefined);

/** What a failed report's code means and what to do about it. */
export function explainProblem(code: string): string {
  const account = own(accountStates, code);
  return own(problems, code) ?? (account ? `An institution did not deliver: ${account}` : 'The API gives no more than this. If a second try fails the same way, ask support with the request id above.');
}

const accountStates: Readonly<Record<string, string>> = {
  102: 'the institution could not be reached; try later.',
  103: 'the sign-in was refused; the customer must give it again (Connect Fix).',
  106: 'the account no longer matches by name, number or type; add it again.',
  108: 'the institution waits for an answer of the customer on its own site.',
  109: 'the institution demands a new password.',
  169: 'the account is there twice.',
  185: 'a security question was not answered; sign in again (Connect Fix).',
  187: 'a security question was answered wrongly; sign in again (Connect Fix).',
  320: 'the institution could not be reached; try later.',
  325: 'the account is being read at this moment.',
  580: 'the institution could not be reached; try later.',
  945: 'the institution moved to OAuth and the customer has not consented yet.',
  946: 'the account is closed or was not found.',
  947: 'the institution\'s consent has expired; the customer must renew it.',
  948: 'the institution moved to OAuth and the customer has not signed in there yet.',
  5006: 'the account is being read at this moment.',
};

/** Whether a code says how the reading of an account went, rather than something of the request. */
export const isAccountState = (code: string): boolean => own(accountStates, code) !== undefined;

/** The account's state in words, by its aggregation status code. */
export function accountState(code: unknown): string {
  if (code === undefined || code === null || code === '') return '';
  const key = String(code);
  return key === '0' ? 'Up to date' : `${key}: ${own(accountStates, key) ?? 'needs attention.'}`;
}

// The one rule of signs. Documented: what comes into a deposit account is positive, what leaves it negative; cards, credit lines and investments
// have the opposite. Of loans nothing is documented: they are read like cards, since both are debts. That is a choice, and signNote says so.
const oppositeSign = new Set([
  'creditcard', 'lineofcredit', 'investment', 'investmenttaxdeferred', 'employeestockpurchaseplan', 'ira', '401k', 'roth', '403b', '529plan', '529', 'rollover', 'ugma', 'utma',
  'keogh', '457plan', '457', '401a', 'brokerageaccount', 'educationsavings', 'healthsavingsaccount', 'pension', 'profitsharingplan', 'roth401k', 'sepira', 'simpleira',
  'thriftsavingsplan', 'variableannuity', 'cryptocurrency',
]);

/** The API's five, and what else reports call them. */
const loans = new Set(['mortgage', 'loan', 'studentloan', 'studentloangroup', 'studentloanaccount', 'autoloan', 'homeequity', 'installment']);

const plainType = (accountType: unknown): string => (typeof accountType === 'string' ? accountType.toLowerCase().replace(/[\s_-]/g, '') : '');

/** A mortgage, a student loan or another loan that is paid back. */
export const isLoan = (accountType: unknown): boolean => loans.has(plainType(accountType));

/** Whether positive amounts of such an account count as money out: those of cards, credit lines, investments and loans. An unknown type counts as a deposit account. */
export const isOppositeSign = (accountType: unknown): boolean => oppositeSign.has(plainType(accountType)) || isLoan(accountType);

/** What an amount's sign means on an account of this type; undefined where the type is not known. */
export function signNote(accountType: unknown): string | undefined {
  if (typeof accountType !== 'string' || accountType === '') return undefined;
  if (isLoan(accountType)) return 'The API\'s description says nothing of a loan\'s signs. Its amounts are read like a card\'s: a charge such as interest is positive and counts as money out, a payment is negative and counts as money in.';
  return isOppositeSign(accountType)
    ? 'Amounts carry the institution\'s sign. Cards, credit lines and investments use the opposite of a deposit account: a purchase is usually positive, a payment or sale negative.'
    : 'Positive amounts came into the account, negative amounts went out.';
}
