// What investment accounts hold. A price is a closed formula of ticker and day (growth, waves, a little noise), so any day can be asked
// alone; holdings are the opening units plus every purchase and sale until the day. The balance of an investment account is what its
// holdings are worth plus its cash, not a sum of transactions, which is why such rows carry no running balance.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { hashText, mix } from '../seedRandom.ts';
import { cents, DAY, fixed } from './streams.ts';
import type { Day, Generator, Row, StreamContext } from './streams.ts';
import { payerOf, savingTerms } from './transfers.ts';

export interface Security { ticker: string; name: string; kind: 'Stock' | 'Mutual Fund' | 'ETF' | 'Bond' | 'Cryptocurrency'; base: number; growth: number; assetClass: string; cusip: string }

const security = (ticker: string, name: string, kind: Security['kind'], base: number, growth: number, assetClass: string, cusip: string): Security => ({ ticker, name, kind, base, growth, assetClass, cusip });
const FUNDS: readonly Security[] = [
  security('SBTMX', 'SANDBAR TOTAL MARKET INDEX', 'Mutual Fund', 92, 0.08, 'LARGESTOCK', '99SB00101'), security('SBTRX', 'SANDBAR TARGET 2045', 'Mutual Fund', 31, 0.065, 'OTHER', '99SB00202'),
  security('SBBDX', 'SANDBAR AGGREGATE BOND', 'Mutual Fund', 10.4, 0.02, 'DOMESTICBOND', '99SB00303'), security('SBINX', 'SANDBAR INTERNATIONAL', 'Mutual Fund', 18.7, 0.05, 'INTLSTOCK', '99SB00404'),
];
const STOCKS: readonly Security[] = [
  security('SKYX', 'SKYLARK AIR INC', 'Stock', 41, 0.04, 'LARGESTOCK', '99SK00105'), security('RBPW', 'ROCKY BASIN POWER CO', 'Stock', 63, 0.05, 'LARGESTOCK', '99RB00206'),
  security('HALC', 'HALCYON SOFTWARE CORP', 'Stock', 118, 0.14, 'LARGESTOCK', '99HA00307'), security('VGLD', 'VALLEY GOLD ETF', 'ETF', 52, 0.06, 'OTHER', '99VG00408'),
  security('SBTM', 'SANDBAR TOTAL MARKET ETF', 'ETF', 204, 0.08, 'LARGESTOCK', '99SB00509'),
];
const COINS: readonly Security[] = [security('XSA', 'SANDCOIN', 'Cryptocurrency', 1800, 0.2, 'OTHER', '99XS00110'), security('XPB', 'PEBBLECOIN', 'Cryptocurrency', 42, 0.1, 'OTHER', '99XP00211')];

const bySymbol = new Map([...FUNDS, ...STOCKS, ...COINS].map((entry) => [entry.ticker, entry]));
export const securityOf = (ticker: string) => bySymbol.get(ticker);

/** Price of one unit on a day, in the account's currency, four decimals. */
export function priceOn(entry: Security, dayNumber: number): number {
  const salt = hashText(entry.ticker);
  const years = (dayNumber - 19_000) / 365.25;
  const phase = (salt % 628) / 100;
  const wild = entry.kind === 'Cryptocurrency' ? 3 : entry.kind === 'Stock' ? 1.6 : entry.kind === 'Bond' ? 0.3 : 1;
  const waves = wild * (0.05 * Math.sin(dayNumber / 61 + phase) + 0.025 * Math.sin(dayNumber / 17 + phase * 2) + (((mix(salt, dayNumber) % 2000) / 1000) - 1) * 0.006);
  return Math.round(entry.base * (1 + entry.growth) ** years * (1 + waves) * 10_000) / 10_000;
}

function portfolioOf(seed: string, account: Pick<AccountEntity, 'id' | 'stream' | 'type'>): Security[] {
  if (account.type === 'cryptocurrency') return [...COINS];
  const random = fixed(seed, account.id, 'portfolio');
  if (account.stream === 'retirement') return [FUNDS[random.int(0, 1)], FUNDS[random.int(2, 3)]] as Security[];
  if (account.type === 'employeeStockPurchasePlan') return [STOCKS[2] as Security];
  return [STOCKS[random.int(0, 1)], STOCKS[random.int(2, 3)], STOCKS[4]] as Security[];
}

export interface Holding { security: Security; units: number; cost: number }
export interface Holdings { positions: Holding[]; cash: number; worth: number }

