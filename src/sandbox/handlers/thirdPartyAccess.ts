// Third-party access keys: receipts that say which products of which accounts another partner may use, and until when. Ids in a receipt
// are pseudonyms, the same for one third party and others for the next. Quirks kept: generating answers 200, the receipt comes in a list
// of one, `version` is a string and never counts up. A revoked key is gone: it can be neither changed nor revoked again.
import { createHmac } from 'node:crypto';
import { notFound } from '../errors.ts';
import { seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { notTheirAccount } from './accountAccess.ts';

interface Product {
  product: string;
  payorId?: string;
  maxCalls?: number;
  accountId: string;
  accessPeriod: { type: string; startTime: string; endTime: string };
}

interface AccessKey {
  receiptId: string;
  customerId: string;
  partnerId: string;
  thirdPartyPartnerId: string;
  products: Product[];
  provenance?: Record<string, unknown>;
  /** Epoch seconds of the last change. */
  changedDate: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const keys = ({ state }: SandboxContext) => state.bag<AccessKey>('thirdPartyAccess');

function newReceiptId({ state, world }: SandboxContext): string {
  const random = seedRandom(world.seed, 'access key', state.next('accessKey'));
  return `cr_${Array.from({ length: 30 }, () => LETTERS[random.int(0, LETTERS.length - 1)]).join('')}`;
}

/** What was asked for, checked: a partner's own customer, the customer's own accounts, periods that can be. */
function granted({ body, partnerId: caller }: SandboxRequest, { state }: SandboxContext): Omit<AccessKey, 'receiptId' | 'changedDate'> {
  const { customerId, partnerId, thirdPartyPartnerId, products, provenance } = body as Omit<AccessKey, 'receiptId' | 'changedDate'>;
  if (partnerId !== caller || !/^\d{1,20}$/.test(thirdPartyPartnerId)) throw new ApiFault(404, 14003, 'Partner not found.');
  if (!/^\d{1,18}$/.test(customerId)) throw new ApiFault(400, 14023, 'Invalid customer id');
  if (!state.customers.get(customerId)) throw notFound('Customer not found.');
  if (products.length === 0) throw new ApiFault(400, 10005, 'Missing parameter (products)');
  const own = new Set(state.accounts.of(customerId).map(({ id }) => id));
  for (const { accountId, maxCalls, accessPeriod: { startTime, endTime } } of products) {
    if (!own.has(accountId)) throw notTheirAccount(customerId, [accountId]);
    if (maxCalls !== undefined && maxCalls < 0) throw new ApiFault(400, 1618, 'maxCalls must not be negative');
    if (Date.parse(endTime) < Date.parse(startTime)) throw new ApiFault(400, 14020, 'Bad request. (The access period ends before it starts)');
  }
  return { customerId, partnerId, thirdPartyPartnerId, products, provenance };
}

function theKey({ path }: SandboxRequest, context: SandboxContext): AccessKey {
  const key = keys(context).get(path.consentReceiptId as string);
  if (!key) throw notFound();
  return key;
}

/** A number of 19 digits that stands for an id towards one third party. */
const pseudonym = (seed: string, thirdParty: string, id: string) => `4${seedRandom(seed, 'pseudonym', thirdParty, id).digits(18)}`;

function receipt(key: AccessKey, { world }: SandboxContext) {
  const timestamp = new Date(key.changedDate * 1000).toISOString();
  const standsFor = (id: string) => pseudonym(world.seed, key.thirdPartyPartnerId, id);
  const content = {
    profile: 3, version: '1', receiptId: key.receiptId, customerId: standsFor(key.customerId), partnerId: key.partnerId,
    products: key.products.map((product) => ({ ...product, accountId: standsFor(product.accountId) })), provenance: key.provenance, timestamp,
  };
  const signature = createHmac('sha256', `${world.seed} access keys`).update(JSON.stringify(content)).digest('base64');
  return { data: [{ receipt: content, proof: { signature, keyId: 'sandbox-key-1', timestamp } }] };
}

export const thirdPartyAccessHandlers: Handlers = {
  GenerateThirdPartyAccessKey: (request, context) => {
    const key: AccessKey = { ...granted(request, context), receiptId: newReceiptId(context), changedDate: context.now() };
    keys(context).put(key.receiptId, key);
    return { status: 200, json: receipt(key, context) };
  },
  UpdateThirdPartyAccessKey: (request, context) => {
    const key = theKey(request, context);
    const wanted = granted(request, context);
    if (wanted.customerId !== key.customerId || wanted.thirdPartyPartnerId !== key.thirdPartyPartnerId) {
      throw new ApiFault(400, 14020, 'Bad request. (The access key was given for another customer or third party)');
    }
    const changed: AccessKey = { ...key, ...wanted, changedDate: context.now() };
    keys(context).put(key.receiptId, changed);
    return { status: 200, json: receipt(changed, context) };
  },
  RevokeThirdPartyAccessKey: (request, context) => {
    keys(context).delete(theKey(request, context).receiptId);
    return { status: 204 };
  },
};
