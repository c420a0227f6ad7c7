// Payments: numbers for ACH, RTP and FedNow, balances live and cached, loan payment details. Quirks kept: v1 of the numbers takes a cd, v3
// does not; the cached balance is there for an account that cannot be read; a bank's tokens stand in for its numbers in both versions.
import type { AccountEntity } from '../entities.ts';
import { hashText, seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handlers } from '../types.ts';
import { last4, theAccount } from './accountAccess.ts';
import { balancesWithin, cachedBalances, demandAccess, DEPOSITS, institutionOf, notOffered } from './bankAccess.ts';
import type { Access, Balances, Money } from './bankAccess.ts';
import { loanDetails, LOANS } from './loanPayments.ts';

const ACH: Access = { product: 'ach', types: DEPOSITS };
const RAILS: Access = { product: 'ach', types: new Set(['checking', 'savings', 'moneyMarket']) };
const BALANCE: Access = { product: 'availBalance', types: DEPOSITS };

export const paymentHandlers: Handlers = {
  GetAccountACHDetails: (request, context) => {
    const account = theAccount(request, context);
    demandAccess(account, ACH, context);
    const { routingNumber, accountNumber } = achOf(account, context);
    return { status: 200, json: { routingNumber, realAccountNumber: accountNumber } };
  },
  GetAccountPaymentInstructionDetails: (request, context) => {
    const account = theAccount(request, context);
    demandAccess(account, RAILS, context);
    return { status: 200, json: { paymentInstruction: [achInstruction(account, context), ...instantRails(account, context)] } };
  },
  GetAvailableBalanceLive: (request, context) => {
    const account = theAccount(request, context);
    const refused = notOffered(account, BALANCE, context);
    if (refused) throw refused;
    return { status: 200, json: wireBalance(account, balancesWithin(account, Number(request.query.balance_cache_interval), context)) };
  },
  GetAvailableBalance: (request, context) => {
    const account = theAccount(request, context);
    const refused = notOffered(account, BALANCE, context);
    if (refused) throw refused;
    return { status: 200, json: wireBalance(account, cachedBalances(account, context)) };
  },
  GetLoanPaymentDetails: (request, context) => {
    const account = theAccount(request, context);
    demandAccess(account, { product: 'loanPaymentDetails', types: LOANS }, context);
    return { status: 200, json: loanDetails(account, context) };
  },
};

interface AchNumbers { routingNumber: string; accountNumber: string; tanEnabled: boolean }

/** Canadian accounts and banks without a routing number are out of ACH's reach. */
function achOf(account: AccountEntity, context: Money): AchNumbers {
  const institution = institutionOf(account, context);
  const numbers = institution?.routingNumbers ?? [];
  const routingNumber = numbers[hashText(String(account.institutionLoginId)) % Math.max(1, numbers.length)];
  if (routingNumber === undefined || account.currency !== 'USD') throw new ApiFault(400, 20000, 'Routing number not found');
  // Some of the banks that are signed in to by OAuth never give the number itself away.
  const tanEnabled = institution?.oauthEnabled === true && hashText(`tokens ${institution.id}`) % 2 === 0;
  return { routingNumber, tanEnabled, accountNumber: tanEnabled ? `9${seedRandom(context.world.seed, 'token', account.id).digits(16)}` : account.number };
}

const routing = (value: string) => [{ type: 'routingNumber', value }];

export function achInstruction(account: AccountEntity, context: Money) {
  const { routingNumber, accountNumber, tanEnabled } = achOf(account, context);
  return { type: 'ach', accountNumber, tanEnabled, descriptors: routing(routingNumber) };
}

/** The instant rails that the bank takes part in; money leaves by them from checking alone. Test banks have both. */
function instantRails(account: AccountEntity, context: Money) {
  const { routingNumber } = achOf(account, context);
  const institution = institutionOf(account, context);
  return ['rtp', 'fedNow'].filter((type) => institution?.test || hashText(`${type} ${account.institutionId}`) % 3 > 0).map((type) => ({
    type, accountNumber: account.number, tanEnabled: false, descriptors: routing(routingNumber), transferInEnabled: true, transferOutEnabled: account.type === 'checking',
  }));
}

const wireBalance = (account: AccountEntity, { available, cleared, at }: Balances) => ({
  id: Number(account.id), realAccountNumberLast4: last4(account), availableBalance: available, availableBalanceDate: at, clearedBalance: cleared, clearedBalanceDate: at,
  aggregationStatusCode: account.aggregationStatusCode, currency: account.currency,
});
