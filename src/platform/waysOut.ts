// The one table of what leads out of an error: what a button is called and what stands behind it. Notifications take from it what a command
// does; the request editor takes all of it. What a button does stays with the host: a view only ever names a button by its id. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import type { ErrorAction } from '../api/codes.ts';
import { ApiError, AuthenticationError, GuardRefusal, isOpenBankingError, LockoutStop, type OpenBankingError } from '../client/errors.ts';
import { spanInWords } from '../client/inWords.ts';
import { mayRepeat } from '../client/retry.ts';
import type { AnyInput } from '../client/types.ts';
import { VaultError } from '../credentials/vaultError.ts';
import { PresentingError, SandboxStartError, SignedOutError, ToldError } from './errors.ts';

export type WayOutDeed =
  | { command: string; arguments: readonly unknown[] }
  /** Sends the same once more after so many milliseconds, counted down before the person's eyes; 0: at once. It passes the guard anew. */
  | { retryAfterMs: number }
  /** Opens the picker of this field of the request. */
  | { pick: readonly [place: 'parameters', name: string] };

export interface WayOut {
  id: string;
  title: string;
  does: WayOutDeed;
}

/** What is known around the failed call; with less, commands ask. */
export interface Around {
  connectionId?: string;
  entry?: OperationEntry;
  input?: AnyInput;
}

const runs = (id: string, title: string, command: string, ...given: readonly unknown[]): WayOut => ({ id, title, does: { command, arguments: given } });
const showLog = runs('showLog', 'Show Log', 'openBanking.showLog');
const useSandbox = runs('useSandbox', 'Use the Sandbox', 'openBanking.useSandbox');
const sendAgain: WayOut = { id: 'sendAgain', title: 'Send Again', does: { retryAfterMs: 0 } };
const forConnection = (connectionId: string | undefined): readonly unknown[] => (connectionId === undefined ? [] : [{ connectionId }]);
const editConnection = ({ connectionId }: Around): WayOut => runs('editConnection', 'Edit Credentials', 'openBanking.editConnection', ...forConnection(connectionId));
const allowChanges = ({ connectionId }: Around): WayOut => runs('editConnection', 'Edit Connection', 'openBanking.editConnection', ...forConnection(connectionId));
const tryOnceMore = ({ connectionId }: Around): WayOut => runs('testConnection', 'Try Once More…', 'openBanking.testConnection', ...forConnection(connectionId));

/** What leads out of it for what an API's code asks for (`action` in api/errorCodes.yaml). Support has no button: its sentence says what to do. */
const ofAction: Readonly<Partial<Record<ErrorAction, (around: Around, error: ApiError) => WayOut | undefined>>> = {
  editConnection,
  renewToken: ({ connectionId }) => runs('renewToken', 'Sign In Again', 'openBanking.testConnection', ...forConnection(connectionId)),
  createConsumer: (around) => runs('createConsumer', 'Create Consumer', 'openBanking.createConsumer', ...customerRow(around)),
  generateAgain: (around) => runs('generateAgain', 'Generate Report', 'openBanking.generateReport', ...customerRow(around)),
  connectFix,
  modifyConsumer: (around) => runs('modifyConsumer', 'Modify Consumer', 'openBanking.modifyConsumer', ...customerRow(around)),
  chooseOtherAccount,
  chooseCustomer,
  waitAndRetry: waiting,
};

/** The ways out, the best first. `around` says what the call was; a notification knows nothing of it. */
export function waysOutOf(error: unknown, around: Around = {}): WayOut[] {
  if (error instanceof SignedOutError) return [runs('enterCredentials', 'Enter Credentials', 'openBanking.enterCredentials', { connectionId: error.connectionId }), useSandbox];
  if (error instanceof SandboxStartError) return [showLog];
  if (error instanceof PresentingError) return [runs('stopPresenting', 'Turn Presentation Mode Off', 'openBanking.togglePresentationMode', undefined, 'off')];
  if (error instanceof ToldError) return [];
  if (error instanceof VaultError) return [editConnection(around), showLog];
  return isOpenBankingError(error) ? ofClient(error, around) : [showLog];
}

