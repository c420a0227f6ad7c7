// Account validation assistance: sends micro-deposits, tells where they stand, takes the amounts. What is when and how much stands in
// microDepositRecords.ts. Quirks kept: initiating answers 200, dates have no zone, too many initiations are 429 without a body (so is a
// Test Drive plan), and a verification error's `status` is the deposits' state.
import { DEMO_CREDENTIALS } from '../partners.ts';
import { notFound } from '../errors.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { last4 } from './accountAccess.ts';
import {
  attemptsUsedUp, cannotBeStarted, DESCRIPTIONS, keep, mayBeVerified, microDeposit, microDepositsOf, startMicroDeposits, statusOf,
} from './microDepositRecords.ts';
import type { MicroDepositRecord, Receiver } from './microDepositRecords.ts';

const A_DAY = 86_400;
/** Initiations of one customer within a day. */
const MOST_A_DAY = 5;
const RAIL = 'ach';

interface Initiation {
  institutionLoginId?: string;
  receiver: Receiver;
  callbackUrl?: string;
}

function checkReceiver({ name, memo = '' }: Receiver): void {
  if (!/\p{L}/u.test(name) || /[<>{}\\\p{Cc}]/u.test(name)) throw new ApiFault(400, 3100001, 'Invalid account name');
  if (memo.length > 80 || /[^ -~]/.test(memo) || /[<>{}\\]/.test(memo)) throw new ApiFault(400, 3000003, 'Invalid memo');
}

function checkKnown(earlier: readonly MicroDepositRecord[], receiver: Receiver, now: number): void {
  const same = earlier.filter(({ routingNumber, accountNumber }) => routingNumber === receiver.routingNumber && accountNumber === receiver.accountNumber);
  const states = same.map((one) => statusOf(one, now));
  const underWay = states.includes('Pending') || states.includes('Completed');
  if (underWay) throw new ApiFault(409, 3100001, 'Micro-deposits to this account are under way already');
  if (states.includes('Verified')) throw new ApiFault(400, 3100001, 'The account exists already');
}

function theDeposits({ path }: SandboxRequest, context: SandboxContext): MicroDepositRecord {
  const found = microDeposit(context, path.customerId ?? '', path.accountId ?? '');
  if (!found) throw notFound();
  return found;
}

function standing(record: MicroDepositRecord, now: number) {
  const status = statusOf(record, now);
  return { status, statusDescription: DESCRIPTIONS[status] };
}

/** Tells the listener, if there is one. What the API sends is not public; the sandbox sends the state and whose it is. */
function tell(record: MicroDepositRecord, context: SandboxContext): void {
  if (!record.callbackUrl) return;
  const { customerId, accountId } = record;
  const body = JSON.stringify({ customerId, accountId, ...standing(record, context.now()) });
  context.notify({ url: record.callbackUrl, headers: { 'content-type': 'application/json' }, body });
}

/** Looks about once a second whether pending deposits have arrived, and tells so. The timer holds no process open. */
function watch(record: MicroDepositRecord, context: SandboxContext): void {
  if (!record.callbackUrl) return;
  const timer = setTimeout(() => {
    const current = microDeposit(context, record.customerId, record.accountId);
    if (current?.createdDate !== record.createdDate || current.verifiedDate !== undefined || attemptsUsedUp(current)) return;
    if (statusOf(current, context.now()) === 'Pending') watch(record, context);
    else tell(current, context);
  }, 1000);
  timer.unref();
}

/** In cents; whole cents below a dollar, as the deposits are. */
function centsOf(body: unknown): number[] {
  return (body as { amounts: number[] }).amounts.map((amount) => {
    const cents = Math.round(amount * 100);
    if (Math.abs(amount * 100 - cents) > 1e-6) throw new ApiFault(400, 3000003, 'Invalid amount format');
    return cents;
  });
}

const sorted = (amounts: readonly number[]) => [...amounts].sort((a, b) => a - b).join();

export const microDepositHandlers: Handlers = {
  InitiateMicroAmountDeposits: ({ path, headers, body }, context) => {
    if (headers['finicity-app-key'] === DEMO_CREDENTIALS.testDriveAppKey) return { status: 429 };
    const customerId = path.customerId as string;
    const { receiver, ...more } = body as Initiation;
    const { routingNumber, accountNumber, accountType, name, memo } = receiver;
    checkReceiver(receiver);
    const earlier = microDepositsOf(context, customerId);
    checkKnown(earlier, receiver, context.now());
    if (earlier.filter(({ createdDate }) => context.now() - createdDate < A_DAY).length >= MOST_A_DAY) return { status: 429 };
    if (cannotBeStarted(accountNumber)) throw new ApiFault(400, 3200001, 'The micro-deposits could not be started');
    const record = startMicroDeposits(context, customerId, { routingNumber, accountNumber, accountType, name, memo }, more);
    tell(record, context);
    watch(record, context);
    const { accountId, amounts } = record;
    return { status: 200, json: { accountId, ...standing(record, context.now()), depositCount: amounts.length, railType: RAIL } };
  },
  GetMicroDepositsDetails: (request, context) => {
    const record = theDeposits(request, context);
    const found = record.foundIn !== undefined && record.verifiedDate === undefined && statusOf(record, context.now()) === 'Verified';
    return {
      status: 200,
      json: {
        ...standing(record, context.now()), creationDate: new Date(record.createdDate * 1000).toISOString().slice(0, 19),
        routingNumber: record.routingNumber, accountNumberLast4: last4({ number: record.accountNumber }),
        autoVerifiedAccount: found ? Number(record.foundIn) : undefined, railType: RAIL,
      },
    };
  },
  VerifyMicroAmountDeposits: (request, context) => {
    const amounts = centsOf(request.body);
    const record = theDeposits(request, context);
    const now = context.now();
    if (attemptsUsedUp(record)) throw new ApiFault(400, 3200003, 'Too many wrong amounts were sent', standing(record, now));
    if (!mayBeVerified(record, now)) throw new ApiFault(400, 3200002, `Microdeposit is in ${statusOf(record, now)} status`, standing(record, now));
    if (sorted(amounts) !== sorted(record.amounts)) {
      const tried = keep(context, { ...record, wrongTries: record.wrongTries + 1 });
      if (attemptsUsedUp(tried)) tell(tried, context);
      throw new ApiFault(400, 3200004, 'The amounts differ from those that were sent', standing(tried, now));
    }
    const verified = keep(context, { ...record, verifiedDate: now });
    tell(verified, context);
    return { status: 200, json: standing(verified, now) };
  },
};
