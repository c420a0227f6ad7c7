// The control plane under /__sandbox/: for tests, for the explorer, and for engineers with curl. Not a part of the API; no credentials,
// loopback only (server.ts sees to that). Every answer is JSON; what is not understood is 400 with the reason, and changes nothing.
import { brandingSvg } from './branding.ts';
import type { SandboxClock } from './clock.ts';
import { FAULT_KINDS } from './faults.ts';
import type { FaultRule, Faults } from './faults.ts';
import type { SessionScript } from './handlers/connectSessions.ts';
import { NULL_RULES } from './nulls.ts';
import type { Partners } from './partners.ts';
import type { RequestLog } from './requestLog.ts';
import type { SandboxState } from './state.ts';
import { ApiFault } from './types.ts';
import type { SandboxReply } from './types.ts';
import { webhookVerificationKey } from './webhookKey.ts';
import type { World } from './world/world.ts';

export interface Health {
  name: string;
  version: string;
  seed: string;
  customers: number;
  pid: number;
  url: string;
  /** Epoch seconds by the sandbox's clock. */
  now: number;
  /** True when the saved state was damaged and the world was seeded anew. */
  recovered: boolean;
  /** What was done with a saved state that could not be used, in words. */
  notice?: string;
}

export interface ControlParts {
  world: World;
  state: Pick<SandboxState, 'bag'>;
  clock: SandboxClock;
  faults: Faults;
  partners: Partners;
  log: RequestLog;
  health(): Health;
  /** Plays a person's session on a Connect link; throws ApiFault when it cannot be used. */
  playConnect(script: SessionScript): Promise<unknown[]>;
  reset(): void;
  /** The clock or a lock changed: worth remembering. */
  changed(): void;
}

const ok = (json: unknown): SandboxReply => ({ status: 200, json });
class Misunderstood extends Error {}

export function createControl(parts: ControlParts): (method: string, url: URL, body: Uint8Array) => Promise<SandboxReply> {
  const { clock, faults, partners, log } = parts;
  const clockState = () => ({ now: clock.now(), iso: new Date(clock.now() * 1000).toISOString(), speed: clock.settings()?.speed ?? 1 });

  const routes: Record<string, (url: URL, body: unknown) => unknown> = {
    'GET health': () => parts.health(),
    'GET credentials': () => partners.credentials(),
    // What Mastercard's project page has for download: it checks the signature of webhook subscriptions' notifications.
    'GET webhookKey': () => ({ algorithm: 'SHA256withECDSA', publicKey: webhookVerificationKey(parts.world.seed) }),
    'POST unlock': () => {
      partners.unlock();
      return partners.credentials();
    },
    // `purposeRequired`: what the live API has demanded since 11 August 2026, off at first: a purpose on reading a consumer report.
    // `explicitNulls`: which absent properties come as null (nulls.ts). `deleteRefusesJson`: off at first; once seen on the live API, DeleteTxPushSubscription
    // answering a caller that takes JSON alone with 14025, which no client made from the public description could get around.
    'POST rules': (_url, body) => {
      const { purposeRequired, explicitNulls, deleteRefusesJson } = asObject(body);
      const switches = { purposeRequired, deleteRefusesJson };
      if (explicitNulls === undefined && Object.values(switches).every((value) => value === undefined)) throw new Misunderstood('Give "purposeRequired", "explicitNulls" or "deleteRefusesJson"');
      for (const [name, value] of Object.entries(switches)) if (value !== undefined && typeof value !== 'boolean') throw new Misunderstood(`"${name}" must be true or false`);
      if (explicitNulls !== undefined && !NULL_RULES.some((rule) => rule === explicitNulls)) throw new Misunderstood(`"explicitNulls" must be one of ${NULL_RULES.join(', ')}`);
      const rules = parts.state.bag<unknown>('rules');
      for (const [name, value] of Object.entries({ ...switches, explicitNulls })) if (value !== undefined) rules.put(name, value);
      return Object.fromEntries(rules.entries());
    },
    // What a person would do on the page of a link, so that its listener hears of it.
    'POST connect': async (_url, body) => ({ events: await parts.playConnect(readScript(body)) }),
    // Newest first, as the operations that send mail would have sent them.
    'GET mails': () => ({ mails: parts.state.bag<unknown>('connectMails').entries().map(([, mail]) => mail).reverse() }),
    'POST reset': () => {
      parts.reset();
      return parts.health();
    },
    'GET clock': clockState,
    'POST clock': (_url, body) => {
      moveClock(clock, body);
      parts.changed();
      return clockState();
    },
    'GET faults': () => ({ faults: faults.list() }),
    'POST faults': (_url, body) => ({ faults: (Array.isArray(body) ? body : [body]).map(readRule).map((rule) => faults.add(rule)) }),
    'DELETE faults': (url) => {
      const id = url.searchParams.get('id');
      if (id === null) faults.clear();
      else if (!faults.remove(Number(id))) throw new Misunderstood(`There is no fault ${id}`);
      return { faults: faults.list() };
    },
    'GET requests': (url) => ({ requests: log.last(Number(url.searchParams.get('last')) || 100) }),
    'DELETE requests': () => {
      log.clear();
      return { requests: [] };
    },
  };

  return async (method, url, body) => {
    const name = url.pathname.slice('/__sandbox/'.length);
    const svg = method === 'GET' ? brandingSvg(name, parts.world) : undefined;
    if (svg) return { status: 200, text: { type: 'image/svg+xml', data: svg } };
    const route = routes[`${method} ${name}`];
    if (!route) return { status: 404, json: { error: `There is no ${method} /__sandbox/${name}`, routes: Object.keys(routes) } };
    try {
      return ok(await route(url, body.length === 0 ? {} : JSON.parse(new TextDecoder().decode(body))));
    } catch (error) {
      const reason = error instanceof Misunderstood || error instanceof ApiFault ? error.message : error instanceof SyntaxError ? 'The body is not JSON' : undefined;
      if (reason === undefined) throw error;
      return { status: 400, json: { error: reason } };
    }
  };
}

