// What is said of a failed test of credentials that are not saved, and whether the same ones are offered to go again.
import { expect, test } from 'vitest';
import { AuthenticationError, type AuthenticationProblem, LockoutStop, NetworkError } from '../../src/client/errors.ts';
import { trialFailure } from '../../src/commands/connections/trialRules.ts';

const refused = (problem: AuthenticationProblem) => new AuthenticationError({
  operationId: 'PartnerAuthentication', family: 'authentication', code: '10001', explanation: { title: 'Refused', meaning: 'It was refused.', fix: 'Correct it.' },
  answer: { status: 401, contentType: 'application/json', headers: {}, body: {}, size: 2, durationMs: 1 },
} as unknown as ConstructorParameters<typeof AuthenticationError>[0], problem);

test.each(['credentials', 'appKey', 'locked'] as const)('what the API refused for its %s was tested, and does not go again as it is', (problem) => {
  expect(trialFailure(refused(problem), 'Acme')).toEqual({ headline: '"Acme" was tested and refused, so nothing was saved.', mayRepeat: false });
});

test('where the API was not reached, nothing was tested and trying again can help', () => {
  const unreachable = new NetworkError('refused', 'The host refused.', 'ECONNREFUSED');
  expect(trialFailure(unreachable, 'Acme')).toEqual({ headline: '"Acme" could not be tested, so nothing was saved.', mayRepeat: true });
});

test('stopped before the last failure, only editing is left', () => {
  expect(trialFailure(new LockoutStop(1), 'Acme').mayRepeat).toBe(false);
  expect(trialFailure(new LockoutStop(2), 'Acme')).toEqual({ headline: '"Acme" could not be tested, so nothing was saved.', mayRepeat: true });
});
