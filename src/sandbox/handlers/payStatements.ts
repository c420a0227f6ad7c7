// Pay statements that callers upload. As the live API, it does not look into the file: plain text in Base64 is stored too, and only a
// report that reads it fails. What the bytes begin with is kept beside them, for those reports. Sizes are limited,
// each and together: state is one JSON file, and the oldest are forgotten.
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext } from '../types.ts';
import { theCustomer } from './accountAccess.ts';
import { nextUuid } from './newIds.ts';

export type PayStatementType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'unknown';

export interface PayStatement {
  assetId: string;
  customerId: string;
  /** Which pay period it is of: lastPayPeriod, lastPayPeriodMinusOne … */
  label: string;
  /** By the file's first bytes. */
  type: PayStatementType;
  /** Bytes. */
  size: number;
  createdDate: number;
  /** The file, Base64. */
  data: string;
}

const LIMIT = 5 * 1024 * 1024;
/** Bytes of all files. */
const LIMIT_TOGETHER = 50 * 1024 * 1024;
const SIGNATURES: readonly [PayStatementType, string][] = [['application/pdf', '255044462d'], ['image/jpeg', 'ffd8ff'], ['image/png', '89504e470d0a1a0a']];

const stored = ({ state }: Pick<SandboxContext, 'state'>) => state.bag<PayStatement>('payStatement');

/** The customer's pay statement of this asset id. */
export function payStatementOfAsset(customerId: string, assetId: string, context: Pick<SandboxContext, 'state'>): PayStatement | undefined {
  const found = stored(context).get(assetId);
  return found?.customerId === customerId ? found : undefined;
}

/** Its file's bytes. */
export const payStatementFile = ({ data }: Pick<PayStatement, 'data'>): Uint8Array => Buffer.from(data, 'base64');

/** The decoded file; line breaks, which many encoders put in, do not count. */
function decode(statement: string): Buffer {
  const text = statement.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 === 1) throw new ApiFault(400, 14020, 'Bad request. (statement must be a file in Base64).');
  const file = Buffer.from(text, 'base64');
  if (file.length > LIMIT) throw new ApiFault(400, 14020, 'Bad request. (The pay statement is larger than 5 MB).');
  return file;
}

function typeOf(file: Buffer): PayStatementType {
  const start = file.subarray(0, 8).toString('hex');
  return SIGNATURES.find(([, signature]) => start.startsWith(signature))?.[0] ?? 'unknown';
}

function forgetOldest(context: Pick<SandboxContext, 'state'>): void {
  let total = 0;
  for (const [assetId, { size }] of stored(context).entries().reverse()) {
    total += size;
    if (total > LIMIT_TOGETHER) stored(context).delete(assetId);
  }
}

export const payStatementHandlers: Handlers = {
  StoreCustomerPayStatement: (request, context) => {
    const customer = theCustomer(request, context);
    const { label, statement } = request.body as { label: string; statement: string };
    const blank = label.trim() === '' ? 'label' : statement.trim() === '' ? 'statement' : undefined;
    if (blank) throw new ApiFault(400, 10005, `Missing parameter (${blank})`);
    const file = decode(statement);
    const assetId = `${nextUuid(context, 'payStatement')}-${customer.id}`;
    stored(context).put(assetId, { assetId, customerId: customer.id, label: label.trim(), type: typeOf(file), size: file.length, createdDate: context.now(), data: file.toString('base64') });
    forgetOldest(context);
    return { status: 200, json: { assetId } };
  },
};