function ofClient(error: OpenBankingError, around: Around): WayOut[] {
  if (error instanceof LockoutStop) return error.remaining > 1 ? [editConnection(around), tryOnceMore(around)] : [editConnection(around)];
  if (error instanceof GuardRefusal) return error.connectionId !== undefined && !error.declined ? [allowChanges(error)] : [];
  if (error instanceof ApiError) {
    const { action } = error.explanation;
    const way = (action && !isItself(action, around) && ofAction[action]?.(around, error)) ?? (error instanceof AuthenticationError ? editConnection(around) : undefined);
    return way ? [way, showLog] : [showLog];
  }
  if (error.kind === 'invalidInput') return [];
  return error.retryable && around.entry ? [sendAgain, showLog] : [showLog];
}

/** What a way out runs itself: no way out of a call of the same kind. */
const runsItself: Readonly<Partial<Record<ErrorAction, (entry: OperationEntry) => boolean>>> = {
  createConsumer: ({ operationId }) => operationId === 'CreateConsumer',
  modifyConsumer: ({ operationId }) => operationId === 'ModifyConsumer',
  connectFix: ({ operationId }) => operationId === 'GenerateFixConnectUrl',
  generateAgain: ({ method, report }) => method === 'POST' && report !== undefined,
};
const isItself = (action: ErrorAction, { entry }: Around): boolean => entry !== undefined && runsItself[action]?.(entry) === true;

const minute = 60_000;
/** Longer than this nobody sits before a count-down. */
const longestWait = 15 * minute;

/** Waits as long as the API asks, or as its code's sentence says; only what may be repeated by machine is sent at the end of it. */
function waiting({ entry }: Around, error: ApiError): WayOut | undefined {
  if (!entry) return undefined;
  const ms = Math.max(1000, error.retryAfterMs ?? (error.status === 429 || error.code === '325' || error.code === '5006' ? minute : error.status >= 502 ? minute / 2 : 3 * minute));
  return mayRepeat(entry) && ms <= longestWait ? { id: 'waitAndRetry', title: `Wait ${spanInWords(ms)} and Try Again`, does: { retryAfterMs: ms } } : sendAgain;
}

function chooseOtherAccount({ entry }: Around): WayOut | undefined {
  const name = ['accountId', 'account_id'].find((one) => entry?.parameters.some((parameter) => parameter.name === one));
  return name === undefined ? undefined : { id: 'chooseOtherAccount', title: 'Choose Another Account', does: { pick: ['parameters', name] } };
}

function chooseCustomer({ entry }: Around): WayOut | undefined {
  const name = ['customerId', 'customer_id'].find((one) => entry?.parameters.some((parameter) => parameter.name === one));
  return name === undefined ? undefined : { id: 'chooseCustomer', title: 'Choose the Customer', does: { pick: ['parameters', name] } };
}

/** The request of a Connect Fix link, which knows customer and login as far as the call did. */
export function connectFix(around: Around): WayOut {
  return runs('connectFix', 'Open Connect Fix', 'openBanking.runOperation', loginRow(around), 'GenerateFixConnectUrl');
}

/** The request that carries the answers to a bank's questions; undefined where the API has no way to pass them on. */
export function answerQuestion(around: Around): WayOut | undefined {
  if (around.entry?.operationId !== 'AddAllAccounts' && around.entry?.operationId !== 'AddAllAccountsMfa') return undefined;
  const [customer] = customerRow(around);
  const row = customer === undefined ? undefined : { ...customer, kind: 'institution', institutionId: idOf(around, 'institutionId') };
  return runs('answerQuestion', 'Answer It', 'openBanking.runOperation', row, 'AddAllAccountsMfa');
}

/** What commands take for a row of the explorer: the customer that the call was about. */
function customerRow(around: Around): readonly Readonly<Record<string, unknown>>[] {
  const customerId = idOf(around, 'customerId', 'customer_id');
  return around.connectionId === undefined || customerId === undefined ? [] : [{ kind: 'consumer', path: '', connectionId: around.connectionId, customerId }];
}

/** The institution login that the call was about, as far as it named one. */
function loginRow(around: Around): unknown {
  const { connectionId } = around;
  const customerId = idOf(around, 'customerId', 'customer_id');
  const institutionLoginId = idOf(around, 'institutionLoginId', 'institution_login_id');
  if (connectionId === undefined) return undefined;
  return { kind: 'institutionLogin', path: '', connectionId, ...(customerId !== undefined && { customerId }), ...(institutionLoginId !== undefined && { institutionLoginId }) };
}

function idOf({ input }: Around, ...names: readonly string[]): string | undefined {
  const body = typeof input?.body === 'object' && input.body !== null ? input.body as Readonly<Record<string, unknown>> : {};
  for (const name of names) {
    const value = input?.[name] ?? body[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return undefined;
}
