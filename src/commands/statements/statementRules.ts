// The questions before a range of statements, and the words for what became of it. Free of vscode.
import type { StatementMonth } from '../../tree/statementMonths.ts';
import { monthName } from '../../tree/words.ts';

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

/** What became of a range, as sentences; `folder` is its name. */
export function rangeWords({ saved, without, failed, left, ended }: RangeOutcome, folder: string, locale?: string): string {
  const names = (list: readonly StatementMonth[]): string => {
    const shown = list.slice(0, 4).map(({ month }) => monthName(month, locale));
    return list.length > shown.length ? `${shown.join(', ')} and ${list.length - shown.length} more` : shown.join(', ');
  };
  return [
    saved === 0 ? 'No statement was saved.' : `${count(saved)} saved in ${folder}.`,
    without.length > 0 ? `The bank keeps none for ${names(without)}.` : '',
    failed.length > 0 ? `${failed.length === 1 ? 'One' : failed.length} could not be saved (${names(failed.map(({ month }) => month))}): ${failed[0]!.reason}` : '',
    left > 0 ? `${left === 1 ? 'One was' : `${left} were`} not asked for.` : '',
    ended ?? '',
  ].filter(Boolean).join(' ');
}

export const count = (statements: number): string => (statements === 1 ? 'One statement' : `${statements} statements`);

/** The question before files are replaced; `already` is how many of them are there. */
export function replaceWords(already: number, chosen: number): { title: string; detail: string } {
  const there = chosen === 1 ? 'The statement is' : already === chosen ? `All ${chosen} statements are` : `${already} of the ${chosen} statements ${already === 1 ? 'is' : 'are'}`;
  const again = `Replacing reads ${already === 1 ? 'it' : 'them'} again from the bank`;
  return { title: `${there} in that folder already.`, detail: already === chosen ? `${again}.` : `${again}; keeping ${already === 1 ? 'it' : 'them'} leaves ${chosen - already} to read.` };
}

/** The question before a range that costs money. */
export function billableWords(statements: number, account: string, connection: string): { title: string; detail: string; confirm: string } {
  const each = statements === 1 ? 'It contacts the bank, may take three minutes, and is billable' : 'Each contacts the bank, may take three minutes, and is billable on its own';
  return {
    title: `Read ${statements === 1 ? 'one statement' : `${statements} statements`} of ${account} on ${connection}?`,
    detail: `${each}, also where the bank turns out to keep none. They are read one after the other; you can stop in between.`,
    confirm: statements === 1 ? 'Read the Statement' : `Read ${statements} Statements`,
  };
}
