// Micro-deposits as records: two small amounts on their way to an account outside, to be told back. Where they stand is worked out by the
// sandbox's clock when somebody asks. Whoever tests against them can know everything beforehand (the sandbox's README says it too):
// - Testing customers get 0.01 and 0.02 within a minute, and may verify them before that, as Mastercard's test banks allow.
// - Others get what the receiving number's last four digits say (…1234: 0.12 and 0.34, 00 counts as 01), a day later.
// - A receiving number ending in 9991 is rejected, in 9992 returned a day after arrival, in 9993 failed; in 9994 nothing can be started.
// - Three wrong tries use the attempts up; 14 days after arrival they expire.
import type { AccountEntity } from '../entities.ts';
import type { SandboxContext } from '../types.ts';
import { idSeries } from '../world/ids.ts';

const DAY = 86_400;
const ATTEMPTS = 3;
const DAYS_TO_VERIFY = 14;
/** Account types that such a deposit reaches. */
const REACHED = new Set(['checking', 'savings', 'moneyMarket']);

export interface MicroDepositRecord {
  /** The receiving account's id, ten digits; not among the customer's linked accounts. */
  accountId: string;
  customerId: string;
  routingNumber: string;
  accountNumber: string;
  accountType: string;
  name: string;
  memo?: string;
  callbackUrl?: string;
  createdDate: number;
  /** When the deposits reach the account, or when it is known that they will not. */
  arrivesDate: number;
  /** In cents. */
  amounts: readonly [number, number];
  fate: 'arrives' | 'Rejected' | 'Returned' | 'Failed';
  /** May be verified while still pending. */
  atOnce: boolean;
  wrongTries: number;
  verifiedDate?: number;
  /** The linked account in which they are found on arrival. */
  foundIn?: string;
}

export type MicroDepositStatus = 'Pending' | 'Completed' | 'Verified' | 'Rejected' | 'Returned' | 'Failed' | 'Expired';

export const DESCRIPTIONS: Readonly<Record<MicroDepositStatus, string>> = {
  Pending: 'The deposits are on their way',
  Completed: 'The deposits have arrived and wait to be verified',
  Verified: 'The amounts were verified',
  Rejected: 'The receiving bank rejected the deposits',
  Returned: 'The receiving bank sent the deposits back',
  Failed: 'The deposits failed',
  Expired: 'The deposits were not verified in time',
};

const ENDINGS: Readonly<Record<string, MicroDepositRecord['fate']>> = { 9991: 'Rejected', 9992: 'Returned', 9993: 'Failed' };
const bag = ({ state }: Pick<SandboxContext, 'state'>) => state.bag<MicroDepositRecord>('microDeposits');

export const cannotBeStarted = (accountNumber: string) => accountNumber.endsWith('9994');
export const attemptsUsedUp = (record: MicroDepositRecord) => record.wrongTries >= ATTEMPTS;

export function statusOf(record: MicroDepositRecord, now: number): MicroDepositStatus {
  const { arrivesDate, fate, foundIn, verifiedDate } = record;
  if (verifiedDate !== undefined) return 'Verified';
  if (attemptsUsedUp(record)) return 'Failed';
  if (now < arrivesDate) return 'Pending';
  if (fate === 'Returned') return now < arrivesDate + DAY ? 'Completed' : 'Returned';
  if (fate !== 'arrives') return fate;
  if (foundIn !== undefined) return 'Verified';
  return now < arrivesDate + DAYS_TO_VERIFY * DAY ? 'Completed' : 'Expired';
}

export const mayBeVerified = (record: MicroDepositRecord, now: number) => {
  const status = statusOf(record, now);
  return status === 'Completed' || (status === 'Pending' && record.atOnce);
};

export function microDepositsOf(context: Pick<SandboxContext, 'state'>, customerId: string): MicroDepositRecord[] {
  return bag(context).entries().map(([, record]) => record).filter((record) => record.customerId === customerId);
}

/** The deposits that were sent under an account id; undefined when none were, or not by this customer. */
export function microDeposit(context: Pick<SandboxContext, 'state'>, customerId: string, accountId: string): MicroDepositRecord | undefined {
  const record = bag(context).get(accountId);
  return record?.customerId === customerId ? record : undefined;
}

export function keep(context: Pick<SandboxContext, 'state'>, record: MicroDepositRecord): MicroDepositRecord {
  bag(context).put(record.accountId, record);
  return record;
}

export interface Receiver {
  routingNumber: string;
  accountNumber: string;
  accountType: string;
  name: string;
  memo?: string;
}

/** Sends the deposits. Those to an account that the customer has linked can be seen among its transactions when they arrive. */
export function startMicroDeposits(
  context: SandboxContext, customerId: string, receiver: Receiver, { institutionLoginId, callbackUrl }: { institutionLoginId?: string; callbackUrl?: string },
): MicroDepositRecord {
  const { state, world, now } = context;
  const testing = state.customers.get(customerId)?.type === 'testing';
  const fate = ENDINGS[receiver.accountNumber.slice(-4)] ?? 'arrives';
  const linked = state.accounts.of(customerId).filter((account) => account.number === receiver.accountNumber && REACHED.has(account.type));
  const record = keep(context, {
    accountId: idSeries(world.seed, 'micro-deposit account', 4).at(state.next('microDeposit')), customerId, ...receiver, callbackUrl,
    createdDate: now(), arrivesDate: now() + (testing ? 60 : DAY), amounts: testing ? [1, 2] : amountsOf(receiver.accountNumber), fate,
    atOnce: testing && fate === 'arrives', wrongTries: 0,
    foundIn: linked.find((account) => String(account.institutionLoginId) === institutionLoginId)?.id,
  });
  const receiving = linked[0];
  if (receiving && (fate === 'arrives' || fate === 'Returned')) book(context, record, receiving);
  return record;
}

function amountsOf(accountNumber: string): [number, number] {
  const digits = accountNumber.slice(-4).padStart(4, '0');
  return [Number(digits.slice(0, 2)) || 1, Number(digits.slice(2)) || 1];
}

function book({ state }: SandboxContext, { amounts, arrivesDate, memo }: MicroDepositRecord, account: AccountEntity): void {
  for (const cents of amounts) {
    state.injected.add({
      id: 99_000_000_000 + state.next('transaction'), accountId: account.id, customerId: account.customerId, amount: cents / 100, status: 'active',
      description: 'ACCOUNT VERIFY ACH CREDIT', memo, type: 'credit', transactionDate: arrivesDate, postedDate: arrivesDate, createdDate: arrivesDate,
      category: 'Transfer', payee: 'Account Verify',
    });
  }
}
