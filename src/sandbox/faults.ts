// Bad weather on demand: rules that make matching requests slow, refused, cut off or answered with the wrong thing. Set through the
// control plane or by tests; never remembered across restarts, so that a forgotten rule cannot haunt anyone.
import { errorReply } from './errors.ts';
import { ApiFault } from './types.ts';
import type { SandboxReply, SandboxRequest } from './types.ts';
import { toXml } from './xml.ts';

export type FaultKind =
  /** Only the rule's `latencyMs`. */
  | 'latency'
  /** `status` with `body` (text or JSON) in `contentType`. */
  | 'status'
  /** 429 without a body, `Retry-After: retryAfter` when given. */
  | 'rateLimit'
  /** The true answer, cut in the middle; the connection then closes. */
  | 'truncate'
  | 'html' | 'xml' | 'empty'
  /** The connection is torn down without an answer. */
  | 'reset'
  /** 203 with questions and an `MFA-Session` header. */
  | 'mfa'
  /** 401 10023 once, although the token is good. */
  | 'expiredToken'
  /** The true answer under `contentType` (text/html unless given). */
  | 'wrongContentType';

export const FAULT_KINDS: readonly FaultKind[] = [
  'latency', 'status', 'rateLimit', 'truncate', 'html', 'xml', 'empty', 'reset', 'mfa', 'expiredToken', 'wrongContentType',
];

export interface FaultRule {
  kind: FaultKind;
  /** Operation id; every operation when neither this nor `path` is given. */
  operation?: string;
  /** A path with `*` for anything. */
  path?: string;
  method?: string;
  /** Lets this many matching requests pass first. */
  after?: number;
  /** Then hits this many; every one when left out. */
  times?: number;
  /** Waits before answering. */
  latencyMs?: number;
  status?: number;
  body?: unknown;
  contentType?: string;
  /** Seconds. */
  retryAfter?: number;
}

export interface ActiveRule extends FaultRule {
  id: number;
  /** Matching requests seen so far. */
  seen: number;
}

export interface Faults {
  add(rule: FaultRule): ActiveRule;
  list(): readonly ActiveRule[];
  remove(id: number): boolean;
  clear(): void;
  /** The first rule that hits this request, counted. */
  match(request: { operationId?: string; method: string; pathname: string }): ActiveRule | undefined;
}

/** A path in which `*` stands for anything. */
const wildcard = (path: string) => new RegExp(`^${path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);

export function createFaults(): Faults {
  let rules: ActiveRule[] = [];
  let lastId = 0;
  const concerns = (rule: FaultRule, request: { operationId?: string; method: string; pathname: string }) =>
    (rule.operation === undefined || rule.operation === request.operationId) &&
    (rule.method === undefined || rule.method.toUpperCase() === request.method) &&
    (rule.path === undefined || wildcard(rule.path).test(request.pathname));
  return {
    add: (rule) => {
      const active = { ...rule, id: ++lastId, seen: 0 };
      rules.push(active);
      return active;
    },
    list: () => rules,
    remove: (id) => {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear: () => {
      rules = [];
    },
    match: (request) => {
      for (const rule of rules) {
        if (!concerns(rule, request)) continue;
        const after = rule.after ?? 0;
        if (rule.times !== undefined && rule.seen >= after + rule.times) continue;
        rule.seen++;
        if (rule.seen > after) return rule;
      }
      return undefined;
    },
  };
}

const SOME_HTML = '<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>';
const SOME_XML = '<?xml version="1.0" encoding="UTF-8"?><error><code>500</code><message>A fault that was asked for</message></error>';

const CHALLENGES = { questions: [{ text: 'Enter the code that was sent to you' }] };

/** What a rule answers by itself; undefined when the true answer is wanted (perhaps late, cut or mislabelled). */
export function faultReply(rule: FaultRule, pathname: string, accept: SandboxRequest['accept']): SandboxReply | undefined {
  const text = (status: number, type: string, data: string): SandboxReply => ({ status: rule.status ?? status, text: { type: rule.contentType ?? type, data } });
  const own = typeof rule.body === 'string' ? rule.body : undefined;
  switch (rule.kind) {
    case 'status': {
      const body = rule.body ?? { code: rule.status ?? 500, message: 'A fault that was asked for' };
      return typeof body === 'string' ? text(500, 'text/plain; charset=utf-8', body) : text(500, 'application/json; charset=utf-8', JSON.stringify(body));
    }
    case 'rateLimit':
      return { status: 429, headers: rule.retryAfter === undefined ? {} : { 'Retry-After': String(rule.retryAfter) } };
    case 'html':
      return text(502, 'text/html; charset=utf-8', own ?? SOME_HTML);
    case 'xml':
      return text(500, 'application/xml; charset=utf-8', own ?? SOME_XML);
    case 'empty':
      return { status: rule.status ?? 200 };
    case 'mfa':
      return {
        status: 203, headers: { 'MFA-Session': '2c0ffee0sandbox0mfa0session' },
        ...(accept === 'xml' ? { text: { type: 'application/xml; charset=utf-8', data: toXml('mfaChallenges', CHALLENGES, { questions: 'question' }) } } : { json: CHALLENGES }),
      };
    case 'expiredToken':
      return errorReply(new ApiFault(401, 10023, 'Expired (Finicity-App-Token)'), pathname, accept);
    default:
      return undefined;
  }
}
