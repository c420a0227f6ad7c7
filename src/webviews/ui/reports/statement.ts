// The statement report: no figures, only which statement it is and where its PDF is kept (domain.md §8, §11).
import type { ReportReading, ReportSource } from './table.ts';
import { at } from './reading.ts';
import { numberOf } from '../format.ts';

export function readStatement({ body }: ReportSource): ReportReading {
  const asked = at(body, 'constraints', 'statementReportData');
  const index = numberOf(at(asked, 'statementIndex'));
  return {
    figures: [
      { key: 'accountId', label: 'Account', value: at(asked, 'accountId'), kind: 'text', note: 'The account\'s id' },
      { key: 'statementIndex', label: 'Statement', value: index, kind: 'number', note: index === undefined ? undefined : indexNote(index) },
      { key: 'assetId', label: 'Asset', value: body.assetId, kind: 'text', note: 'The stored PDF: follow the id to read it' },
    ],
    sections: [{
      id: 'statement', title: 'The statement', folded: false, fields: [], tables: [], children: [],
      note: 'This report has no figures of its own: the bank\'s statement is a PDF file, kept under the asset id above. '
        + 'Follow that id and choose Read the File (GetAssetByCustomerID); the API bills each download.',
    }],
  };
}

/** Statements are counted back in months from the newest. */
const indexNote = (index: number): string => (index === 1 ? 'The newest' : index === 2 ? 'The one before the newest' : `${index - 1} months before the newest`);
