// What the API's codes mean, in our words: typed access to the tables that the build makes from api/errorCodes.yaml and
// api/aggregationStatusCodes.yaml. Wording is edited there and nowhere else. Free of vscode.
import aggregationJson from './generated/aggregationStatusCodes.json' with { type: 'json' };
import errorJson from './generated/errorCodes.json' with { type: 'json' };

/** What a message may offer as its button. */
export type ErrorAction =
  | 'renewToken' | 'editConnection' | 'createConsumer' | 'connectFix' | 'waitAndRetry' | 'generateAgain' | 'chooseOtherAccount' | 'chooseCustomer' | 'modifyConsumer' | 'contactSupport';

export interface Explanation {
  /** A few words, no full stop. */
  title: string;
  /** What happened, in a sentence. */
  meaning: string;
  /** What to do, in a sentence. */
  fix: string;
  /** Whether the same call may succeed later, unchanged. */
  retryable: boolean;
  action?: ErrorAction;
  /** Likely causes, the likeliest first; each a sentence. */
  causes?: readonly string[];
}

interface ErrorCodeEntry {
  title: string;
  meaning: string;
  fix: string;
  http?: number;
  retryable?: boolean;
  action?: ErrorAction;
  causes?: readonly string[];
  /** Where one code means another thing under another HTTP status. */
  byStatus?: Readonly<Record<string, Partial<Omit<ErrorCodeEntry, 'byStatus'>>>>;
}

/** `ok`; `wait`: comes right by itself; `attention`: somebody must look; `reconnect`: the person must sign in again; `gone`. */
export type AggregationState = 'ok' | 'wait' | 'attention' | 'reconnect' | 'gone';

export interface AggregationStatus {
  state: AggregationState;
  meaning: string;
  fix: string;
}

/** Every known error code. */
export const errorCodes = errorJson as unknown as Readonly<Record<string, ErrorCodeEntry>>;
/** Every known aggregation status code. */
export const aggregationStatusCodes = aggregationJson as unknown as Readonly<Record<string, AggregationStatus>>;

/** What an account's `aggregationStatusCode` says; undefined before the first refresh. An unknown code is `attention`. */
export function explainAggregationStatus(code: number | string | null | undefined): AggregationStatus | undefined {
  if (code === null || code === undefined || code === '') return undefined;
  return lookUp(aggregationStatusCodes, String(code)) ?? {
    state: 'attention',
    meaning: `The institution answered with aggregation code ${code}, which no page explains.`,
    fix: 'Refresh the account; if the code stays, ask Mastercard\'s support about it.',
  };
}

/**
 * Explains a failed answer by its code, else by its status and media type. Never undefined: an unknown answer is explained as such.
 * @param code The API's code as text; undefined when the body has none.
 * @param contentType Media type without parameters.
 * @param aboutReports Whether the operation makes or reads reports; others answer the report service's own code for a value that they refuse.
 */
export function explainError(code: string | undefined, status: number, contentType = '', aboutReports = true): Explanation {
  if (code === '10100' && status === 400 && !aboutReports) return valueRefused;
  const known = code === undefined ? undefined : lookUp(errorCodes, code);
  if (known) {
    const { byStatus, http: _http, action, causes, ...general } = known;
    const own = byStatus?.[String(status)];
    // Another meaning has other causes and another way out.
    return { ...general, ...(own ?? { ...(action && { action }), ...(causes && { causes }) }), retryable: own?.retryable ?? known.retryable ?? isTransient(status) };
  }
  const aggregation = code === undefined ? undefined : lookUp(aggregationStatusCodes, code);
  if (aggregation && status >= 500) return explainAggregationFailure(aggregation);
  return explainStatus(status, contentType);
}

/** An aggregation code that comes as an error means that the bank stopped this very call. */
function explainAggregationFailure({ state, meaning, fix }: AggregationStatus): Explanation {
  return {
    title: state === 'wait' ? 'The institution is not available just now' : 'The institution stopped the call',
    meaning, fix, retryable: state === 'wait',
    action: state === 'wait' ? 'waitAndRetry' : state === 'reconnect' ? 'connectFix' : undefined,
  };
}

const valueRefused: Explanation = {
  title: 'A value is not accepted', meaning: 'The API refuses a value of the request; its message names which.', retryable: false,
  fix: 'Correct the value that the message names, then send the request again.',
};

const isTransient = (status: number) => status === 429 || status === 502 || status === 503 || status === 504;

function explainStatus(status: number, contentType: string): Explanation {
  const retryable = isTransient(status);
  if (status === 401 && contentType === 'text/plain')
    return {
      title: 'The app key is not valid, or the plan does not include this product', retryable, action: 'editConnection',
      meaning: 'The gateway refused the app key. It answers the same when the key is right but the plan lacks the product, as active customers on a Test Drive plan.',
      fix: 'If other operations work, the plan lacks this product; otherwise copy the app key again from the developer portal.',
      causes: ['The plan does not include the product: a Test Drive plan has no active customers, for one.', 'The app key was copied with a character missing, or belongs to another project.'],
    };
  return { ...(byStatus[status] ?? fallback(status)), retryable };
}

type StatusText = Omit<Explanation, 'retryable'>;
const byStatus: Readonly<Record<number, StatusText>> = {
  400: { title: 'The request is not accepted', meaning: 'A value is missing or malformed.', fix: 'Compare the request with the operation\'s description.', causes: ['A required field is missing.', 'A value has another type or form than the description says.'] },
  401: { title: 'Not signed in', action: 'editConnection', meaning: 'The API does not accept the credentials, the app key or the token.', fix: 'Check the connection\'s credentials.' },
  403: {
    title: 'Access from here is refused',
    meaning: 'The API takes requests from the United States, the United Kingdom, Canada and Australia only; anywhere else its edge refuses them without a code.',
    fix: 'Check from which country your network (VPN or proxy) reaches the internet.',
    causes: ['A VPN or a proxy leaves for the internet in another country.'],
  },
  404: { title: 'Not found', meaning: 'What the request names does not exist for this partner, or the base URL is wrong.', fix: 'Check the ids and the connection\'s base URL.', causes: ['It was deleted, or belongs to another connection.', 'An id is of another kind, e.g. an account\'s where a customer\'s is due.'] },
  406: { title: 'Media type not available', meaning: 'The operation cannot answer in the wanted form.', fix: 'Ask for another media type.' },
  408: { title: 'The API gave up waiting', action: 'waitAndRetry', meaning: 'The institution did not answer in time.', fix: 'Try again in a few minutes.' },
  409: { title: 'Conflict', meaning: 'The resource exists already, or its state forbids the change.', fix: 'Read the present state first.' },
  429: {
    title: 'Too many requests', action: 'waitAndRetry',
    meaning: 'The app key\'s rate limit is reached.',
    fix: 'Wait a minute and try again; if even the first call of the day is refused, check the app key.',
    causes: ['Too many calls were made with this app key in a short time.', 'The connection is a Test Drive plan, which answers so to reports at times.', 'The app key is wrong: an unknown one has a limit of none.'],
  },
  500: { title: 'The API failed', meaning: 'The API had an internal error.', fix: 'Try again later; if it stays, ask Mastercard\'s support.', action: 'contactSupport' },
};

function fallback(status: number): StatusText {
  if (status >= 500)
    return { title: 'The API is not available', action: 'waitAndRetry', meaning: 'The API, or a gateway before it, cannot answer just now.', fix: 'Try again in a few minutes.' };
  return { title: 'The API refuses the request', meaning: 'No page explains this answer.', fix: 'Compare the request with the operation\'s description.' };
}

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
