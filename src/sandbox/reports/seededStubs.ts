// Pay slips that seeded customers uploaded long ago: two each, one for each of the seeded reports that read them. Nothing is kept of them;
// the asset's id leads back to the customer, and the file is made when somebody asks for it.
import type { AccountEntity, CustomerEntity } from '../entities.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import { DAY } from '../world/streams.ts';
import type { World } from '../world/world.ts';
import { reportIds } from './ids.ts';
import { depositAccounts } from './paychecks.ts';
import type { StoredStub } from './payStatements.ts';

/** The nth seeded report that reads it, with that report's id suffix, and the days after enrolling on which it was uploaded. */
const SEEDED_STUBS = [{ report: 44, idSuffix: '-paystatement', days: 150 }, { report: 45, idSuffix: '-voietxverify', days: 180 }] as const;

export interface SeededStub extends StoredStub {
  /** The seeded report that read it first. */
  readBy: string;
}

export function seededStub(seed: string, customer: Pick<CustomerEntity, 'id' | 'createdDate'>, which: 0 | 1): SeededStub {
  const { report, idSuffix, days } = SEEDED_STUBS[which];
  const ids = reportIds(seed);
  return {
    assetId: `${uuidFrom(seedRandom(seed, 'seeded pay slip', customer.id, which))}-${customer.id}`, label: 'lastPayPeriod', type: 'application/pdf', createdDate: customer.createdDate + days * DAY,
    readBy: ids.seeded(ids.customerIndex(customer.id), report) + idSuffix,
  };
}

/** The seeded pay slip of this asset id, if it is one of the customer's. */
export function seededStubOfAsset(assetId: string, customerId: string, { seed, indexOf, customerAt }: Pick<World, 'seed' | 'indexOf' | 'customerAt'>): SeededStub | undefined {
  const index = indexOf(customerId);
  if (index < 0) return undefined;
  const customer = customerAt(index);
  return ([0, 1] as const).map((which) => seededStub(seed, customer, which)).find((stub) => stub.assetId === assetId);
}

/** The accounts that a seeded customer was paid into at a moment. */
export const seededPayAccounts = (accounts: readonly AccountEntity[], moment: number) => depositAccounts(accounts).filter(({ createdDate }) => createdDate < moment);
