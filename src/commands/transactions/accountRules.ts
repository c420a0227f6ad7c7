// What the transactions view is told of accounts, their customer and recurring streams, read from the API's answers as they come. Free of vscode.
import { number as numberOf } from '../../tree/wire.ts';
import { accountName, customerName, lastFour } from '../../tree/words.ts';
import { isRecord } from '../../webviews/protocol/guards.ts';
import type { AccountFacts, RecurringStream } from '../../webviews/protocol/transactions.ts';

type Json = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : []);
const idOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Of the answer for one account or for several. */
export function accountFacts(body: unknown): AccountFacts[] {
  if (!isRecord(body)) return [];
  return listOf(body.accounts ?? body).filter(({ id }) => idOf(id) !== '').map((account) => {
    const digits = lastFour(account);
    const balance = numberOf(account.balance);
    const balanceDate = epochSeconds(account.balanceDate);
    return {
      id: idOf(account.id), name: `${accountName(account)}${digits ? ` ··${digits}` : ''}`,
      ...(typeof account.type === 'string' && { type: account.type }), ...(typeof account.currency === 'string' && { currency: account.currency }),
      ...(balance !== undefined && { balance }), ...(balanceDate !== undefined && { balanceDate }),
    };
  });
}

/** What to call the customer: by name where one is told and may be shown. */
export const customerTitle = (body: unknown, customerId: string): string => customerName(isRecord(body) ? body : {}, `customer ID ${customerId}`);

/** Some accounts tell their moments in milliseconds; as seconds they would lie thousands of years ahead. */
function epochSeconds(value: unknown): number | undefined {
  const number = numberOf(value);
  return number === undefined || number < 1e11 ? number : Math.floor(number / 1000);
}

/** Account by account, which counts each row once; of the customer where there are no accounts in it. */
export function recurringStreams(body: unknown): RecurringStream[] {
  if (!isRecord(body)) return [];
  const accounts = listOf(body.accountRecurringTransactions);
  return (accounts.length > 0 ? accounts : listOf(body.customerRecurringTransactions))
    .flatMap((one) => [...listOf(one.recurringOutflows).map((stream) => streamOf(stream, 'out')), ...listOf(one.recurringInflows).map((stream) => streamOf(stream, 'in'))]);
}

function streamOf(stream: Json, flow: 'in' | 'out'): RecurringStream {
  const cadence = numberOf(stream.cadence);
  const nextAmount = numberOf(stream.expectedNextTransactionAmount);
  const nextDate = stream.expectedNextTransactionDate;
  return {
    payee: typeof stream.normalizedPayeeName === 'string' && stream.normalizedPayeeName !== '' ? stream.normalizedPayeeName : 'No payee', flow, active: stream.status !== 'INACTIVE',
    transactionIds: Array.isArray(stream.transactionIds) ? stream.transactionIds.map(idOf).filter((id) => id !== '') : [],
    ...(cadence !== undefined && { cadence }), ...(nextAmount !== undefined && { nextAmount }), ...(typeof nextDate === 'string' && { nextDate }),
  };
}
