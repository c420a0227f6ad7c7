// The partner's registered applications as records: three of the seed, and those that callers register. A registration is looked at for
// a while (a day of the sandbox's clock), then approved; the state is worked out when somebody asks. Wire shapes: appRegistration.ts.
import type { SandboxContext } from '../types.ts';

export interface ApplicationRecord {
  preAppId: number;
  /** Known to callers from the first approval on; see `hasId`. */
  applicationId?: string;
  /** That an earlier version of it was approved. */
  approvedBefore?: boolean;
  details: { appName: string; appDescription: string; appUrl: string; [field: string]: unknown };
  createdDate: number;
  submittedDate: number;
  /** What the reviewers will say, at `decidedDate`. */
  verdict: 'A' | 'R' | 'S';
  decidedDate: number;
  note?: string;
}

export type ApplicationStatus = 'A' | 'P' | 'R' | 'S' | 'D';

const REVIEW_SECONDS = 86_400;
const KIND = 'applications';
/** 2024-03-01; the seed's registrations are older than its customers' latest. */
const SEEDED_AT = 1_709_251_200;

const owner = {
  ownerName: 'Larkspur Software', ownerAddressLine1: '18 Quarry Rd', ownerAddressLine2: 'Floor 2', ownerCity: 'Murray', ownerState: 'UT',
  ownerPostalCode: '84123', ownerCountry: 'USA',
};
const seeded = (preAppId: number, appName: string, verdict: ApplicationRecord['verdict'], more: Partial<ApplicationRecord> = {}): ApplicationRecord => ({
  preAppId, details: { appName, appDescription: `${appName} keeps an eye on your money`, appUrl: 'https://www.example.com/', ...owner },
  createdDate: SEEDED_AT, submittedDate: SEEDED_AT, verdict, decidedDate: SEEDED_AT + REVIEW_SECONDS, ...more,
});
const SEEDED: readonly ApplicationRecord[] = [
  seeded(4101, 'Northfold Budget', 'A', { applicationId: '5c1e7a10-93ad-4be8-8b5e-0d64a1c2f301' }),
  seeded(4102, 'Northfold Lending', 'A', { applicationId: '5c1e7a10-93ad-4be8-8b5e-0d64a1c2f302' }),
  seeded(4103, 'Northfold Kids', 'R', { note: 'The logo is not a square SVG.' }),
];

/** A world without seeded customers has no seeded registrations either: the partner on its first day. */
export function applications({ state, world }: SandboxContext): ApplicationRecord[] {
  const own = new Map(state.bag<ApplicationRecord>(KIND).entries());
  const changed = (world.customerCount > 0 ? SEEDED : []).map((record) => own.get(String(record.preAppId)) ?? record);
  return [...changed, ...[...own.values()].filter(({ preAppId }) => !SEEDED.some((record) => record.preAppId === preAppId))];
}

export const hasApplications = (context: SandboxContext) => applications(context).length > 0;
export const applicationByPreId = (context: SandboxContext, preAppId: string) => applications(context).find((record) => String(record.preAppId) === preAppId);
export const statusOf = (record: ApplicationRecord, now: number): ApplicationStatus => (now < record.decidedDate ? 'P' : record.verdict);

/** Whether it has an application id that callers know: from its first approval on, also while a change is looked at. */
export const hasId = (record: ApplicationRecord, now: number) => record.approvedBefore === true || statusOf(record, now) === 'A';

export function applicationById(context: SandboxContext, applicationId: string): ApplicationRecord | undefined {
  return applications(context).find((record) => record.applicationId === applicationId && hasId(record, context.now()));
}

/** Puts a new or a changed registration in front of the reviewers. A name that says "reject" is rejected, so that callers can see one. */
export function submit(context: SandboxContext, details: ApplicationRecord['details'], previous?: ApplicationRecord): ApplicationRecord {
  const now = context.now();
  const rejected = /reject/i.test(details.appName);
  const preAppId = previous?.preAppId ?? 4200 + context.state.next('application');
  const record: ApplicationRecord = {
    preAppId, applicationId: previous?.applicationId ?? crypto.randomUUID(), approvedBefore: previous && hasId(previous, now), details, createdDate: previous?.createdDate ?? now, submittedDate: now,
    verdict: rejected ? 'R' : 'A', decidedDate: now + REVIEW_SECONDS, note: rejected ? 'The application was not accepted.' : undefined,
  };
  context.state.bag<ApplicationRecord>(KIND).put(String(preAppId), record);
  return record;
}
