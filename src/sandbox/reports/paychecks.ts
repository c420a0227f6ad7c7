// Who employs a person and what they were paid, read from the deposits of their accounts: the source of payroll reports and of what stands
// on uploaded pay statements. A person's own paychecks come every other week; what comes on other days is somebody else's pay into a joint
// account. Banks see net pay; gross is estimated as the income reports do. Somebody without linked deposit accounts, or whose accounts show
// no paychecks (only for pay statements), has pay as a salaried person would, from an account that is nobody's.
import type { AccountEntity, ConsumerEntity, CustomerEntity, TransactionEntity } from '../entities.ts';
import { round, rowsOf } from '../handlers/accountAccess.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';
import { places, streets } from '../world/names.ts';
import { DAY } from '../world/streams.ts';
import { originDay } from '../world/transactions.ts';
import { gross } from './income.ts';

export interface Paycheck {
  kind: 'base' | 'bonus';
  date: number;
  /** First and last day of the pay period. */
  from: number;
  to: number;
  net: number;
  gross: number;
  /** Where it was paid to; undefined when no linked account shows it. */
  account?: AccountEntity;
}

export interface Employment {
  employer: string;
  id: string;
  payrollAccountId: string;
  /** Oldest first; never empty. */
  paychecks: readonly Paycheck[];
  hired: number;
  /** Undefined while it lasts. */
  ended?: number;
  hourly: boolean;
  address: { address1: string; city: string; state: string; zip: string };
  ein: string;
  provider: string;
  title: string;
}

export interface PayFacts {
  customer: CustomerEntity;
  consumer: ConsumerEntity | undefined;
  /** Deposit accounts as they were at the moment. */
  accounts: readonly AccountEntity[];
  at: number;
  context: Pick<SandboxContext, 'state' | 'world'>;
}

export const CADENCE = 14;
const DEPOSIT = new Set(['checking', 'savings', 'moneyMarket']);
/** Nobody who is paid goes without for so many days; longer, and the employment has ended. */
const LONGEST_PAUSE = 50;
const PROVIDERS = ['Tallybook Payroll', 'Paylane', 'Quillstub', 'Evenweek Payroll Services'] as const;
const TITLES = ['Operations Coordinator', 'Shift Lead', 'Account Specialist', 'Field Technician', 'Program Analyst', 'Office Manager'] as const;

export const depositAccounts = (accounts: readonly AccountEntity[]) => accounts.filter(({ type, status }) => status === 'active' && DEPOSIT.has(type));

/** The person's employments, oldest first; none when the linked accounts show no paychecks. */
export function employmentsOf(facts: PayFacts): Employment[] {
  const { accounts, customer } = facts;
  return employments(facts, accounts.length > 0 ? accounts : [standIn(customer)], accounts.length > 0);
}

/** The same, for a person who holds a pay statement in hand: there is always an employment. */
export function employmentsOnPaper(facts: PayFacts): Employment[] {
  const found = employmentsOf(facts);
  return found.length > 0 ? found : employments(facts, [standIn(facts.customer)], false);
}

/** An account that is not linked anywhere, with the pay of a salaried person. */
const standIn = ({ id, createdDate }: CustomerEntity): AccountEntity => ({
  id: `9${id}`, customerId: id, institutionId: 0, institutionLoginId: 0, type: 'checking', name: 'Pay', number: '0000000000', currency: 'USD', marketSegment: 'personal', status: 'active', aggregationStatusCode: 0,
  createdDate, historyFrom: 0, stream: 'salaryChecking', openingBalance: 0,
});

interface Deposit { row: TransactionEntity; account: AccountEntity }

function employments(facts: PayFacts, accounts: readonly AccountEntity[], linked: boolean): Employment[] {
  const { context, at } = facts;
  const asOf = { ...context, now: () => at };
  const deposits = accounts.flatMap((account) => {
    // Payroll knows what was paid, whether the bank could be read or not.
    const held = { ...account, historyFrom: 0, aggregationSuccessDate: at, aggregationStatusCode: 0 };
    return rowsOf(asOf, held, 0, at).filter((row) => row.status === 'active' && row.amount > 0 && (row.category === 'Paycheck' || row.category === 'Bonus')).map((row): Deposit => ({ row, account }));
  }).sort((a, b) => a.row.transactionDate - b.row.transactionDate);
  const byEmployer = ownPaychecks(deposits);
  const earliest = Math.min(...accounts.map((account) => originDay(account) * DAY));
  return byEmployer.map((own, which) => {
    const [first, last] = [own[0]?.row.transactionDate ?? 0, own.at(-1)?.row.transactionDate ?? 0];
    const bonuses = deposits.filter(({ row }) => row.category === 'Bonus' && row.payee === own[0]?.row.payee && row.transactionDate >= first && row.transactionDate <= last + CADENCE * DAY);
    return employment([...own, ...bonuses].sort((a, b) => a.row.transactionDate - b.row.transactionDate), { facts, linked, known: first - earliest > 20 * DAY, over: which < byEmployer.length - 1 });
  });
}

