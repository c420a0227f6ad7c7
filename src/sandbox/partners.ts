// Who may call: the demo partner, its secret, its app keys (one a plan), the tokens given out, and the
// lock that falls at the fifth failed authentication and stays until the control plane opens it. Nothing here is a real credential.
import { randomBytes } from 'node:crypto';
import type { SandboxState } from './state.ts';
import { ApiFault } from './types.ts';

/** Published on purpose: they open nothing but a sandbox. */
export const DEMO_CREDENTIALS = {
  partnerId: '2445500000001',
  partnerSecret: 'sandbox-secret-1',
  appKey: 'sandbox0app0key0demo0plan',
  /** The same partner on a plan without active customers. */
  testDriveAppKey: 'sandbox0app0key0testdrive',
  /** The same partner billed by Data Access Tiers. */
  dataTiersAppKey: 'sandbox0app0key0datatiers',
} as const;

const FAILURES_TO_LOCK = 5;
const TOKEN_SECONDS = 7_200;
const GRACE_SECONDS = 30 * 86_400;

export type Plan = 'demo' | 'testDrive' | 'dataTiers';
const PLANS: ReadonlyMap<string, Plan> = new Map([
  [DEMO_CREDENTIALS.appKey, 'demo'], [DEMO_CREDENTIALS.testDriveAppKey, 'testDrive'], [DEMO_CREDENTIALS.dataTiersAppKey, 'dataTiers'],
]);

interface PartnerRecord {
  secret: string;
  previous?: { secret: string; until: number };
  failures: number;
}

interface TokenRecord {
  partnerId: string;
  createdDate: number;
}

export interface Partners {
  /** Undefined for a key that no plan has. */
  planOf(appKey: string): Plan | undefined;
  /** A new token; throws 10001, and 24302 once locked. */
  authenticate(partnerId: string, secret: string): string;
  changeSecret(partnerId: string, secret: string, next: string, immediate: boolean): void;
  /** The partner of a token; throws 10022 and 10023. */
  partnerOf(token: string): string;
  isLocked(): boolean;
  unlock(): void;
  /** The credentials as they are now. */
  credentials(): Record<keyof typeof DEMO_CREDENTIALS, string> & { locked: boolean; failures: number };
}

export function createPartners(state: SandboxState, now: () => number): Partners {
  const partners = state.bag<PartnerRecord>('partners');
  const tokens = state.bag<TokenRecord>('tokens');
  const known = (id: string): PartnerRecord | undefined =>
    partners.get(id) ?? (id === DEMO_CREDENTIALS.partnerId ? { secret: DEMO_CREDENTIALS.partnerSecret, failures: 0 } : undefined);
  const demo = () => known(DEMO_CREDENTIALS.partnerId) as PartnerRecord;

  /** Throws unless the secret is right. A partner that does not exist has failures too, but nothing to lock. */
  const check = (id: string, secret: string): PartnerRecord => {
    const partner = known(id);
    if (!partner) throw new ApiFault(401, 10001, 'Invalid credentials');
    if (partner.failures >= FAILURES_TO_LOCK) throw new ApiFault(500, 24302, 'Bad credentials');
    const inGrace = partner.previous !== undefined && now() < partner.previous.until && secret === partner.previous.secret;
    if (secret !== partner.secret && !inGrace) {
      partners.put(id, { ...partner, failures: partner.failures + 1 });
      throw new ApiFault(401, 10001, 'Invalid credentials');
    }
    return partner;
  };

  return {
    planOf: (key) => PLANS.get(key),
    authenticate: (id, secret) => {
      const partner = check(id, secret);
      if (partner.failures > 0) partners.put(id, { ...partner, failures: 0 });
      for (const [old, { createdDate }] of tokens.entries()) if (Math.abs(now() - createdDate) > 86_400) tokens.delete(old);
      const token = randomBytes(30).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 20).padEnd(20, 'x');
      tokens.put(token, { partnerId: id, createdDate: now() });
      return token;
    },
    changeSecret: (id, secret, next, immediate) => {
      if (!known(id)) throw new ApiFault(404, 12401, 'partner not found');
      const partner = check(id, secret);
      if (!/^(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d!@#$%&*_+-]{12,255}$/.test(next)) throw new ApiFault(400, 24437, 'New password is not as per policy');
      partners.put(id, { secret: next, failures: 0, previous: immediate ? undefined : { secret: partner.secret, until: now() + GRACE_SECONDS } });
    },
    partnerOf: (token) => {
      const record = tokens.get(token);
      if (!record) throw new ApiFault(401, 10022, 'Invalid (Finicity-App-Token)');
      if (now() - record.createdDate >= TOKEN_SECONDS) throw new ApiFault(401, 10023, 'Expired (Finicity-App-Token)');
      return record.partnerId;
    },
    isLocked: () => demo().failures >= FAILURES_TO_LOCK,
    unlock: () => partners.put(DEMO_CREDENTIALS.partnerId, { ...demo(), failures: 0 }),
    credentials: () => {
      const { secret, failures } = demo();
      return { ...DEMO_CREDENTIALS, partnerSecret: secret, locked: failures >= FAILURES_TO_LOCK, failures };
    },
  };
}
