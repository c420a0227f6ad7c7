// What is owed: cards, lines of credit, mortgages, loans. The payment an account receives is a function of the account and the month alone,
// so that the checking account of the same sign-in can show the very same payment on the very same day.
import type { AccountEntity, SiblingAccount } from '../entities.ts';
import { hashText, seedRandom } from '../seedRandom.ts';
import { everyday, subscriptions } from './merchants.ts';
import type { Merchant } from './merchants.ts';
import { cents, dayOf, fixed, price } from './streams.ts';
import type { Generator, Row, StreamContext } from './streams.ts';

type Owed = Pick<AccountEntity | SiblingAccount, 'id' | 'stream' | 'type'>;

/** The day of the month on which the account is paid. */
export const paymentDate = (seed: string, account: Owed) => fixed(seed, account.id, 'payment date').int(4, 26);

/** What is paid to cards, lines and loans; keeps the months that were added up, since both sides ask for them. */
export interface Payments {
  /** What checking pays in a month (positive), 0 when nothing is due. */
  of(account: Owed, monthKey: number): number;
}

export function createPayments(seed: string): Payments {
  const monthSums = new Map<string, number>();
  const purchases = (accountId: string, monthKey: number): number => {
    const key = `${accountId}|${monthKey}`;
    const known = monthSums.get(key);
    if (known !== undefined) return known;
    if (monthSums.size >= 20_000) monthSums.clear();
    const sum = purchasesOfMonth(seed, accountId, monthKey);
    monthSums.set(key, sum);
    return sum;
  };
  return {
    of: (account, monthKey) => {
      if (account.stream === 'creditCard') return cardPayment(cardTerms(seed, account.id).paysShare, monthKey, (month) => purchases(account.id, month));
      if (account.stream === 'lineOfCredit') return linePayment(seed, account.id, monthKey);
      if (account.stream === 'mortgage' || account.stream === 'loan' || account.stream === 'studentLoan') return loanTerms(seed, account).payment;
      return 0;
    },
  };
}

// --- cards

export interface CardTerms { limit: number; rate: number; purchasesADay: number; paysShare: number }

export function cardTerms(seed: string, accountId: string): CardTerms {
  const random = fixed(seed, accountId, 'card');
  return { limit: random.int(10, 40) * 500, rate: 17 + random.int(0, 1200) / 100, purchasesADay: 0.5 + random.next() * 0.7, paysShare: random.chance(0.6) ? 1 : 0.9 + random.next() * 0.07 };
}

/** Purchases whose roll is above this come back the same day. */
const RETURNED = 0.975;

interface Purchase { merchant: Merchant; amount: number; roll: number; store: number }

/** A day's purchases depend on nothing but the day: their sum over a month makes the payment. */
function purchasesOf(seed: string, accountId: string): (day: number) => Purchase[] {
  const base = hashText(`${seed} purchases ${accountId}`);
  const { purchasesADay } = cardTerms(seed, accountId);
  return (day) => {
    const random = seedRandom(base, day);
    const count = random.chance(purchasesADay) ? (random.chance(0.3) ? 2 : 1) : 0;
    return Array.from({ length: count }, () => {
      const merchant = everyday[Math.floor(everyday.length * random.next() ** 1.4)] as Merchant;
      return { merchant, amount: price(random, merchant.low, merchant.high), roll: random.next(), store: random.int(100, 4999) };
    });
  };
}

interface Subscription { merchant: Merchant; amount: number; date: number }

function subscriptionsOf(seed: string, accountId: string): Subscription[] {
  const random = fixed(seed, accountId, 'subscriptions');
  return subscriptions.flatMap((merchant) => {
    const [date, taken, share] = [random.int(1, 28), random.chance(0.55), random.next()];
    return taken ? [{ merchant, date, amount: Math.floor(merchant.low + (merchant.high - merchant.low) * share) + 0.99 }] : [];
  });
}

/** Last month's purchases, or most of them; who leaves some catches up every sixth month, interest included. */
function cardPayment(share: number, monthKey: number, purchases: (monthKey: number) => number): number {
  const regular = purchases(monthKey - 1) * share;
  if (share === 1 || monthKey % 6 !== 0) return cents(regular);
  let left = 0;
  for (let month = monthKey - 6; month < monthKey - 1; month++) left += purchases(month) * (1 - share);
  return cents(regular + left + 70);
}

function purchasesOfMonth(seed: string, accountId: string, monthKey: number): number {
  const onDay = purchasesOf(seed, accountId);
  const first = Math.round(Date.UTC(Math.floor((monthKey - 1) / 12), (monthKey - 1) % 12, 1) / 86_400_000);
  let sum = subscriptionsOf(seed, accountId).reduce((total, { amount }) => total + amount, 0);
  for (let number = first; dayOf(number).monthKey === monthKey; number++) {
    for (const purchase of onDay(number)) sum += purchase.roll > RETURNED ? 0 : purchase.amount;
  }
  return cents(sum);
}