/** The person's own paychecks by employer, in the order of employment: those on the day of the fortnight on which most come, if they come every fortnight. */
function ownPaychecks(deposits: readonly Deposit[]): Deposit[][] {
  const dayOf = ({ row }: Deposit) => Math.floor(row.transactionDate / DAY);
  const checks = deposits.filter(({ row }) => row.category === 'Paycheck');
  const counts = new Map<number, number>();
  for (const check of checks) counts.set(dayOf(check) % CADENCE, (counts.get(dayOf(check) % CADENCE) ?? 0) + 1);
  const [payDay] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const byEmployer = new Map<string, Deposit[]>();
  for (const check of checks) if (dayOf(check) % CADENCE === payDay) byEmployer.set(check.row.payee, [...(byEmployer.get(check.row.payee) ?? []), check]);
  // A partner's monthly pay falls on such a day now and then.
  return [...byEmployer.values()].filter((own) => {
    const gaps = own.slice(1).map((check, at) => dayOf(check) - dayOf(own[at] as Deposit)).sort((a, b) => a - b);
    return gaps.length > 0 && (gaps[gaps.length >> 1] as number) <= CADENCE;
  });
}

const midnight = (moment: number) => Math.floor(moment / DAY) * DAY;

function paycheck({ row, account }: Deposit, linked: boolean): Paycheck {
  const to = midnight(row.transactionDate) - 5 * DAY;
  return {
    kind: row.category === 'Bonus' ? 'bonus' : 'base', date: midnight(row.transactionDate), from: to - (CADENCE - 1) * DAY, to, net: row.amount, gross: gross(row.amount), ...(linked ? { account } : {}),
  };
}

/** `known`: the first paycheck that the ledger holds is the first there was. `over`: another employer came after. */
function employment(deposits: readonly Deposit[], { facts, linked, known, over }: { facts: PayFacts; linked: boolean; known: boolean; over: boolean }): Employment {
  const { customer, at, context: { world: { seed } } } = facts;
  const paychecks = deposits.map((deposit) => paycheck(deposit, linked));
  const base = paychecks.filter(({ kind }) => kind === 'base');
  const [first, last] = [base[0] as Paycheck, base.at(-1) as Paycheck];
  const employer = deposits[0]?.row.payee ?? '';
  const firm = seedRandom(seed, 'employer', employer);
  const own = seedRandom(seed, 'employment', customer.id, employer);
  const [city, state, zip] = firm.pick(places);
  const address = { address1: `${firm.int(100, 9900)} ${firm.pick(streets)}`, city, state, zip: zip + firm.digits(2) };
  return {
    employer, id: own.hex(16), payrollAccountId: uuidFrom(own), paychecks, hired: known ? first.from : first.from - own.int(200, 2600) * DAY, hourly: mean(base.map((check) => check.gross)) * 26 < 25_000,
    address, ein: `9${firm.digits(8)}`, provider: firm.pick(PROVIDERS), title: own.pick(TITLES), ...(over || at - last.date > LONGEST_PAUSE * DAY ? { ended: last.to } : {}),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

// --- what a paycheck is made of

/** What an hour is paid; hours follow from the pay. */
export const HOURLY_RATE = 14.5;

export interface Withheld { type: string; line: string; description: string; amount: number }

const SHARES: readonly (readonly [type: string, line: string, description: string, share: number])[] = [
  ['Social security tax', 'tax 1', 'Social Security', 0.062], ['Medicare tax', 'tax 2', 'Medicare', 0.0145], ['State tax', 'tax 3', 'State Income Tax', 0.0335],
  ['Retirement deductions', 'retirement 1', 'Retirement Plan', 0.03], ['Benefit deductions', 'benefit 1', 'Health Insurance', 0.02],
];

/** What was kept back of a gross amount; the federal tax is what remains, so that gross less all of it is the net. */
export function withheld(grossPay: number, net: number): Withheld[] {
  const others = SHARES.map(([type, line, description, share]): Withheld => ({ type, line, description, amount: round(grossPay * share) }));
  const rest = round(grossPay - net - others.reduce((sum, { amount }) => sum + amount, 0));
  return [{ type: 'Federal tax', line: 'tax 4', description: 'Federal Income Tax', amount: rest }, ...others];
}

const yearOf = (moment: number) => new Date(moment * 1000).getUTCFullYear();
/** A figure of the paychecks of the same year up to and with this one, added up. */
export function yearToDate(employment: Employment, until: Paycheck, pick: (check: Paycheck) => number, kind?: Paycheck['kind']): number {
  return round(employment.paychecks.reduce((sum, check) => (check.date <= until.date && yearOf(check.date) === yearOf(until.date) && (kind === undefined || check.kind === kind) ? sum + pick(check) : sum), 0));
}

/** Before deductions, of an average month: base from the latest paychecks, bonuses of the last year. */
export function monthlyPay({ paychecks }: Employment, until: number): { base: number; bonus: number } {
  const before = paychecks.filter((check) => check.date <= until);
  const base = before.filter(({ kind }) => kind === 'base').slice(-6);
  const bonus = before.filter((check) => check.kind === 'bonus' && check.date > until - 365 * DAY);
  return { base: round((mean(base.map((check) => check.gross)) * 26) / 12), bonus: round(bonus.reduce((sum, check) => sum + check.gross, 0) / 12) };
}
