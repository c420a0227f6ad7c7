// Rows of transactions for tests, as the wire has them.

export interface RowWish { [field: string]: unknown }

const start = Date.UTC(2026, 4, 28) / 1000;
export const day = 86_400;

/** The `index`-th newest: a day older each, of one deposit account. */
export function transaction(index: number, wish: RowWish = {}): Record<string, unknown> {
  return {
    id: 31_500_000_000 + index, amount: -10 - index, accountId: 8100000011, customerId: 7000000001, status: 'active', description: `PAYEE ${index % 3} STORE`, memo: null,
    transactionDate: start - index * day, postedDate: start - index * day, createdDate: start - index * day + 3_600,
    categorization: { normalizedPayeeName: `Payee ${index % 3}`, category: index % 2 === 0 ? 'Groceries' : 'Coffee Shops' }, ...wish,
  };
}

export const transactions = (count: number, wish: (index: number) => RowWish = () => ({})): Record<string, unknown>[] => Array.from({ length: count }, (_, index) => transaction(index, wish(index)));

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