function moveClock(clock: SandboxClock, body: unknown): void {
  const { now, advance, speed, reset } = asObject(body);
  const numbers = Object.entries({ now, advance, speed }).filter(([, value]) => value !== undefined);
  for (const [name, value] of numbers) {
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e11) throw new Misunderstood(`"${name}" must be a number`);
  }
  if (typeof speed === 'number' && speed < 0) throw new Misunderstood('"speed" must not be negative');
  if (numbers.length === 0 && reset !== true) throw new Misunderstood('Give "now" (epoch seconds), "advance" (seconds), "speed", or "reset": true');
  if (reset === true) clock.reset();
  if (typeof now === 'number') clock.set(now);
  if (typeof advance === 'number') clock.advance(advance);
  if (typeof speed === 'number') clock.setSpeed(speed);
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misunderstood('The body must be a JSON object');
  return value as Record<string, unknown>;
}

const SCRIPT_FIELDS: Record<keyof SessionScript, (value: unknown) => boolean> = {
  link: (value) => typeof value === 'string', institutionId: Number.isInteger, userId: (value) => typeof value === 'string',
  password: (value) => typeof value === 'string', answer: (value) => typeof value === 'string', leaves: (value) => typeof value === 'boolean',
  amounts: (value) => Array.isArray(value) && value.every((amount) => typeof amount === 'number'),
};

function readScript(value: unknown): SessionScript {
  const script = asObject(value);
  for (const [name, given] of Object.entries(script)) {
    const fits = Object.hasOwn(SCRIPT_FIELDS, name) ? SCRIPT_FIELDS[name as keyof SessionScript] : undefined;
    if (!fits) throw new Misunderstood(`A session has no "${name}"; it has ${Object.keys(SCRIPT_FIELDS).join(', ')}`);
    if (!fits(given)) throw new Misunderstood(`"${name}" is not of the right type`);
  }
  if (script.link === undefined) throw new Misunderstood('Give the "link" to Connect');
  return script as unknown as SessionScript;
}

const RULE_FIELDS: Record<string, 'string' | 'number' | 'any'> = {
  kind: 'string', operation: 'string', path: 'string', method: 'string', after: 'number', times: 'number', latencyMs: 'number', status: 'number',
  body: 'any', contentType: 'string', retryAfter: 'number',
};

function readRule(value: unknown): FaultRule {
  const rule = asObject(value);
  for (const [name, given] of Object.entries(rule)) {
    const type = Object.hasOwn(RULE_FIELDS, name) ? RULE_FIELDS[name] : undefined;
    if (!type) throw new Misunderstood(`A fault has no "${name}"; it has ${Object.keys(RULE_FIELDS).join(', ')}`);
    if (type !== 'any' && typeof given !== type) throw new Misunderstood(`"${name}" must be a ${type}`);
    if (type === 'number' && !((given as number) >= 0)) throw new Misunderstood(`"${name}" must not be negative`);
  }
  const read = rule as unknown as FaultRule;
  if (!FAULT_KINDS.includes(read.kind)) throw new Misunderstood(`"kind" must be one of ${FAULT_KINDS.join(', ')}`);
  const { status = 200 } = read;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new Misunderstood('"status" must be from 200 to 599');
  if ((read.latencyMs ?? 0) > 600_000) throw new Misunderstood('"latencyMs" must be at most 600000');
  return read;
}
