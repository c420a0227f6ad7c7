// The files that statements are saved as, the question before a range of them, and the words for what became of it. Free of vscode.
import type { StatementMonth } from '../../tree/statementMonths.ts';
import { monthName } from '../../tree/words.ts';

/** The same name each time, so that a later range finds what is there. */
export const statementFile = (accountId: string, { month }: StatementMonth): string => `statement-${accountId.replace(/[^\w-]/g, '_').slice(0, 60)}-${month}.pdf`;

export interface RangeOutcome {
  saved: number;
  /** Months of which the bank keeps none. */
  without: readonly StatementMonth[];
  failed: readonly { month: StatementMonth; reason: string }[];
  /** Not asked for any more, since the person or a failure stopped it. */
  left: number;
  /** Why the rest was not asked for, where that is no failure. */
  ended?: string;
}

/** What became of a range, as sentences. */
export function rangeWords({ saved, without, failed, left, ended }: RangeOutcome, locale?: string): string {
  const names = (list: readonly StatementMonth[]): string => {
    const shown = list.slice(0, 4).map(({ month }) => monthName(month, locale));
    return list.length > shown.length ? `${shown.join(', ')} and ${list.length - shown.length} more` : shown.join(', ');
  };
  return [
    saved === 0 ? 'No statement was saved.' : `${count(saved)} saved.`,
    without.length > 0 ? `The bank keeps none for ${names(without)}.` : '',
    failed.length > 0 ? `${failed.length === 1 ? 'One' : failed.length} could not be read (${names(failed.map(({ month }) => month))}): ${failed[0]!.reason}` : '',
    left > 0 ? `${left === 1 ? 'One was' : `${left} were`} not asked for.` : '',
    ended ?? '',
  ].filter(Boolean).join(' ');
}

export const count = (statements: number): string => (statements === 1 ? 'One statement' : `${statements} statements`);

/** The question before a range that costs money. */
export function billableWords(statements: number, account: string, connection: string): { title: string; detail: string; confirm: string } {
  const each = statements === 1 ? 'It contacts the bank, may take three minutes, and is billable' : 'Each contacts the bank, may take three minutes, and is billable on its own';
  return {
    title: `Read ${statements === 1 ? 'one statement' : `${statements} statements`} of ${account} on ${connection}?`,
    detail: `${each}, also where the bank turns out to keep none. They are read one after the other; you can stop in between.`,
    confirm: statements === 1 ? 'Read the Statement' : `Read ${statements} Statements`,
  };
}