export function creditCard(context: StreamContext): Generator {
  const { seed, account } = context;
  const terms = cardTerms(seed, account.id);
  const due = paymentDate(seed, account);
  const place = { city: context.city, state: context.state };
  const purchased = purchasesOf(seed, account.id);
  const subscribed = subscriptionsOf(seed, account.id);
  return (day, balance) => {
    const rows: Row[] = [];
    for (const { merchant, amount, roll, store } of purchased(day.number)) {
      const description = `${merchant.print.replace('#', String(store))} ${context.city.toUpperCase()} ${context.state}`;
      rows.push({ amount, description, type: 'pointOfSale', category: merchant.category, payee: merchant.name, lag: roll < 0.5 ? 1 : roll < 0.85 ? 2 : 3, newIdOnPost: roll * 10 % 1 < 0.3, ...place });
      if (roll < 0.02) rows.push({ amount: cents(amount * 1.15), description, memo: 'AUTHORIZATION HOLD', type: 'pointOfSale', category: merchant.category, payee: merchant.name, hold: true, ...place });
      if (roll > RETURNED) rows.push({ amount: -amount, description: `RETURN ${description}`, type: 'credit', category: merchant.category, payee: merchant.name, ...place });
    }
    for (const { merchant, amount, date } of subscribed) {
      if (date === day.date) rows.push({ amount, description: merchant.print, type: 'repeatPayment', category: merchant.category, payee: merchant.name });
    }
    if (day.date === due) {
      const paid = context.payments.of(account, day.monthKey);
      if (paid > 0) rows.push({ amount: -paid, description: 'ONLINE PAYMENT THANK YOU', type: 'payment', category: 'Credit Card Payment', payee: 'Payment' });
      if (terms.paysShare < 1 && balance > 50) {
        rows.push({ amount: cents(balance * terms.rate / 1200), description: 'INTEREST CHARGE ON PURCHASES', type: 'interest', category: 'Finance Charge', payee: 'Interest Charge' });
      }
    }
    return rows;
  };
}

// --- lines of credit

export const lineTerms = (seed: string, accountId: string) => {
  const random = fixed(seed, accountId, 'line');
  return { limit: random.int(4, 40) * 2500, rate: 8 + random.int(0, 500) / 100, draw: random.int(4, 24) * 100 };
};

/** Drawn in the first month of a quarter and paid back in two halves in the other two. */
const linePayment = (seed: string, accountId: string, monthKey: number) => (monthKey % 3 === 1 ? 0 : cents(lineTerms(seed, accountId).draw / 2));

export function lineOfCredit(context: StreamContext): Generator {
  const { seed, account } = context;
  const terms = lineTerms(seed, account.id);
  const due = paymentDate(seed, account);
  return (day, balance) => {
    const rows: Row[] = [];
    if (day.date === 2 && day.monthKey % 3 === 1) rows.push({ amount: terms.draw, description: 'CREDIT LINE ADVANCE', type: 'debit', category: 'Loans', payee: 'Credit Line Advance' });
    if (day.date === due) {
      const paid = context.payments.of(account, day.monthKey);
      if (paid > 0) rows.push({ amount: -paid, description: 'PAYMENT RECEIVED - THANK YOU', type: 'payment', category: 'Loan Payment', payee: 'Payment' });
    }
    if (day.lastOfMonth && balance > 0) rows.push({ amount: cents(balance * terms.rate / 1200), description: 'INTEREST CHARGE', type: 'interest', category: 'Loan Interest', payee: 'Interest Charge' });
    return rows;
  };
}

// --- loans

export interface LoanTerms { amount: number; rate: number; months: number; payment: number; escrow: number }

/** Fixed for the loan's life. `payment` is the whole monthly payment, escrow included. */
export function loanTerms(seed: string, account: Owed): LoanTerms {
  const random = fixed(seed, account.id, 'loan');
  const mortgage = account.stream === 'mortgage';
  const student = account.stream === 'studentLoan';
  const amount = mortgage ? random.int(150, 480) * 1000 : student ? random.int(8, 45) * 1000 : random.int(9, 42) * 1000;
  const rate = mortgage ? 3 + random.int(0, 375) / 100 : student ? 3.4 + random.int(0, 300) / 100 : 4 + random.int(0, 500) / 100;
  const months = mortgage ? 360 : student ? 120 : random.pick([72, 84, 96]);
  const monthly = rate / 1200;
  const escrow = mortgage ? cents(amount * 0.0011) : 0;
  return { amount, rate, months, escrow, payment: cents((amount * monthly) / (1 - (1 + monthly) ** -months) + escrow) };
}

export function loan(context: StreamContext): Generator {
  const { seed, account } = context;
  const terms = loanTerms(seed, account);
  const due = paymentDate(seed, account);
  return (day, balance) => {
    if (day.date !== due || balance <= 0) return [];
    const interest = cents(balance * terms.rate / 1200);
    const owed = cents(balance + interest);
    const paid = Math.min(cents(terms.payment - terms.escrow), owed);
    const rows: Row[] = [
      { amount: interest, description: 'INTEREST CHARGED', type: 'interest', category: 'Loan Interest', payee: 'Interest Charge' },
      {
        amount: -paid, description: account.stream === 'mortgage' ? 'MORTGAGE PAYMENT RECEIVED' : 'LOAN PAYMENT RECEIVED', type: 'payment',
        memo: terms.escrow > 0 ? `ESCROW ${terms.escrow.toFixed(2)} PAID SEPARATELY` : undefined, category: account.stream === 'studentLoan' ? 'Student Loan' : account.stream === 'mortgage' ? 'Mortgage & Rent' : 'Loan Payment',
        payee: 'Payment', parts: { principal: cents(paid - interest), interest, ...(terms.escrow > 0 ? { escrow: terms.escrow } : {}) },
      },
    ];
    return rows;
  };
}

/** What is still owed on a loan `monthsPaid` after it began: the opening balance. */
export function owedAfter(terms: LoanTerms, monthsPaid: number): number {
  const monthly = terms.rate / 1200;
  const paid = terms.payment - terms.escrow;
  return cents(terms.amount * (1 + monthly) ** monthsPaid - paid * (((1 + monthly) ** monthsPaid - 1) / monthly));
}
