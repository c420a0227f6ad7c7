// What is said of a failed test of credentials, and whether the same ones may go again. Free of vscode.
// Refused credentials are refused again, and each refusal counts towards the lock: those can only be edited.
import { ApiError, AuthenticationError, LockoutStop } from '../../client/errors.ts';

export interface TrialFailure {
  headline: string;
  /** Whether trying again with nothing changed can end otherwise. */
  mayRepeat: boolean;
}

/** `label` is the connection's. */
export function trialFailure(error: unknown, label: string): TrialFailure {
  if (error instanceof AuthenticationError)
    return { headline: `"${label}" was tested and refused, so nothing was saved.`, mayRepeat: !['credentials', 'appKey', 'locked'].includes(error.problem) };
  if (error instanceof ApiError) return { headline: `"${label}" was tested and the API answered with an error, so nothing was saved.`, mayRepeat: true };
  return { headline: `"${label}" could not be tested, so nothing was saved.`, mayRepeat: !(error instanceof LockoutStop && error.remaining <= 1) };
}
