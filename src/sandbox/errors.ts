// How an error of the API looks on the wire: by the operation's family, and as XML where the caller did not ask for JSON.
// Sources: the domain notes on error shapes; observed replies where they differ from the public description.
import { ApiFault } from './types.ts';
import type { SandboxReply } from './types.ts';
import { escapeXml } from './xml.ts';

export { escapeXml };

export const notFound = (message = 'Resource not found.') => new ApiFault(404, 14001, message);
export const missingParameter = (name: string) => new ApiFault(400, 10005, `Missing parameter (${name})`);

/** Families that write everything in XML unless JSON is asked for. */
export const speaksXml = (path: string) => path.startsWith('/aggregation/');

interface Family {
  path: RegExp;
  body(fault: ApiFault): Record<string, unknown>;
  /** The family itself refuses a wrong app key, in its own shape, where elsewhere the gateway does. */
  refusesKey?: true;
}

const short = (message: string) => message.replaceAll('Finicity-', '');
const flat = ({ code, message, extra }: ApiFault) => ({ code, message, ...extra });
const counted = ({ status, message }: ApiFault) => ({ errorCode: status, message });

/** Webhook subscriptions have codes of their own for some of the general ones; so have the Connect components. */
const SUBSCRIPTION_CODES: Readonly<Record<number, number>> = { 14001: 1501, 10023: 1503, 10026: 1504 };
const COMPONENT_CODES: Readonly<Record<number, number>> = { 14001: 4041 };

/** A wording for the end user, which only the Connect family sends. */
const CONNECT_WORDS: Readonly<Record<number, string>> = {
  400: 'Something in the request is not as it should be. Check what was entered.',
  401: 'The session has ended. Sign in again to go on.',
  404: 'What was asked for is not there.',
};

/** Those that differ from `{code, message}` with the code as a number. */
const FAMILIES: readonly Family[] = [
  {
    path: /^\/notification-subscriptions\//, refusesKey: true,
    body: ({ code, message }) => ({
      Errors: { Error: [{ source: 'Event Subscription Service', reasonCode: SUBSCRIPTION_CODES[code] ?? code, description: short(message), recoverable: false, details: null }] },
    }),
  },
  {
    path: /^\/connect-components\//,
    body: ({ code, message }) => ({
      Errors: { Error: [{ Source: 'Connect-Components', ReasonCode: String(COMPONENT_CODES[code] ?? code), Description: message, Recoverable: false, Details: message }] },
    }),
  },
  {
    path: /^\/connect\//,
    body: ({ status, code, message, extra }) => ({ code: String(code), status: String(status), message, user_message: CONNECT_WORDS[status] ?? '', tags: '', ...extra }),
  },
  { path: /^\/data-sharing-consents/, refusesKey: true, body: ({ status, code, message }) => ({ code: String(code), status: String(status), message: short(message), user_message: '' }) },
  // A report that is not there is told in the usual shape, alone among the errors of its family.
  { path: /^\/analytics\/data\//, refusesKey: true, body: (fault) => (fault.status === 404 ? flat(fault) : counted(fault)) },
  { path: /^\/analytics\//, refusesKey: true, body: counted },
  { path: /^\/decisioning\/v1\/portfolios\//, body: ({ status, code, message }) => ({ trackingId: crypto.randomUUID(), code, message, status: String(status) }) },
  { path: /\/sbca(\/|$)/, refusesKey: true, body: flat },
];
const familyOf = (path: string) => FAMILIES.find((family) => family.path.test(path));

/** What is said of a wrong app key, or of a product outside the plan: by the gateway, in plain text, before the API itself is reached. */
export function wrongAppKey(path: string): SandboxReply {
  const family = familyOf(path);
  if (family?.refusesKey) return { status: 401, json: family.body(new ApiFault(401, 10027, 'Invalid parameter (Finicity-App-Key)')) };
  return { status: 401, text: { type: 'text/plain; charset=utf-8', data: 'Invalid (Finicity-App-Key)' } };
}

export function errorReply(fault: ApiFault, path: string, accept: string): SandboxReply {
  const { status, code, message, extra } = fault;
  if (accept === 'xml' || extra.xml === true) return { status, text: { type: 'application/xml; charset=utf-8', data: errorXml(code, message) } };
  return { status, json: (familyOf(path)?.body ?? flat)(fault) };
}

function errorXml(code: number, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><error><code>${code}</code><message>${escapeXml(message)}</message></error>`;
}
