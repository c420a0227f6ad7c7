// A bank's monthly statement of one account as a PDF: whose, which period, opening and closing balance, every entry of the month.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import type { StatementMonth } from '../reports/statementAssets.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { createLayout, day, money } from './layout.ts';

export interface StatementFacts {
  account: AccountEntity;
  month: StatementMonth;
  /** Posted rows of the month, oldest first. */
  rows: readonly TransactionEntity[];
  institution: string;
  owner: string;
  opening: number;
  closing: number;
}

export function statementPdf({ account, month, rows, institution, owner, opening, closing }: StatementFacts): Uint8Array {
  const period = `${day(month.from)} to ${day(month.to - 1)}`;
  const last4 = account.number.slice(-4);
  const layout = createLayout({ title: `${account.name} statement ${period}`, author: institution, subject: `Account ending in ${last4}`, created: month.to }, `${institution} - account ending in ${last4} - sandbox data, nothing in it is real`);
  layout.cover(institution, [`Statement of ${account.name}`, `Account ending in ${last4}`, owner || 'Account holder', `Statement period ${period}`]);
  layout.heading('Summary', 0);
  const { currency } = account;
  // As money into and out of the account's own figures; a balance of holdings moves without entries.
  const total = (side: 1 | -1) => rows.reduce((sum, row) => (Math.sign(row.amount) === side ? sum + row.amount : sum), 0);
  const owed = ['creditCard', 'lineOfCredit', 'mortgage', 'loan', 'studentLoan'].includes(account.stream);
  layout.facts([
    ['Opening balance', money(opening, currency)], [owed ? 'Charges' : holdsSecurities(account) ? 'Purchases' : 'Deposits', money(total(1), currency)],
    [owed ? 'Payments' : holdsSecurities(account) ? 'Money in and sales' : 'Withdrawals', money(total(-1), currency)], ['Closing balance', money(closing, currency)], ['Entries', String(rows.length)],
  ]);
  layout.heading('Entries', 0);
  if (rows.length === 0) layout.paragraph('There were no entries in this period.');
  else {
    layout.table(
      [{ title: 'Date', share: 14 }, { title: 'Description', share: 54 }, { title: 'Amount', share: 16, align: 'right' }, { title: 'Balance', share: 16, align: 'right' }],
      rows.map((row) => [day(row.transactionDate), row.description || row.memo || 'No description', money(row.amount, currency), row.runningBalance === undefined ? '' : money(row.runningBalance, currency)]),
    );
  }
  return layout.finish();
}
