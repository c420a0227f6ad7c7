// What the policy needs to know of an operation beside its flags: whether it changes something, whether it comes under the FCRA, and where
// its permissible purpose goes. Pure and free of vscode.
import type { OperationEntry, OperationId, PurposeSlot } from '../api/catalogue.ts';
import type { AnyInput, CallOrigin } from '../client/types.ts';
import { isRecord } from '../client/values.ts';

/** POSTs that only read. ReportReissue answers with a report too, but hands it to another partner and so is a change. */
export const readingPosts: ReadonlySet<OperationId> = new Set<OperationId>(['CreateToken', 'GetReportById', 'GetRecurringTransactions']);
const readingPostPaths = ['/data-enrichment/', '/account-owner-verification-matchings/'];

/** Whether a call leaves anything behind: data, a report, a bill of its own, a message sent. */
export function changes(operation: OperationEntry): boolean {
  if (operation.firesWebhooks || operation.sendsMail || operation.movesMoney) return true;
  if (operation.method === 'GET') return false;
  return !(operation.method === 'POST' && (readingPosts.has(operation.operationId) || readingPostPaths.some((path) => operation.path.startsWith(path))));
}

/** Whether it is done to one customer, whom the path names. */
export const ofACustomer = ({ parameters }: OperationEntry): boolean => parameters.some(({ name, in: place }) => name === 'customerId' && place === 'path');

/** A person's own act; a tree that reads, a document that is restored and a poll are none. */
export const ownAct = (origin: CallOrigin | undefined): boolean => origin === 'command' || origin === 'form';

/** `conditional` operations come under the FCRA when they are made for a consumer reporting purpose. */
export function underFcra(operation: OperationEntry, input: AnyInput): boolean {
  return operation.fcra === 'always' || (operation.fcra === 'conditional' && hasCraFlag(input.body));
}

function hasCraFlag(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, item]) => (name === 'forCraPurpose' && isSet(item)) || hasCraFlag(item));
}

/** Also as a text or a number: what the API makes of "true" or 1 nobody knows. */
const isSet = (flag: unknown): boolean => flag !== false && flag !== null && flag !== undefined && flag !== '';

/** Where a purpose is still to be put; undefined when the operation takes none or the call names one. One that stands elsewhere is not read by the API. */
export function missingPurpose({ purpose }: OperationEntry, input: AnyInput): PurposeSlot | undefined {
  if (!purpose) return undefined;
  const holder = purpose.in === 'parameter' ? input : isRecord(input.body) ? input.body : {};
  return isText(holder[purpose.name]) ? undefined : purpose;
}

/** The input with the purpose where the operation takes it. */
export function withPurpose({ name, in: place }: PurposeSlot, input: AnyInput, code: string): AnyInput {
  return place === 'parameter' ? { ...input, [name]: code } : { ...input, body: { ...(isRecord(input.body) && input.body), [name]: code } };
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
