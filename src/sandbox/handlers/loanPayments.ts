// Where and how to pay a loan: the bank's numbers and address, and what pays the loan off, reckoned from the account's own balance and
// rate. Student loans name what belongs to them: an account its loan, a group the loans of its accounts.
import type { AccountEntity } from '../entities.ts';
import { hashText } from '../seedRandom.ts';
import { round, rowsOf } from './accountAccess.ts';
import { detailOf } from './accountDetail.ts';
import { balancesAt, fetchedAt, institutionOf } from './bankAccess.ts';
import type { Money } from './bankAccess.ts';

export const LOANS: ReadonlySet<string> = new Set(['loan', 'mortgage', 'studentLoan', 'studentLoanGroup', 'studentLoanAccount']);

export function loanDetails(account: AccountEntity, context: Money) {
  const whereTo = addressOf(account, context);
  const number = paymentNumber(account);
  const members = account.type === 'studentLoanGroup' ? membersOf(account, context) : [];
  const payoff = account.type === 'studentLoanGroup' ? together(members.map((member) => payoffOf(member, context))) : payoffOf(account, context);
  const accountDetail = {
    accountId: account.id, accountNumber: account.number, accountPaymentNumber: number, accountPaymentAddress: whereTo, ...named('account', payoff),
    ...(account.type === 'studentLoanGroup' ? { groupDetail: [groupDetail(account, members, context)] } : {}),
    ...(account.type === 'studentLoan' || account.type === 'studentLoanAccount' ? { loanDetail: [loanDetail(account, `${account.number}-1`, context)] } : {}),
  };
  return { loanNumber: account.number, loanPaymentNumber: number, loanPaymentAddress: whereTo, accountDetail };
}

interface Payoff { amount: number; date: string }

/** As of now; undefined for an account without a balance of its own. */
function payoffOf(account: AccountEntity, context: Money): Payoff | undefined {
  if (account.stream === 'none') return undefined;
  const at = context.now();
  const { cleared } = balancesAt(account, at, context);
  const { payoffAmount, payoffAmountDate } = detailOf(account, context, { balance: cleared, at, rows: rowsOf(context, fetchedAt(account, at), 0, at) });
  return { amount: Number(payoffAmount), date: `${new Date(Number(payoffAmountDate) * 1000).toISOString().slice(0, 10)}T00:00:00.000Z` };
}

function together(payoffs: readonly (Payoff | undefined)[]): Payoff | undefined {
  const known = payoffs.filter((payoff) => payoff !== undefined);
  return known[0] && { amount: round(known.reduce((sum, { amount }) => sum + amount, 0)), date: known[0].date };
}

const named = (kind: 'account' | 'group' | 'loan', payoff: Payoff | undefined) =>
  (payoff ? { [`${kind}FuturePayoffAmount`]: payoff.amount, [`${kind}FuturePayoffDate`]: payoff.date } : {});

/** The student loan accounts of the same sign-in. */
const membersOf = (group: AccountEntity, { state }: Money) =>
  state.accounts.of(group.customerId).filter(({ type, institutionLoginId }) => type === 'studentLoanAccount' && institutionLoginId === group.institutionLoginId);

function groupDetail(group: AccountEntity, members: readonly AccountEntity[], context: Money) {
  const groupNumber = `${group.number}-A`;
  return {
    accountId: group.id, groupNumber, groupPaymentNumber: `${paymentNumber(group)}-A`, groupPaymentAddress: addressOf(group, context),
    ...named('group', together(members.map((member) => payoffOf(member, context)))),
    groupLoanDetail: members.map((member, at) => loanDetail(member, `${groupNumber}-${at + 1}`, context)),
  };
}

const loanDetail = (account: AccountEntity, loanNumber: string, context: Money) => ({
  accountId: account.id, loanNumber, loanPaymentNumber: paymentNumber(account), loanPaymentAddress: addressOf(account, context),
  ...named('loan', payoffOf(account, context)),
});

/** The number for payments by hand; the bank's own number behind a prefix of the institution's. */
const paymentNumber = (account: AccountEntity) => `${String(1000 + (hashText(`payments ${account.institutionId}`) % 9000))}${account.number}`;

function addressOf(account: AccountEntity, context: Money): string {
  const institution = institutionOf(account, context);
  const box = 100 + (hashText(`box ${account.institutionId}`) % 9000);
  const { city = '', state = '', postalCode = '' } = institution?.address ?? {};
  return `${institution?.name ?? 'Bank'}, PO Box ${box}, ${city}, ${state} ${postalCode}`;
}
