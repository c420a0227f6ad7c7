// Transactions that a caller gave to data enrichment under an id of its own for a person: kept, so that a foresight report can be made of
// them (`externalCustomerId`). Per person the latest few thousand.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { hashText } from '../seedRandom.ts';
import type { SandboxState } from '../state.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';

export interface Submitted {
  externalCustomerId: string;
  externalAccountId: string;
  externalTransactionId: string;
  /** Epoch seconds. */
  date: number;
  /** Positive in, negative out. */
  amount: number;
  description: string;
  category: string;
  payee: string;
}

/** What stands for an institution where the data are the caller's own. */
export const OWN_DATA = 0;
export const ownDataName = { name: 'Data of the caller', urlHomeApp: '' };
const MOST = 5_000;
const BAG = 'submitted';

/** Keeps rows; one that came before under the same ids is replaced. */
export function keepSubmitted(rows: readonly Submitted[], state: SandboxState): void {
  const bag = state.bag<Submitted[]>(BAG);
  for (const person of new Set(rows.map(({ externalCustomerId }) => externalCustomerId))) {
    const key = ({ externalAccountId, externalTransactionId }: Submitted) => `${externalAccountId}|${externalTransactionId}`;
    const kept = new Map((bag.get(person) ?? []).map((row) => [key(row), row]));
    for (const row of rows) if (row.externalCustomerId === person) kept.set(key(row), row);
    bag.put(person, [...kept.values()].sort((a, b) => a.date - b.date).slice(-MOST));
  }
}

export const submittedOf = (externalCustomerId: string, state: SandboxState): readonly Submitted[] => state.bag<Submitted[]>(BAG).get(externalCustomerId) ?? [];

/** The facts with the caller's own accounts behind the linked ones, where the report asked for them. */
export function withSubmitted(facts: ReportFacts): ReportFacts {
  const id = facts.report.constraints.externalCustomerId;
  if (typeof id !== 'string') return facts;
  const rows = submittedOf(id, facts.context.state).filter(({ date }) => date >= facts.from && date <= facts.to);
  const accounts = [...new Set(rows.map(({ externalAccountId }) => externalAccountId))].map((account) => accountFacts(account, rows.filter((row) => row.externalAccountId === account), facts));
  return { ...facts, accounts: [...facts.accounts, ...accounts] };
}

function accountFacts(externalId: string, own: readonly Submitted[], { report, from }: ReportFacts): AccountFacts {
  const account: AccountEntity = {
    id: String(9_000_000_000 + (hashText(externalId) % 1_000_000_000)), customerId: report.customerId, institutionId: OWN_DATA, institutionLoginId: 0,
    type: 'checking', name: 'Account of the caller', number: externalId,
    currency: 'USD', marketSegment: 'personal', status: 'active', aggregationStatusCode: 0, createdDate: from, historyFrom: from, stream: 'none',
    openingBalance: 0,
  };
  const rows = own.map((row): TransactionEntity => ({
    id: hashText(row.externalTransactionId), accountId: account.id, customerId: report.customerId, amount: row.amount, status: 'active',
    description: row.description, type: row.amount < 0 ? 'debit' : 'credit',
    transactionDate: row.date, postedDate: row.date, createdDate: row.date, category: row.category, payee: row.payee,
  }));
  return { account, rows, history: rows, balance: 0, available: 0, daily: [], firstDay: 0, recent: [] };
}
