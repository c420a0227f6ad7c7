// The one place where an error becomes words for the user and the buttons that lead out of it. No stack, no secret: an error that is not
// of our own making gets a general sentence, and its own text goes to the log alone. Free of vscode; showError.ts draws it.
import { GuardRefusal, isOpenBankingError, LockoutStop } from '../client/errors.ts';
import { VaultError } from '../credentials/vaultError.ts';
import { PresentingError, SandboxStartError, SignedOutError, ToldError } from './errors.ts';
import { waysOutOf } from './waysOut.ts';

export interface MessageButton {
  title: string;
  command: string;
  /** What the command gets, e.g. the id of the connection. */
  arguments: readonly unknown[];
}

export interface UserMessage {
  /** `none`: the user did this (cancelled, said No) and needs no message. */
  severity: 'error' | 'warning' | 'none';
  text: string;
  buttons: readonly MessageButton[];
}

const silent: UserMessage = { severity: 'none', text: '', buttons: [] };

/** The words and ways out of an error. */
export function userMessage(error: unknown): UserMessage {
  if (isCancel(error) || (error instanceof GuardRefusal && error.declined)) return silent;
  const buttons = waysOutOf(error).flatMap(({ title, does }) => ('command' in does ? [{ title, ...does }] : []));
  return { severity: severityOf(error), text: wordsOf(error), buttons };
}

function severityOf(error: unknown): UserMessage['severity'] {
  return error instanceof SignedOutError || error instanceof PresentingError || error instanceof LockoutStop || error instanceof GuardRefusal ? 'warning' : 'error';
}

const isWritten = (error: unknown): error is Error =>
  isOpenBankingError(error) || error instanceof SignedOutError || error instanceof SandboxStartError || error instanceof ToldError || error instanceof VaultError;

/** Whether there is nothing to add to it: it was written for a person, or is their own cancel. */
export const isTold = (error: unknown): boolean => isCancel(error) || isWritten(error);

/** What was written for a person is shown as it stands. */
const wordsOf = (error: unknown): string => (isWritten(error) ? error.message : 'Something in the explorer itself went wrong. The log says where; a report of it is welcome.');

/** Whether the user, or a closing window, ended it: the client's own error, a signal's, or the editor's. */
export function isCancel(error: unknown): boolean {
  if (isOpenBankingError(error)) return error.kind === 'cancelled';
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled' || error.name === 'CancellationError');
}
