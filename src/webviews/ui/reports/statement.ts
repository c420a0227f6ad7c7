// The statement report: no figures, only which statement it is and where its PDF is kept (domain.md §8, §11). The body has the account's id alone;
// where it holds accounts all the same, the account is named.
import { field } from '../generic.ts';
import { numberOf } from '../format.ts';
import type { Figure, Section } from '../reportTypes.ts';
import { accountLabel, accountsOf, at, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export function readStatement({ body }: ReportSource): ReportReading {
  const asked = at(body, 'constraints', 'statementReportData');
  const id = at(asked, 'accountId');
  const index = numberOf(at(asked, 'statementIndex'));
  const accounts = accountsOf(body);
  const place = accounts.findIndex((account) => textOf(account.id) !== '' && textOf(account.id) === textOf(id));
  const account: Figure = place < 0 ? { key: 'accountId', label: 'Account', value: id, kind: 'text', note: 'The account\'s id: the body has no name of it' }
    : { key: 'account', label: 'Account', value: accountLabel(accounts[place]!, place), kind: 'text', note: `ID ${textOf(id)}` };
  const stored = textOf(body.assetId) !== '';
  return {
    figures: [account, { key: 'statementIndex', label: 'Statement', value: index, kind: 'number', note: index === undefined ? undefined : indexNote(index) }],
    sections: [statementSection(stored ? textOf(body.assetId) : undefined)],
    done: stored ? ['assetId'] : [],
  };
}

const statementSection = (assetId: string | undefined): Section => ({
  id: 'statement', title: 'The statement', folded: false, fields: assetId === undefined ? [] : [field('assetId', assetId)], tables: [], children: [],
  note: assetId === undefined ? 'The statement itself is a PDF file of the bank; this body does not say under which asset id it is kept.'
    : 'The statement itself is a PDF file of the bank, kept under the asset id below: follow it and choose Read the File; the API bills each download.',
});

/** Statements are counted back in months from the newest. */
const indexNote = (index: number): string => (index === 1 ? 'The newest' : index === 2 ? 'The one before the newest' : `${index - 1} months before the newest`);
