// Checking, savings, money market, certificates: income that comes the way this kind of person earns it, and spending that fits it.
// Spending looks at the balance, as people do, so that years of days neither pile up nor sink; some accounts do not look and pay NSF fees.
import { bills, campus, clients, employers, everyday, landlords, subscriptions } from './merchants.ts';
import type { Merchant } from './merchants.ts';
import { cents, fixed, price } from './streams.ts';
import type { Day, Generator, Row, StreamContext } from './streams.ts';
import { monthlyToSiblings, payerOf, siblingRows, transferRow, transfersOf } from './transfers.ts';

type Income = (day: Day) => Row[];

export interface Household {
  /** Net pay a month that the spending is made to fit. */
  monthly: number;
  income: Income;
  /** Merchants of everyday purchases. */
  shops: readonly Merchant[];
  rent: number;
  careless: boolean;
  billShare: number;
}

// --- who earns how

function salaried(context: StreamContext): Household {
  const random = fixed(context.seed, context.account.id, 'salary');
  const other = monthlyToSiblings(context);
  const rents = !context.account.siblings?.some((sibling) => sibling.stream === 'mortgage');
  const monthly = Math.max(random.int(2900, 8200), (other * (rents ? 2.2 : 1.8)) + 900);
  const pays = cents((monthly * 12) / 26);
  // Fridays: day 1 of 1970 was one.
  const anchor = random.pick([1, 8]);
  const first = random.pick(employers);
  const second = random.pick(employers);
  // One in three changes the employer once and goes without pay for some weeks.
  const gapFrom = random.chance(0.34) ? 19_000 + random.int(0, 1400) : Infinity;
  const gapTo = gapFrom + random.int(28, 63);
  const raise = 1 + random.int(1, 4) / 100;
  const partner = random.chance(0.3) ? { name: random.pick(employers), share: 0.25 + random.next() * 0.2 } : undefined;
  const income: Income = (day) => {
    const rows: Row[] = [];
    const since = Math.max(0, day.year - 2022);
    if ((day.number - anchor) % 14 === 0 && (day.number < gapFrom || day.number >= gapTo)) {
      const own = cents(pays * (partner ? 1 - partner.share : 1) * raise ** since);
      rows.push(payroll(own, day.number < gapFrom ? first : second));
    }
    if (partner && day.date === 15) rows.push(payroll(cents(monthly * partner.share * raise ** since), partner.name));
    if (day.month === 3 && day.date === 10) rows.push({ amount: cents(pays * 0.6), description: `${(day.number < gapFrom ? first : second).toUpperCase()} BONUS`, type: 'directDeposit', category: 'Bonus', payee: day.number < gapFrom ? first : second });
    return rows;
  };
  return { monthly, income, shops: everyday, rent: rents ? Math.round(monthly * 0.26 / 5) * 5 : 0, careless: random.chance(0.18), billShare: 1 };
}

const payroll = (amount: number, employer: string): Row => ({ amount, description: `${employer.toUpperCase()} PAYROLL`, memo: 'DIRECT DEP', type: 'directDeposit', category: 'Paycheck', payee: employer });

function freelance(context: StreamContext): Household {
  const random = fixed(context.seed, context.account.id, 'freelance');
  const monthly = Math.max(random.int(3200, 7800), monthlyToSiblings(context) * 2.1 + 1100);
  const names = [random.pick(clients), random.pick(clients), random.pick(clients)];
  const perInvoice = monthly / 4.2;
  let month = -1;
  let dry = false;
  const income: Income = (day) => {
    const roll = context.random(day);
    if (day.monthKey !== month) {
      month = day.monthKey;
      dry = fixed(context.seed, context.account.id, `month ${month}`).chance(0.16);
    }
    const rows: Row[] = [];
    if (day.weekday > 0 && day.weekday < 6 && roll.chance(dry ? 0.07 : 0.225)) {
      const client = roll.pick(names);
      rows.push({ amount: cents(perInvoice * (0.35 + roll.next() * 1.3)), description: `ACH CREDIT ${client.toUpperCase()} INV ${1000 + (day.number % 1000)}`, type: 'deposit', category: 'Income', payee: client });
    }
    if (day.weekday === 2) rows.push({ amount: cents(20 + roll.next() * 160), description: 'GIGLANE PAYOUT', type: 'deposit', category: 'Income', payee: 'Giglane' });
    if (day.date === 15 && [1, 4, 6, 9].includes(day.month)) rows.push({ amount: -cents(monthly * 0.42), description: 'IRS USATAXPYMT', type: 'directDebit', category: 'Federal Tax', payee: 'Internal Revenue Service' });
    return rows;
  };
  return { monthly: monthly * 0.86, income, shops: everyday, rent: Math.round(monthly * 0.24 / 5) * 5, careless: random.chance(0.25), billShare: 1 };
}

