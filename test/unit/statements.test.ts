// Statements saved as files: their months, names, the question and the outcome in words.
import { expect, test } from 'vitest';
import { billableWords, rangeWords, replaceWords } from '../../src/commands/statements/statementRules.ts';
import { statementFile, statementMonth, statementMonths } from '../../src/tree/statementMonths.ts';

const months = statementMonths(Date.UTC(2026, 0, 31));

test('the months go back two years from the one before this', () => {
  expect(months).toHaveLength(24);
  expect([0, 1, 24, 25].map((index) => statementMonth(index, Date.UTC(2026, 0, 31))?.month)).toEqual([undefined, '2025-12', '2024-01', undefined]);
  expect([months[0], months[1], months[23]]).toEqual([{ index: 1, month: '2025-12' }, { index: 2, month: '2025-11' }, { index: 24, month: '2024-01' }]);
});

test('a file is named by account and month, and cannot leave its folder', () => {
  expect(statementFile('9012995262', months[0]!)).toBe('statement-9012995262-2025-12.pdf');
  expect(statementFile('../../etc/passwd', months[0]!)).toBe('statement-______etc_passwd-2025-12.pdf');
});

test('what a range costs is said with its number, its account and its connection', () => {
  expect(billableWords(12, 'Everyday ··2055', 'Acme live')).toMatchObject({ title: 'Read 12 statements of Everyday ··2055 on Acme live?', confirm: 'Read 12 Statements' });
  expect(billableWords(12, 'x', 'y').detail).toContain('billable');
  expect(billableWords(1, 'x', 'y')).toMatchObject({ title: 'Read one statement of x on y?', confirm: 'Read the Statement' });
});

test('the outcome tells what was saved, what the bank does not keep, what failed and why, and what was left', () => {
  expect(rangeWords({ saved: 3, without: [], failed: [], left: 0 }, 'Bank')).toBe('3 statements saved in Bank.');
  expect(rangeWords({ saved: 0, without: months.slice(0, 6), failed: [], left: 0 }, 'Bank', 'en-US')).toBe('No statement was saved. The bank keeps none for December 2025, November 2025, October 2025, September 2025 and 2 more.');
  expect(rangeWords({ saved: 1, without: [], failed: [{ month: months[1]!, reason: 'The bank could not be reached.' }], left: 4 }, 'Bank', 'en-US'))
    .toBe('One statement saved in Bank. One could not be saved (November 2025): The bank could not be reached. 4 were not asked for.');
});

test('what is in the folder already is counted, and what each answer costs is said', () => {
  expect(replaceWords(2, 3)).toEqual({ title: '2 of the 3 statements are in that folder already.', detail: 'Replacing reads them again from the bank; keeping them leaves 1 to read.' });
  expect(replaceWords(1, 3).title).toBe('1 of the 3 statements is in that folder already.');
  expect(replaceWords(3, 3)).toEqual({ title: 'All 3 statements are in that folder already.', detail: 'Replacing reads them again from the bank.' });
  expect(replaceWords(1, 1)).toEqual({ title: 'The statement is in that folder already.', detail: 'Replacing reads it again from the bank.' });
});
