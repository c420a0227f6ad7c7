import { expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { bankSteps } from '../../src/commands/accounts/bankQuestionRules.ts';
import { birthdayProblem, emailProblem, parseBirthday, phoneProblem, ssnProblem, stateProblem, zipProblem } from '../../src/requests/formats.ts';
import { knownIds } from '../../src/commands/operations/hereRules.ts';
import { againWith, dateChoices, generators, monthsBefore, parseDay, reachOf, startDayProblem } from '../../src/commands/reports/reportRules.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';

test('an SSN has nine digits, with or without hyphens', () => {
  expect(ssnProblem('999-60-1111')).toBeUndefined();
  expect(ssnProblem('999601111')).toBeUndefined();
  expect(ssnProblem('99960111')).toBe('Nine digits; these are 8.');
  expect(ssnProblem('99960111x')).toMatch(/Digits only/);
});

test('a birthday is a day that exists and lies in the past', () => {
  expect(parseBirthday('1970-07-04')).toEqual({ year: 1970, month: 7, dayOfMonth: 4 });
  expect(birthdayProblem('1970-02-30')).toMatch(/day that exists/);
  expect(birthdayProblem('2999-01-01')).toBe('In the past.');
  expect(birthdayProblem('04.07.1970')).toMatch(/YYYY-MM-DD/);
});

test('telephone, e-mail, state and ZIP are checked', () => {
  expect(phoneProblem('(678) 678-6786')).toBeUndefined();
  expect(phoneProblem('1-678-678-6786')).toBeUndefined();
  expect(phoneProblem('678678')).toBe('Ten digits; these are 6.');
  expect(emailProblem('a@b')).toMatch(/name@example.com/);
  expect(stateProblem('Utah')).toMatch(/Two letters/);
  expect(zipProblem('84123-1234')).toBeUndefined();
  expect(zipProblem('8412')).toMatch(/Five digits/);
});

test('months back keep the day where there is one', () => {
  const at = (day: string): number => Date.parse(`${day}T15:00:00Z`);
  expect(monthsBefore(at('2026-11-22'), 3)).toBe(at('2026-08-22') / 1000 - 15 * 3600);
  expect(new Date(monthsBefore(at('2026-03-31'), 1) * 1000).toISOString().slice(0, 10)).toBe('2026-02-28');
  expect(new Date(monthsBefore(at('2026-01-15'), 2) * 1000).toISOString().slice(0, 10)).toBe('2025-11-15');
});

test('a start day must exist, be past and be within what the report reaches', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(startDayProblem('2026-02-30', now, 24)).toMatch(/day that exists/);
  expect(startDayProblem('2026-11-23', now, 24)).toMatch(/past/);
  expect(startDayProblem('2024-11-21', now, 24)).toMatch(/24 months ago: more is not kept/);
  expect(startDayProblem('2024-11-22', now, 24)).toBeUndefined();
  expect(startDayProblem('2025-11-21', now, 12)).toMatch(/12 months ago: this report reaches no further/);
  const reaches = Object.fromEntries(generators().map((entry) => [entry.operationId, reachOf(entry)]));
  expect(reaches).toMatchObject({ GenerateVOAReport: 12, GenerateVOIReport: 24, GenerateTransactionsReport: 24 });
  expect(dateChoices(true, 12).map(({ label, description }) => [label, description])).toEqual([['3 months', undefined], ['6 months', undefined], ['12 months', 'the most for this report'], ['From a date of your own…', undefined]]);
  expect(dateChoices(false, 24).at(-2)).toMatchObject({ label: '24 months', description: 'the most that is kept' });
  expect(parseDay('2026-01-01')).toBe(1767225600);
});

test('a bank\'s choices are offered as a list that answers with their values; other questions are typed', () => {
  expect(bankSteps([
    { text: 'What is your first pet\'s name?' },
    { text: 'Which colour?', choices: [{ choice: 'Red', value: 'r' }, { choice: 'Blue', value: 'b' }, { value: 'plain' }] },
    { text: 'Type the word', image: 'data:image/gif;base64,xx' },
    { text: 'Which one is yours?', imageChoices: [{ imageChoice: 'data:image/gif;base64,xx', value: 'picture-1' }] },
    {},
  ])).toEqual([
    { key: '0', prompt: 'What is your first pet\'s name?' },
    { key: '1', prompt: 'Which colour?', choices: [{ label: 'Red', value: 'r' }, { label: 'Blue', value: 'b' }, { label: 'plain', value: 'plain' }] },
    { key: '2', prompt: 'Type the word (the bank shows a picture)' },
    { key: '3', prompt: 'Which one is yours? (the bank shows a picture)', choices: [{ label: 'Picture 1: picture-1', value: 'picture-1' }] },
    { key: '4', prompt: 'Security question' },
  ]);
});

test('a report that failed is made anew without asking for what is known', () => {
  const node = { kind: 'reports', path: '', connectionId: 'c1', customerId: '7' };
  const again = (operationId?: string, customerId?: string) => againWith({ connectionId: 'c1', ...(customerId !== undefined && { customerId }), ...(operationId !== undefined && { operationId }) });
  expect(again('GenerateVOAReport', '7')).toEqual(['openBanking.generateReport', node, 'GenerateVOAReport']);
  // What a few questions cannot make gets a request of its own, with the customer in it.
  expect(again('GeneratePayStatementReport', '7')).toEqual(['openBanking.runOperation', node, 'GeneratePayStatementReport']);
  expect(requestText(operation('GeneratePayStatementReport'), knownIds(node as ExplorerNode))).toContain('"customerId": "7"');
  expect(again('GenerateVOAReport')).toEqual(['openBanking.runOperation', undefined, 'GenerateVOAReport']);
  expect(again(undefined, '7')).toEqual(['openBanking.generateReport', node, undefined]);
});