function retired(context: StreamContext): Household {
  const random = fixed(context.seed, context.account.id, 'pension');
  const benefit = random.int(1350, 2900);
  const pension = Math.max(random.int(500, 2600), monthlyToSiblings(context) * 1.6 - benefit + 900);
  const income: Income = (day) => {
    const rows: Row[] = [];
    if (day.weekday === 3 && day.date >= 8 && day.date <= 14) rows.push({ amount: cents(benefit * 1.025 ** Math.max(0, day.year - 2023)), description: 'SSA TREAS 310 XXSOC SEC', type: 'directDeposit', category: 'Income', payee: 'Social Security Administration' });
    if (day.date === 1) rows.push({ amount: pension, description: 'STATE RETIREMENT BENEFIT', type: 'directDeposit', category: 'Income', payee: 'State Retirement System' });
    return rows;
  };
  return { monthly: benefit + pension, income, shops: everyday, rent: random.chance(0.3) ? random.int(14, 24) * 50 : 0, careless: false, billShare: 1 };
}

function student(context: StreamContext): Household {
  const random = fixed(context.seed, context.account.id, 'student');
  const pay = random.int(210, 460);
  const parents = random.int(5, 14) * 50;
  const aid = random.int(1400, 3400);
  const income: Income = (day) => {
    const rows: Row[] = [];
    if (day.number % 14 === 1 && day.month !== 7) rows.push(payroll(cents(pay * (0.8 + context.random(day).next() * 0.4)), 'State University'));
    if (day.date === 2) rows.push({ amount: parents, description: 'INSTANT PAY FROM FAMILY', type: 'transfer', category: 'Transfer', payee: 'Instant Pay' });
    if (day.date === 22 && (day.month === 1 || day.month === 8)) rows.push({ amount: aid, description: 'STATE UNIV STUDENT REFUND', type: 'deposit', category: 'Deposit', payee: 'State University' });
    return rows;
  };
  return { monthly: pay * 2.1 + parents + aid / 6, income, shops: [...campus, ...everyday.slice(0, 12)], rent: random.int(8, 12) * 50, careless: random.chance(0.45), billShare: 0.3 };
}

// --- who spends how

function household(context: StreamContext, home: Household): Generator {
  const { seed, account } = context;
  const random = fixed(seed, account.id, 'spending');
  const other = monthlyToSiblings(context);
  const hasCard = account.siblings?.some((sibling) => sibling.stream === 'creditCard') ?? false;
  const landlord = random.pick(landlords);
  const billed = bills.flatMap((merchant) => (random.chance(0.85 * home.billShare) ? [{ merchant, date: random.int(3, 27), amount: merchant.low + (merchant.high - merchant.low) * random.next() }] : []));
  const subscribed = hasCard ? [] : subscriptions.flatMap((merchant) => (random.chance(0.5) ? [{ merchant, date: random.int(1, 28), amount: Math.floor(merchant.low + (merchant.high - merchant.low) * random.next()) + 0.99 }] : []));
  const fixedCosts = home.rent + other + billed.reduce((sum, bill) => sum + bill.amount, 0) + subscribed.reduce((sum, item) => sum + item.amount, 0);
  const free = Math.max(home.monthly * 0.12, home.monthly * 0.97 - fixedCosts);
  const perDay = Math.min(2.8, (free * (home.careless ? 1.3 : 1)) / 30 / 46);
  const siblings = siblingRows(context);
  let checkNumber = random.int(101, 1400);
  return (day, balance) => {
    const rows = [...home.income(day), ...siblings(day)];
    if (home.rent > 0 && day.date === 1) {
      const byCheck = home.rent % 2 === 1;
      rows.push({
        amount: -home.rent, description: byCheck ? `CHECK ${++checkNumber}` : `${landlord.toUpperCase()} WEB PMTS`, memo: byCheck ? undefined : 'RENT',
        type: byCheck ? 'check' : 'directDebit', category: 'Mortgage & Rent', payee: byCheck ? 'Check' : landlord, checkNum: byCheck ? String(checkNumber) : undefined,
      });
    }
    for (const { merchant, date, amount } of billed) {
      if (date === day.date) rows.push({ amount: -cents(amount * (0.9 + context.random(day).next() * 0.2)), description: merchant.print, type: 'directDebit', category: merchant.category, payee: merchant.name });
    }
    for (const { merchant, date, amount } of subscribed) {
      if (date === day.date) rows.push({ amount: -cents(amount), description: merchant.print, type: 'repeatPayment', category: merchant.category, payee: merchant.name });
    }
    rows.push(...purchases(context, home, day, balance, perDay));
    if (day.date === 20 && balance > home.monthly * 2.2 && !home.careless) {
      rows.push({ amount: -cents(Math.round((balance - home.monthly * 1.4) / 50) * 50), description: 'ONLINE TRANSFER TO EXTERNAL ACCOUNT', type: 'transfer', category: 'Transfer', payee: 'Online Transfer' });
    }
    if (day.date === 20 && balance < home.monthly * 0.05 && !home.careless) {
      rows.push({ amount: Math.max(150, Math.round(home.monthly * 0.3 / 50) * 50), description: 'ONLINE TRANSFER FROM EXTERNAL ACCOUNT', type: 'transfer', category: 'Transfer', payee: 'Online Transfer' });
    }
    if (balance < -250 && (day.date === 5 || day.date === 19)) {
      rows.push({ amount: Math.ceil((250 - balance) / 50) * 50, description: `ATM CASH DEPOSIT ${context.city.toUpperCase()} ${context.state}`, type: 'deposit', category: 'Deposit', payee: 'Cash Deposit' });
    }
    return [...rows, ...overdraft(rows, day, balance, home)];
  };
}

