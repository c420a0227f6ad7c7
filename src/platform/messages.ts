// The one place where an error becomes words for the user and the buttons that lead out of it. No stack, no secret: an error that is not
// of our own making gets a general sentence, and its own text goes to the log alone. Free of vscode; showError.ts draws it.
import type { ErrorAction } from '../api/codes.ts';
import { ApiError, AuthenticationError, GuardRefusal, isOpenBankingError, LockoutStop, type OpenBankingError } from '../client/errors.ts';
import { VaultError } from '../credentials/vaultError.ts';
import { SandboxStartError, SignedOutError, ToldError } from './errors.ts';

export interface MessageButton {
  title: string;
  command: string;
  /** What the command gets, e.g. the id of the connection. */
  argument?: { connectionId: string };
}

export interface UserMessage {
  /** `none`: the user did this (cancelled, said No) and needs no message. */
  severity: 'error' | 'warning' | 'none';
  text: string;
  buttons: readonly MessageButton[];
}

const showLog: MessageButton = { title: 'Show Log', command: 'openBanking.showLog' };
const useSandbox: MessageButton = { title: 'Use the Sandbox', command: 'openBanking.useSandbox' };
const editConnection = (connectionId?: string): MessageButton =>
  ({ title: 'Edit Credentials', command: 'openBanking.editConnection', ...(connectionId !== undefined && { argument: { connectionId } }) });
const enterCredentials = (connectionId: string): MessageButton => ({ title: 'Enter Credentials', command: 'openBanking.enterCredentials', argument: { connectionId } });
const testConnection: MessageButton = { title: 'Try Once More…', command: 'openBanking.testConnection' };

/** The button for what an API's code asks for (`action` in api/errorCodes.yaml). The other actions have no command: their sentence says what to do. */
const wayOut: Readonly<Partial<Record<ErrorAction, MessageButton>>> = {
  editConnection: editConnection(),
  renewToken: { title: 'Sign In Again', command: 'openBanking.testConnection' },
  createConsumer: { title: 'Create Consumer', command: 'openBanking.createConsumer' },
  generateAgain: { title: 'Generate Report', command: 'openBanking.generateReport' },
};

const silent: UserMessage = { severity: 'none', text: '', buttons: [] };

/** The words and ways out of an error. */
export function userMessage(error: unknown): UserMessage {
  if (isCancel(error)) return silent;
  if (error instanceof SignedOutError) return { severity: 'warning', text: error.message, buttons: [enterCredentials(error.connectionId), useSandbox] };
  if (error instanceof SandboxStartError) return { severity: 'error', text: error.message, buttons: [showLog] };
  if (error instanceof ToldError) return { severity: 'error', text: error.message, buttons: [] };
  if (error instanceof VaultError) return { severity: 'error', text: error.message, buttons: [editConnection(), showLog] };
  if (isOpenBankingError(error)) return clientMessage(error);
  return { severity: 'error', text: 'Something in the explorer itself went wrong. The log says where; a report of it is welcome.', buttons: [showLog] };
}

function clientMessage(error: OpenBankingError): UserMessage {
  const { message: text } = error;
  if (error instanceof LockoutStop) return { severity: 'warning', text, buttons: error.remaining > 1 ? [editConnection(), testConnection] : [editConnection()] };
  if (error instanceof GuardRefusal) return error.declined ? silent : { severity: 'warning', text, buttons: [] };
  if (error instanceof ApiError) {
    const { action } = error.explanation;
    const way = (action && wayOut[action]) ?? (error instanceof AuthenticationError ? editConnection() : undefined);
    return { severity: 'error', text, buttons: way ? [way, showLog] : [showLog] };
  }
  return { severity: 'error', text, buttons: error.kind === 'invalidInput' ? [] : [showLog] };
}

/** Whether the user, or a closing window, ended it: the client's own error, a signal's, or the editor's. */
export function isCancel(error: unknown): boolean {
  if (isOpenBankingError(error)) return error.kind === 'cancelled';
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled' || error.name === 'CancellationError');
}
