import { expect, test } from 'vitest';
import { nameProblem, usernameHint, usernameProblem } from '../../src/commands/customers/username.ts';

test.each(['dana-reyes-01', 'a.b@c#d', '!@.#$%&*_-+', 'x'.repeat(6), 'x'.repeat(255)])('%s is a good username', (name) => {
  expect(usernameProblem(name)).toBeUndefined();
});

test('what is wrong is named', () => {
  expect(usernameProblem('abcde')).toMatch(/1 more character:/);
  expect(usernameProblem('ab')).toMatch(/4 more characters:/);
  expect(usernameProblem('x'.repeat(257))).toMatch(/2 too many/);
  expect(usernameProblem('josé-reyes')).toMatch(/"é" is not allowed/);
  expect(usernameProblem('dana reyes')).toMatch(/A space is not allowed/);
  expect(usernameProblem('dana😀reyes')).toMatch(/"😀"/);
});

test('an e-mail address is advised against, not refused', () => {
  expect(usernameProblem('dana@example.com')).toBeUndefined();
  expect(usernameHint('dana@example.com')).toMatch(/Better no e-mail/);
  expect(usernameHint('dana-reyes')).toBeUndefined();
});

test('a first or last name has at most 255 characters, and may be empty', () => {
  expect(nameProblem('')).toBeUndefined();
  expect(nameProblem('José María'.padEnd(255, 'x'))).toBeUndefined();
  expect(nameProblem('x'.repeat(257))).toMatch(/^2 too many: .* 255/);
});