function purchases(context: StreamContext, home: Household, day: Day, balance: number, perDay: number): Row[] {
  const random = context.random(day);
  const rows: Row[] = [];
  random.next();
  // A weekend sees more; an empty account sees little, unless its owner does not look.
  const appetite = perDay * (day.weekday === 0 || day.weekday === 6 ? 1.4 : 0.85) * (balance < (home.careless ? -60 : 120) ? 0.15 : balance > home.monthly * 1.5 ? 1.35 : 1);
  const count = Math.floor(appetite) + (random.chance(appetite % 1) ? 1 : 0);
  for (let at = 0; at < count; at++) {
    const merchant = home.shops[Math.floor(home.shops.length * random.next() ** 1.5)] as Merchant;
    const amount = price(random, merchant.low, merchant.high);
    const lag = random.next();
    rows.push({
      // Now and then a bank tells no more than the memo.
      amount: -amount, description: random.chance(0.004) ? '' : `${merchant.print.replace('#', String(random.int(100, 4999)))} ${context.city.toUpperCase()} ${context.state}`, memo: 'POS DEBIT', type: 'pointOfSale', category: merchant.category, payee: merchant.name,
      city: context.city, state: context.state, lag: lag < 0.6 ? 1 : lag < 0.9 ? 2 : 3, newIdOnPost: random.chance(0.3), hold: random.chance(0.006),
    });
  }
  if (random.chance(0.035) && balance > 200) rows.push({ amount: -random.int(1, 8) * 20, description: `ATM WITHDRAWAL ${random.int(1000, 9999)} ${context.city.toUpperCase()} ${context.state}`, type: 'atm', category: 'Cash & ATM', payee: 'ATM Withdrawal', city: context.city, state: context.state });
  if (random.chance(0.03) && balance > 300) rows.push({ amount: -cents(random.int(3, 30) * 5), description: 'INSTANT PAY TO FRIEND', type: 'transfer', category: 'Transfer', payee: 'Instant Pay' });
  if (random.chance(0.02)) rows.push({ amount: cents(random.int(3, 30) * 5), description: 'INSTANT PAY FROM FRIEND', type: 'transfer', category: 'Transfer', payee: 'Instant Pay' });
  return rows;
}

/** A bank's fee for a day that ends below zero; the careless pay it, the others' banks forgive a few dollars. */
function overdraft(rows: readonly Row[], day: Day, balance: number, home: Household): Row[] {
  const after = rows.reduce((sum, row) => (row.hold ? sum : sum + row.amount), balance);
  const fees: Row[] = [];
  if (home.careless && after < -5 && rows.some((row) => row.amount < 0) && (balance >= 0 || day.weekday === 2)) fees.push({ amount: -34, description: 'NSF RETURNED ITEM FEE', memo: 'INSUFFICIENT FUNDS', type: 'fee', category: 'Fees & Charges', payee: 'NSF Fee' });
  if (home.careless && day.lastOfMonth && after < 400) fees.push({ amount: -12, description: 'MONTHLY SERVICE CHARGE', type: 'serviceCharge', category: 'Service Fee', payee: 'Service Charge' });
  return fees;
}

export const salaryChecking = (context: StreamContext): Generator => household(context, salaried(context));
export const freelanceChecking = (context: StreamContext): Generator => household(context, freelance(context));
export const pensionChecking = (context: StreamContext): Generator => household(context, retired(context));
export const studentChecking = (context: StreamContext): Generator => household(context, student(context));

// --- accounts that only save

export function savings(context: StreamContext): Generator {
  const { seed, account } = context;
  const rate = interestRate(seed, account);
  const payer = payerOf(account);
  const transfers = transfersOf(seed, account);
  return (day, balance) => {
    const rows = transfers(day).map((amount) => transferRow(amount, payer?.last4, 'checking'));
    if (day.lastOfMonth && balance > 1) rows.push({ amount: cents(balance * rate / 1200), description: 'INTEREST PAID', type: 'interest', category: 'Interest Income', payee: 'Interest Paid' });
    return rows.filter((row) => row.amount !== 0);
  };
}

/** Percent a year. */
export function interestRate(seed: string, account: { id: string; stream: string }): number {
  const random = fixed(seed, account.id, 'rate');
  const [low, high] = account.stream === 'certificate' ? [340, 500] : account.stream === 'moneyMarket' ? [180, 420] : account.stream === 'savings' ? [5, 380] : [0, 0];
  return random.int(low as number, high as number) / 100;
}