/** Holdings after every row of `rows` (all of the account's, oldest first, none after `moment`). */
export function holdingsAt(seed: string, account: AccountEntity, rows: readonly TransactionEntity[], originDay: number, moment: number): Holdings {
  const entries = portfolioOf(seed, account);
  const cashShare = 0.03;
  let cash = cents(account.openingBalance * cashShare);
  const positions: Holding[] = entries.map((entry) => {
    const cost = (account.openingBalance * (1 - cashShare)) / entries.length;
    return { security: entry, units: Math.round((cost / priceOn(entry, originDay)) * 1000) / 1000, cost: cents(cost) };
  });
  for (const row of rows) {
    if (row.transactionDate > moment || row.status === 'shadow') continue;
    if (row.security) {
      const held = positions.find((position) => position.security.ticker === row.security?.ticker);
      if (held) {
        held.cost = row.security.units < 0 && held.units > 0 ? cents(held.cost * (1 + row.security.units / held.units)) : cents(held.cost + Math.abs(row.amount));
        held.units = Math.round((held.units + row.security.units) * 1000) / 1000;
      }
    }
    cash = cents(cash - row.amount);
  }
  const day = Math.floor(moment / DAY);
  const worth = cents(positions.reduce((sum, position) => sum + cents(position.units * priceOn(position.security, day)), cash));
  return { positions, cash, worth };
}

// --- what happens in such an account

/** Money in, negative on the wire. */
const moneyIn = (amount: number, description: string, type: string, category: string, payee: string): Row => ({ amount: -amount, description, type, category, payee });

function trade(entry: Security, day: Day, amount: number, description: string): Row {
  const unitPrice = priceOn(entry, day.number);
  const units = Math.round((amount / unitPrice) * 1000) / 1000;
  return {
    amount: cents(units * unitPrice), description: `${description} ${entry.ticker}`, memo: entry.name, type: amount > 0 ? 'debit' : 'credit', category: amount > 0 ? 'Buy' : 'Sell', payee: entry.name,
    security: { ticker: entry.ticker, units, unitPrice, kind: entry.kind },
  };
}

export function investment(context: StreamContext): Generator {
  const { seed, account } = context;
  const entries = portfolioOf(seed, account);
  const terms = savingTerms(seed, account);
  const payer = payerOf(account);
  const coin = account.type === 'cryptocurrency';
  return (day) => {
    const rows: Row[] = [];
    const random = context.random(day);
    if (terms && day.date === terms.date && day.monthKey % terms.every === 0) {
      rows.push({ ...moneyIn(terms.amount, payer?.last4 ? `ACH CONTRIBUTION FROM CHECKING ...${payer.last4}` : 'ACH CONTRIBUTION', 'transfer', 'Transfer', 'Contribution') });
      for (const entry of entries.slice(0, coin ? 1 : 2)) rows.push(trade(entry, day, terms.amount / (coin ? 1 : 2), 'BUY'));
    }
    if (!coin && day.date === 18 && day.month % 3 === 0) {
      for (const entry of entries) rows.push(moneyIn(cents(account.openingBalance * 0.004 / entries.length), `DIVIDEND RECEIVED ${entry.ticker}`, 'dividend', 'Dividend & Cap Gains', entry.name));
    }
    if (day.weekday > 0 && day.weekday < 6 && random.chance(0.018)) {
      const [from, to] = [random.pick(entries), random.pick(entries)];
      const amount = cents(account.openingBalance * 0.01 * (1 + random.next()));
      if (from !== to) rows.push(trade(from, day, -amount, 'SELL'), trade(to, day, amount, 'BUY'));
    }
    return rows;
  };
}

export function retirement(context: StreamContext): Generator {
  const { seed, account } = context;
  const entries = portfolioOf(seed, account);
  const own = savingTerms(seed, account);
  const payer = payerOf(account);
  const random = fixed(seed, account.id, 'contribution');
  const perPay = random.int(6, 32) * 12.5;
  const anchor = random.pick([1, 8]);
  const pays = account.type !== 'pension' && account.type !== 'rollover' && account.type !== 'variableAnnuity';
  return (day) => {
    const rows: Row[] = [];
    const invest = (amount: number) => entries.map((entry) => trade(entry, day, amount / entries.length, 'BUY'));
    if (own) {
      if (day.date === own.date) rows.push(moneyIn(own.amount, payer?.last4 ? `CONTRIBUTION FROM CHECKING ...${payer.last4}` : 'CONTRIBUTION', 'transfer', 'Transfer', 'Contribution'), ...invest(own.amount));
    } else if (pays && (day.number - anchor) % 14 === 0) {
      rows.push(moneyIn(perPay, 'EMPLOYEE PRE-TAX CONTRIBUTION', 'deposit', 'Investments', 'Employee Contribution'), moneyIn(cents(perPay / 2), 'EMPLOYER MATCH', 'deposit', 'Investments', 'Employer Match'), ...invest(perPay * 1.5));
    }
    if (day.date === 28 && day.month % 3 === 0) {
      for (const entry of entries) {
        const amount = cents(account.openingBalance * 0.005 / entries.length);
        rows.push(moneyIn(amount, `DIVIDEND ${entry.ticker}`, 'dividend', 'Dividend & Cap Gains', entry.name), { ...trade(entry, day, amount, 'REINVEST DIVIDEND'), type: 'dividend' });
      }
    }
    return rows;
  };
}
