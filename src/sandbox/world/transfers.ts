// Money that moves between the accounts of one sign-in. Its amount and day are a function of the receiving account alone, so both accounts
// show the same transfer on the same day, each with its own sign and the other's last four digits.
import type { AccountEntity, SiblingAccount, TransactionStream } from '../entities.ts';
import { paymentDate } from './creditStreams.ts';
import { cents, fixed } from './streams.ts';
import type { Day, Row, StreamContext } from './streams.ts';

const CHECKING: ReadonlySet<TransactionStream> = new Set(['salaryChecking', 'freelanceChecking', 'businessChecking', 'pensionChecking', 'studentChecking']);
const OWED: ReadonlySet<TransactionStream> = new Set(['creditCard', 'lineOfCredit', 'mortgage', 'loan', 'studentLoan']);
/** Retirement plans that a person pays into; the others are fed by the employer's payroll. */
const PAID_BY_PERSON = new Set(['ira', 'roth', 'sepIRA', 'simpleIRA', '529', 'educationSavings', 'ugma', 'utma', 'keogh', 'investmentTaxDeferred', 'variableAnnuity', 'healthSavingsAccount']);

const isChecking = (stream: TransactionStream) => CHECKING.has(stream);
export const isOwed = (stream: TransactionStream) => OWED.has(stream);

type Receiver = Pick<AccountEntity | SiblingAccount, 'id' | 'stream' | 'type'>;

/** Regular saving into an account: how much, on which day of the month, every how many months. */
export function savingTerms(seed: string, account: Receiver): { amount: number; date: number; every: number } | undefined {
  const random = fixed(seed, account.id, 'saving');
  const date = random.int(3, 27);
  if (account.stream === 'savings') return { amount: random.int(2, 24) * 25, date, every: 1 };
  if (account.stream === 'moneyMarket') return { amount: random.int(4, 20) * 100, date, every: 3 };
  if (account.stream === 'investment') return { amount: account.type === 'cryptocurrency' ? random.int(1, 6) * 25 : random.int(2, 14) * 50, date, every: 1 };
  if (account.stream === 'retirement' && PAID_BY_PERSON.has(account.type)) return { amount: random.int(2, 11) * 50, date, every: 1 };
  return undefined;
}

/** What comes back from savings in a month: nothing in most, a few hundred in some. */
function withdrawal(seed: string, account: Receiver, monthKey: number): { amount: number; date: number } | undefined {
  const random = fixed(seed, account.id, `back ${monthKey}`);
  const [happens, amount, date] = [random.chance(0.14), random.int(4, 30) * 25, random.int(8, 28)];
  return happens ? { amount, date } : undefined;
}

/** Into the receiving account on a day (negative: out of it, back to checking). Asked day by day, it looks each month up once. */
export function transfersOf(seed: string, account: Receiver): (day: Day) => number[] {
  const terms = savingTerms(seed, account);
  const gives = account.stream === 'savings' || account.stream === 'moneyMarket';
  let month = -1;
  let back: ReturnType<typeof withdrawal>;
  return (day) => {
    if (gives && day.monthKey !== month) {
      month = day.monthKey;
      back = withdrawal(seed, account, month);
    }
    const found: number[] = [];
    if (terms && day.date === terms.date && day.monthKey % terms.every === 0) found.push(terms.amount);
    if (back?.date === day.date) found.push(-back.amount);
    return found;
  };
}

/** The account of the sign-in from which the others are paid. */
export function payerOf(account: Pick<AccountEntity, 'id' | 'stream' | 'siblings'>): { id: string; last4?: string } | undefined {
  const candidates = [...(account.siblings ?? []).filter((sibling) => isChecking(sibling.stream))];
  if (isChecking(account.stream)) return candidates.some((sibling) => sibling.id < account.id) ? undefined : { id: account.id };
  return candidates.sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** Checking's side of everything that goes to, or comes from, the other accounts of the sign-in. */
export function siblingRows(context: StreamContext): (day: Day) => Row[] {
  const { account, seed } = context;
  if (!account.siblings?.length || payerOf(account)?.id !== account.id) return () => [];
  const sources = account.siblings.map((sibling): ((day: Day) => Row[]) => {
    if (!isOwed(sibling.stream)) {
      const transfers = transfersOf(seed, sibling);
      return (day) => transfers(day).map((amount) => transferRow(-amount, sibling.last4, sibling.type));
    }
    const due = paymentDate(seed, sibling);
    return (day) => {
      const amount = day.date === due ? context.payments.of(sibling, day.monthKey) : 0;
      return amount > 0 ? [paymentRow(sibling, amount)] : [];
    };
  });
  return (day) => sources.flatMap((source) => source(day));
}

/** Money a month that leaves checking for the other accounts: pay and spending are made to fit it. */
export function monthlyToSiblings(context: StreamContext): number {
  const { account, seed } = context;
  if (!account.siblings || payerOf(account)?.id !== account.id) return 0;
  // Cards swing from month to month; January 2025 stands for all of them.
  return cents(account.siblings.reduce((sum, sibling) => {
    if (isOwed(sibling.stream)) return sum + context.payments.of(sibling, 2025 * 12 + 2);
    const terms = savingTerms(seed, sibling);
    return sum + (terms ? terms.amount / terms.every : 0);
  }, 0));
}

/** The receiving account's side; `amount` into it as a deposit account sees it. */
export function transferRow(amount: number, otherLast4: string | undefined, otherType: string): Row {
  const other = otherLast4 ? `${otherType.toUpperCase()} ...${otherLast4}` : 'EXTERNAL ACCOUNT';
  return {
    amount, description: amount < 0 ? `ONLINE TRANSFER TO ${other}` : `ONLINE TRANSFER FROM ${other}`, type: 'transfer', category: 'Transfer', payee: 'Online Transfer',
  };
}

function paymentRow(sibling: SiblingAccount, amount: number): Row {
  const words: Partial<Record<TransactionStream, [string, string]>> = {
    creditCard: ['CREDIT CARD PAYMENT', 'Credit Card Payment'], lineOfCredit: ['CREDIT LINE PAYMENT', 'Loan Payment'], mortgage: ['MORTGAGE PAYMENT', 'Mortgage & Rent'],
    studentLoan: ['STUDENT LOAN PAYMENT', 'Student Loan'],
  };
  const [print, category] = words[sibling.stream] ?? ['LOAN PAYMENT', 'Loan Payment'];
  return { amount: -amount, description: `${print} ...${sibling.last4}`, type: 'payment', category, payee: print.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) };
}
