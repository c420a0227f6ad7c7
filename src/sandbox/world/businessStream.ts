// A small firm's checking account: card settlements on working days, payroll every other Friday, suppliers, rent, taxes, the owner's draw.
import { businessSuppliers, cardProcessors, landlords } from './merchants.ts';
import type { Merchant } from './merchants.ts';
import { cents, fixed, price } from './streams.ts';
import type { Generator, Row, StreamContext } from './streams.ts';
import { monthlyToSiblings, siblingRows } from './transfers.ts';

export function businessChecking(context: StreamContext): Generator {
  const { seed, account } = context;
  const random = fixed(seed, account.id, 'business');
  // Sales a working day: enough for payroll, supplies and whatever goes to the firm's cards and loans.
  const sales = Math.max(random.int(450, 1800), monthlyToSiblings(context) / 6.5);
  const processor = random.pick(cardProcessors);
  const landlord = random.pick(landlords);
  const rent = Math.round(sales * 1.9 / 50) * 50;
  const payday = random.int(0, 1);
  const staff = Math.max(1, Math.round(sales / 420));
  const season = random.int(1, 12);
  const siblings = siblingRows(context);
  let invoice = random.int(200, 4000);
  return (day, balance) => {
    const roll = context.random(day);
    const rows: Row[] = siblings(day);
    const inSeason = 1 + 0.22 * Math.cos(((day.month - season) / 6) * Math.PI);
    const working = day.weekday >= 1 && day.weekday <= 5;
    if (working) {
      const batch = sales * inSeason * (day.weekday === 1 ? 1.7 : 0.8) * (0.6 + roll.next() * 0.8);
      rows.push({ amount: cents(batch), description: `${processor.toUpperCase()} BATCH ${String(day.number).slice(-4)}`, type: 'deposit', category: 'Deposit', payee: processor });
      if (roll.chance(0.12)) rows.push({ amount: cents(sales * (0.4 + roll.next() * 2.2)), description: `MOBILE CHECK DEPOSIT ${++invoice}`, type: 'deposit', category: 'Check', payee: 'Check Deposit', checkNum: String(invoice) });
      if (roll.chance(0.5)) {
        const merchant = businessSuppliers[Math.floor(businessSuppliers.length * roll.next())] as Merchant;
        const scale = merchant.category === 'Business Services' ? sales / 700 : 1;
        rows.push({
          amount: -cents(price(roll, merchant.low, merchant.high) * scale), description: merchant.print.replace('#', String(roll.int(100, 999))), type: 'debit', category: merchant.category, payee: merchant.name,
          lag: roll.chance(0.7) ? 1 : 2, newIdOnPost: roll.chance(0.3), city: context.city, state: context.state,
        });
      }
    }
    if (day.weekday === 5 && Math.floor(day.number / 7) % 2 === payday) {
      for (let person = 0; person < staff; person++) {
        rows.push({ amount: -cents(sales * 2.6 / staff * (0.92 + roll.next() * 0.16)), description: `PAYROLL DIR DEP EMP ${String(person + 1).padStart(3, '0')}`, type: 'directDebit', category: 'Paycheck', payee: 'Payroll' });
      }
      rows.push({ amount: -cents(sales * 0.62), description: 'EFTPS PAYROLL TAX', type: 'directDebit', category: 'Federal Tax', payee: 'Internal Revenue Service' });
    }
    if (day.date === 1) rows.push({ amount: -rent, description: `${landlord.toUpperCase()} SHOP RENT`, type: 'directDebit', category: 'Mortgage & Rent', payee: landlord });
    if (day.date === 9) rows.push({ amount: -cents(90 + sales * 0.12 * (0.8 + roll.next() * 0.4)), description: 'ROCKY BASIN POWER COMMERCIAL', type: 'directDebit', category: 'Utilities', payee: 'Rocky Basin Power' });
    if (day.date === 3) rows.push({ amount: -cents(sales * 0.55), description: `${processor.toUpperCase()} FEES`, type: 'fee', category: 'Fees & Charges', payee: processor });
    if (day.date === 20) rows.push({ amount: -cents(sales * 1.15 * inSeason), description: 'STATE TAX COMM SALES TAX', type: 'directDebit', category: 'Sales Tax', payee: 'State Tax Commission' });
    if (day.date === 28 && balance > sales * 14) rows.push({ amount: -cents(Math.round((balance - sales * 9) / 100) * 100), description: 'OWNER DRAW TRANSFER', type: 'transfer', category: 'Transfer', payee: 'Owner Draw' });
    const after = rows.reduce((sum, row) => sum + row.amount, balance);
    if (after < 0) rows.push({ amount: -36, description: 'OVERDRAFT ITEM FEE', memo: 'INSUFFICIENT FUNDS', type: 'fee', category: 'Fees & Charges', payee: 'Overdraft Fee' });
    if (day.date === 12 && balance < 0) rows.push({ amount: cents(Math.round(sales * 4 / 100) * 100), description: 'OWNER CONTRIBUTION', type: 'transfer', category: 'Transfer', payee: 'Owner Contribution' });
    return rows;
  };
}
