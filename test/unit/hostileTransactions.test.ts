// Transactions and names that somebody wrote to hurt: they are masked, kept and exported in time that grows with their length alone.
import { expect, test } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';
import { csvText, tsvText } from '../../src/webviews/ui/tableText.ts';
import { TransactionStore } from '../../src/webviews/ui/transactionStore.ts';

const masked = (value: unknown): string => createMasker().json(JSON.stringify(value));

test('a payment service with a long run of blanks is masked at once', () => {
  const text = masked({ description: `ZELLE ${' '.repeat(90_000)}JANE DOE` });
  expect(text).not.toContain('JANE');
});

test('the cleaned text of a description is free text too', () => {
  expect(masked({ categorization: { bestRepresentation: 'ZELLE JANE DOE 4155550199' } })).not.toMatch(/JANE|4155550199/);
});

test('what is left of a number in an account\'s name is masked', () => {
  for (const name of ['Checking 4321', 'Checking (4321)', 'Visa ending 4321', 'x4321', 'Checking ··4321']) expect(masked({ accounts: [{ name }] }), name).not.toContain('4321');
});

test('a text of digits behind a minus sign is exported at once, and calculates nothing', () => {
  const columns = [{ key: 'v', label: 'V', read: (row: { v: string }) => row.v }];
  const long = `-${'1'.repeat(200_000)}x`;
  expect(csvText(columns, [{ v: long }])).toContain(`'${long}`);
  for (const v of ['"=1+1"', '\u2060=1+1', '\0=1+1', '\u00ad@SUM(1)']) expect(tsvText(columns, [{ v }], false).startsWith('\''), JSON.stringify(v)).toBe(true);
  expect(tsvText(columns, [{ v: '-12.50' }], false)).toBe('-12.50');
});

test('rows with thousands of names have some hundred columns, and lose nothing', () => {
  const store = new TransactionStore();
  store.append([Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, at])), { f0: 7 }]);
  expect(store.columns.length).toBeLessThan(400);
  expect(JSON.stringify(store.column('moreFields')!.at(0))).toContain('"f4999":4999');
  expect(store.column('f0')!.at(1)).toBe(7);
});
