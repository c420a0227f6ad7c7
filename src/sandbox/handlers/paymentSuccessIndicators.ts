// Payment success indicators: asked for and fetched (with FCRA or without, ids of one unknown to the other), and the legacy GETs. A score
// takes four seconds of the sandbox's clock and is what it was when asked for. An account that cannot be read ends in FAILURE, with its
// aggregation code in place of both results; the legacy GETs answer it under HTTP 500.
import type { AccountEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { rowsOf, theAccount } from './accountAccess.ts';
import { aggregationMessage, unreachable } from './bankAccess.ts';
import { consumerFlag } from './generateReport.ts';
import { daysFor, settlementRisk, unauthorizedScore } from './paymentRisk.ts';
import type { Payer, Reasons } from './paymentRisk.ts';
import { checkPurpose, purposeDemanded } from './permissiblePurpose.ts';

const READY_AFTER = 4;
const TYPES = new Set(['checking', 'savings', 'moneyMarket']);

interface Payment { settleByDate: string; amount: number }
interface DailyResult { potentialSettlementDate: string; score: number; indicator: string; reasons?: Reasons }
interface Indicators {
  payRequestId: string;
  fcra: boolean;
  customerId: string;
  accountId: string;
  createdDate: number;
  transaction: Payment;
  /** The aggregation code that it fails with. */
  failure?: number;
  dispute?: boolean;
  nsf?: { availableBalance: number; dailyResults: DailyResult[] };
  unauthorized?: number;
}

const bag = ({ state }: SandboxContext) => state.bag<Indicators>('paymentIndicators');
const dateOf = (moment: number) => new Date(moment * 1000).toISOString().slice(0, 10);
const inWords = (score: number) => (score >= 70 ? 'Low Risk' : score >= 40 ? 'Medium Risk' : 'High Risk');

export const paymentSuccessIndicatorHandlers: Handlers = {
  GeneratePaymentSuccessIndicators: start(false),
  GenerateFcraPaymentSuccessIndicators: start(true),
  GetPaymentSuccessIndicators: fetched(false),
  GetFcraPaymentSuccessIndicators: fetched(true),
  GetPaymentSuccessIndicator: (request, context) => legacy(request, context, false),
  GetFCRAPaymentSuccessIndicator: (request, context) => legacy(request, context, true),
};

// --- what is checked

/** Order: the account, its status, the date, the customer's e-mail, the account's transactions. */
function checkPayment(account: AccountEntity, { settleByDate, amount }: Payment, fcra: boolean, context: SandboxContext): void {
  const { state, now } = context;
  if (!TYPES.has(account.type)) throw new ApiFault(400, 1001, 'Account Error - use different account');
  if (account.status === 'pending') throw new ApiFault(400, 10013, 'Only active accounts can be used, please use a different account');
  if (!(amount > 0)) throw new ApiFault(400, 1618, 'Negative or invalid value entered. Please use positive numbers only.');
  if (!isDate(settleByDate)) throw new ApiFault(400, 10007, 'settleByDate is the incorrect type');
  if (settleByDate < dateOf(now())) throw new ApiFault(400, 10006, 'settleByDate must not be in the past');
  if (fcra && !state.customers.get(account.customerId)?.email) throw new ApiFault(400, 12022, 'An email is required when registering a customer for PSI-FCRA');
  if (rowsOf(context, account, 0, now()).length === 0) throw new ApiFault(400, 10008, 'account has no transactions');
}

/** A day of the calendar, which the pattern of a date does not see to. */
const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function checkPayer(payer: Payer | undefined): void {
  if (payer?.phone && !payer.phone.number && !payer.email) throw new ApiFault(400, 10009, 'user.phone.number is a required parameter');
}

// --- asked for and fetched

function start(fcra: boolean): Handler {
  return (request, context) => {
    const account = theAccount(request, context);
    const { state, now } = context;
    const { transaction: { settleByDate, amount }, user } = request.body as { transaction: Payment; user?: Payer };
    const flag = fcra ? consumerFlag(state.consumers.of(account.customerId)[0], context) : undefined;
    if (fcra) checkPurpose(request.query.purpose || undefined, purposeDemanded(context));
    if (flag === 'freeze') throw new ApiFault(403, 10405, 'An active security freeze for this customer exists.', { status: '403' });
    checkPayment(account, { settleByDate, amount }, fcra, context);
    checkPayer(user);
    const head = {
      payRequestId: newId(context), fcra, customerId: account.customerId, accountId: account.id, createdDate: now(), transaction: { settleByDate, amount },
      ...(flag === 'dispute' ? { dispute: true } : {}),
    };
    const failed = unreachable(account);
    const made: Indicators = failed ? { ...head, failure: failed.code } : { ...head, ...scores(account, head.transaction, user, context) };
    bag(context).put(made.payRequestId, made);
    return { status: 202, json: wire(made, false, context) };
  };
}

function fetched(fcra: boolean): Handler {
  return (request, context) => {
    const account = theAccount(request, context);
    const found = bag(context).get(request.path.payRequestId ?? '');
    if (found?.accountId !== account.id || found.fcra !== fcra) throw new ApiFault(404, 14001, 'Resource not found.');
    return { status: 200, json: wire(found, request.query.include_reasons === 'true', context) };
  };
}

const newId = ({ state, world }: SandboxContext) => `4${seedRandom(world.seed, 'pay request', state.next('payRequest')).digits(17)}`;

function scores(account: AccountEntity, { settleByDate, amount }: Payment, payer: Payer | undefined, context: SandboxContext): Pick<Indicators, 'nsf' | 'unauthorized'> {
  const { availableBalance, days } = settlementRisk(account, amount, daysFor(settleByDate, context.now()), context);
  return {
    nsf: { availableBalance, dailyResults: days.map(({ date, score, reasons }) => ({ potentialSettlementDate: date, score, indicator: inWords(score), reasons })) },
    unauthorized: unauthorizedScore(account, payer, context),
  };
}

function wire({ payRequestId, customerId, accountId, createdDate, transaction, failure, dispute, nsf, unauthorized }: Indicators, reasons: boolean, { now }: SandboxContext) {
  const status = now() < createdDate + READY_AFTER ? 'IN PROGRESS' : failure === undefined ? 'SUCCESS' : 'FAILURE';
  const head = { payRequestId, status, customerId, accountId, requestDate: dateOf(createdDate), transaction };
  if (status === 'IN PROGRESS') return head;
  if (failure !== undefined) {
    const error = { code: failure, status: '500', message: aggregationMessage(failure) };
    return { ...head, nsfReturnRisk: { error }, unauthorizedReturnRisk: { error } };
  }
  const { availableBalance = 0, dailyResults = [] } = nsf ?? {};
  const score = unauthorized ?? 0;
  return {
    ...head,
    nsfReturnRisk: {
      result: {
        ...(dispute ? { disputeStatement: 'An active dispute for this customer exists.' } : {}), availableBalance,
        dailyResults: dailyResults.map(({ reasons: why, ...day }) => (reasons ? { ...day, reasons: why } : day)),
      },
    },
    unauthorizedReturnRisk: { result: { score, indicator: inWords(score) } },
  };
}

// --- legacy

const chance = (score: number) => (score >= 70 ? 'Highly Likely to Settle' : score >= 40 ? 'Likely to Settle' : 'Less Likely to Settle');

function legacy(request: SandboxRequest, context: SandboxContext, fcra: boolean) {
  const account = theAccount(request, context);
  const { settleByDate = '', settlementAmount: text } = request.query;
  const settlementAmount = Number(text);
  checkPayment(account, { settleByDate, amount: settlementAmount }, fcra, context);
  const failed = unreachable(account);
  if (failed) throw failed;
  const { availableBalance, days } = settlementRisk(account, settlementAmount, daysFor(settleByDate, context.now()), context);
  const warning = settlementAmount > availableBalance ? { code: '2000', message: 'Successful Warning - settlement amount exceeds available balance' } : {};
  return {
    status: 200,
    json: {
      ...warning, customerId: account.customerId, accountId: account.id, payReqId: newId(context), settleByDate, settlementAmount, availableBalance,
      indicatorsByDay: days.map(({ date, score, reasons }) => ({ potentialSettlementDate: date, compositeScore: score, scoreIndicator: chance(score), reasons })),
    },
  };
}
