// How an error of the API looks on the wire: by the operation's family, and as XML where the caller did not ask for JSON.
// Sources: the domain notes on error shapes; observed replies where they differ from the public description.
import { ApiFault } from './types.ts';
import type { SandboxReply } from './types.ts';

export const notFound = (message = 'Resource not found.') => new ApiFault(404, 14001, message);
export const missingParameter = (name: string) => new ApiFault(400, 10005, `Missing parameter (${name})`);

/** What the gateway says in plain text, before the API itself is reached: a wrong app key, or a product outside the plan. */
export const wrongAppKey = (): SandboxReply => ({ status: 401, text: { type: 'text/plain; charset=utf-8', data: 'Invalid (Finicity-App-Key)' } });

/** The single-portfolio endpoint answers in a shape of its own. */
const hasTracking = (path: string) => /^\/decisioning\/v1\/portfolios\//.test(path);
/** Families that sign everything in XML unless JSON is asked for. */
export const speaksXml = (path: string) => path.startsWith('/aggregation/');

export function errorReply(fault: ApiFault, path: string, accept: string): SandboxReply {
  const { status, code, message, extra } = fault;
  if (accept === 'xml' || extra.xml === true) return { status, text: { type: 'application/xml; charset=utf-8', data: errorXml(code, message) } };
  if (hasTracking(path)) return { status, json: { trackingId: crypto.randomUUID(), code, message, status: String(status) } };
  return { status, json: { code, message, ...extra } };
}

export const escapeXml = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function errorXml(code: number, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><error><code>${code}</code><message>${escapeXml(message)}</message></error>`;
}
