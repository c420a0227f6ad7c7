// The months of which an account may have a statement, and the files that they are saved as. The API knows statements by an index alone, 1 the newest of 24 (description of
// GetCustomerAccountStatement); the month is counted back from today.

export interface StatementMonth {
  /** 1 to 24, the newest first. */
  index: number;
  /** `2026-10`, counted back in UTC. */
  month: string;
}

const months = 24;

/** @param now Epoch milliseconds. */
export function statementMonths(now: number): StatementMonth[] {
  const today = new Date(now);
  return Array.from({ length: months }, (_, at) => ({ index: at + 1, month: new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - at - 1, 1)).toISOString().slice(0, 7) }));
}

/** The month of an index that the API may answer; undefined for any other. */
export const statementMonth = (index: number, now: number): StatementMonth | undefined => statementMonths(now)[index - 1];

/** The same name each time, so that a later range finds what is there. */
export const statementFile = (accountId: string, { month }: StatementMonth): string => `statement-${accountId.replace(/[^\w-]/g, '_').slice(0, 60)}-${month}.pdf`;
