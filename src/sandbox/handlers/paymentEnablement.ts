// The payment enablement bundle: balance, owners and ACH numbers of accounts at once. What cannot be had does not fail the call but stands
// in the account's errors, with its code as text. Moments are ISO 8601 here.
import type { AccountEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { last4, theAccount } from './accountAccess.ts';
import { simpleAccount } from './accountWire.ts';
import { balancesWithin, demandAccess, DEPOSITS, institutionOf, notOffered } from './bankAccess.ts';
import { holdersOf, OWNER } from './identity.ts';
import { achInstruction } from './payments.ts';

const PARTS = ['balanceDetails', 'paymentInstruction', 'accountIdentity'] as const;
type Part = (typeof PARTS)[number];

const iso = (moment: number) => new Date(moment * 1000).toISOString();

function wantedParts({ include }: Readonly<Record<string, string>>): readonly Part[] {
  if (!include?.trim()) return PARTS;
  const names = include.split(',').map((name) => name.trim());
  if (names.some((name) => !PARTS.some((part) => part === name))) {
    throw new ApiFault(400, 12019, "fields parameter value must be 'balanceDetails','paymentInstruction' and 'accountIdentity'");
  }
  return PARTS.filter((part) => names.includes(part));
}

const bundle = (accountsOf: (request: SandboxRequest, context: SandboxContext) => AccountEntity[]): Handler => (request, context): SandboxReply => {
  const found = accountsOf(request, context);
  const wanted = wantedParts(request.query);
  const minutes = Number(request.query.balance_cache_interval);
  const accounts = found.map((account) => one(account, wanted, minutes, context));
  const having = (part: Part) => accounts.filter((account) => part in account).length;
  return {
    status: 200,
    json: {
      customerId: request.path.customerId, errorCount: accounts.reduce((sum, { errors = [] }) => sum + errors.length, 0), accountCount: accounts.length,
      accountIdentitySuccessCount: having('accountIdentity'), balanceDetailsSuccessCount: having('balanceDetails'),
      paymentInstructionSuccessCount: having('paymentInstruction'), accounts,
    },
  };
};

export const paymentEnablementHandlers: Handlers = {
  GetAccountDetailsByAccountId: bundle((request, context) => [theAccount(request, context)]),
  GetAccountDetailsByInstitutionLoginId: bundle(({ path }, { state }) => {
    const own = state.accounts.of(path.customerId ?? '');
    const found = own.filter(({ status, institutionLoginId }) => status === 'active' && String(institutionLoginId) === path.institutionLoginId);
    if (found.length === 0) throw new ApiFault(404, 38007, 'Customer does not have any accounts associated with institutionLoginId.');
    return found;
  }),
};

interface Bundled { errors?: { fieldName: Part; code: string; description: string }[]; [field: string]: unknown }

function one(account: AccountEntity, wanted: readonly Part[], minutes: number, context: SandboxContext): Bundled {
  const made: Record<string, unknown> = {};
  const errors: NonNullable<Bundled['errors']> = [];
  for (const part of wanted) {
    try {
      made[part] = MAKERS[part](account, minutes, context);
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      errors.push({ fieldName: part, code: String(error.code), description: error.message });
    }
  }
  return {
    id: account.id, ...(DEPOSITS.has(account.type) ? { realAccountNumberLast4: last4(account) } : {}),
    institutionId: String(account.institutionId), institutionName: institutionOf(account, context)?.name ?? '', institutionLoginId: account.institutionLoginId,
    accountDetails: detailsOf(account, context), ...made, ...(errors.length > 0 ? { errors } : {}),
  };
}

const MAKERS: Readonly<Record<Part, (account: AccountEntity, minutes: number, context: SandboxContext) => unknown>> = {
  balanceDetails: (account, minutes, context) => {
    const refused = notOffered(account, { product: 'availBalance', types: DEPOSITS }, context);
    if (refused) throw refused;
    const { available, cleared, at } = balancesWithin(account, minutes, context);
    return {
      id: Number(account.id), realAccountNumberLast4: last4(account), availableBalance: available, availableBalanceDate: iso(at),
      clearedBalance: cleared, clearedBalanceDate: iso(at), aggregationStatusCode: account.aggregationStatusCode, currency: account.currency,
    };
  },
  paymentInstruction: (account, _minutes, context) => {
    demandAccess(account, { product: 'ach', types: DEPOSITS }, context);
    return achInstruction(account, context);
  },
  accountIdentity: (account, _minutes, context) => {
    demandAccess(account, OWNER, context);
    return holdersOf(account, false, context);
  },
};

function detailsOf(account: AccountEntity, context: SandboxContext) {
  const { id, accountNumberDisplay, name, type, status, createdDate, currency, displayPosition, parentAccount, ...aggregation } = simpleAccount(account, context);
  const { aggregationStatusCode, aggregationSuccessDate, aggregationAttemptDate } = aggregation;
  return {
    id, accountNumberDisplay, name, type, ...(aggregationStatusCode === null ? {} : { aggregationStatusCode }), status,
    ...(aggregationSuccessDate === null ? {} : { aggregationSuccessDate: iso(aggregationSuccessDate) }),
    ...(aggregationAttemptDate === null ? {} : { aggregationAttemptDate: iso(aggregationAttemptDate) }), createdDate: iso(createdDate), currency, displayPosition, ...(parentAccount === null ? {} : { parentAccount }),
  };
}
