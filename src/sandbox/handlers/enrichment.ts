// Data enrichment: the caller's transactions come back in their order with what payees.ts finds in their text. What recurs is found among
// the transactions of the batch, and known of payees that always do. The answer leaves out what was not found; the API has no nulls here.
import { keepSubmitted } from '../reports/submitted.ts';
import type { Submitted } from '../reports/submitted.ts';
import { hashText } from '../seedRandom.ts';
import type { Handlers } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { findPayee } from './payees.ts';
import type { Finding } from './payees.ts';
import { GROUP_OF } from './payeeRules.ts';
import { cadenceOf } from './recurring.ts';

interface MerchantInformation {
  merchantDescriptor?: string;
  name?: string;
  line1?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  phoneNumber?: string;
  website?: string;
  merchantCategoryCode?: string;
}

interface Sent {
  externalCustomerId: string;
  externalAccountId: string;
  externalTransactionId: string;
  transactionTimestamp: string;
  description: string;
  memo?: string;
  amount: number;
  directionIndicator?: string;
  inputIsRecurringTransaction?: boolean;
  inputMerchantInformation?: MerchantInformation;
}

interface Row { sent: Sent; inflow: boolean; found: Finding }

const filled = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text.trim());

/** The indicator goes before the sign: callers who send it send positive amounts. */
function isInflow({ directionIndicator, amount }: Sent): boolean {
  const way = directionIndicator?.trim().toLowerCase();
  return way === 'credit' ? true : way === 'debit' ? false : amount > 0;
}

function read(sent: Sent): Row {
  const inflow = isInflow(sent);
  const { name, merchantDescriptor, merchantCategoryCode } = sent.inputMerchantInformation ?? {};
  const found = findPayee({
    description: sent.description, memo: filled(sent.memo), amount: Math.abs(sent.amount), inflow, merchantName: filled(name),
    descriptor: filled(merchantDescriptor), categoryCode: filled(merchantCategoryCode),
  });
  return { sent, inflow, found };
}

// --- what recurs

const seriesKey = ({ sent, inflow, found }: Row) =>
  [sent.externalCustomerId, sent.externalAccountId, inflow ? 'in' : 'out', found.payee ?? sent.description.replace(/\d+/g, '')].join('|');
const dayOf = ({ sent }: Row) => Math.floor(Date.parse(sent.transactionTimestamp.slice(0, 10)) / 1000 / DAY);

/** Series of one payee, account and direction that come back at a steady distance. */
function recurringSeries(rows: readonly Row[]): Set<string> {
  const days = new Map<string, number[]>();
  for (const row of rows) days.set(seriesKey(row), [...(days.get(seriesKey(row)) ?? []), dayOf(row)]);
  return new Set([...days].filter(([, list]) => cadenceOf(list.sort((a, b) => a - b)) !== undefined).map(([key]) => key));
}

// --- the answer

const slug = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

function entityOf({ sent, found }: Row) {
  if (found.payee === undefined) return undefined;
  const id = Buffer.from(String(1_700_000_000_000_000 + hashText(found.payee))).toString('base64');
  const website = filled(sent.inputMerchantInformation?.website)?.slice(0, 100) ?? (found.known ? `https://${slug(found.payee)}.example` : undefined);
  return {
    id, name: found.payee, ...(GROUP_OF[found.category] ? { group: GROUP_OF[found.category] } : {}), category: found.category, ...(website ? { website } : {}),
    ...(found.known ? { logoUrl: `https://logos.example/${id}/logo.svg` } : {}), entityStandardizationConfidenceScore: found.payeeScore,
  };
}

/** What the caller knows goes before what was found in the text. */
function addressOf({ sent, found }: Row) {
  const { line1, city, state, postalCode, country, phoneNumber } = sent.inputMerchantInformation ?? {};
  const given = {
    line1: filled(line1), city: filled(city) ?? found.place?.city, state: filled(state) ?? found.place?.state, postalCode: filled(postalCode),
    phoneNumber: filled(phoneNumber),
  };
  if (Object.values(given).every((value) => value === undefined)) return undefined;
  return { ...given, country: filled(country) ?? 'US' };
}

function enriched(row: Row, recurring: ReadonlySet<string>) {
  const { sent, found } = row;
  const entity = entityOf(row);
  const address = addressOf(row);
  const located = found.shop && address?.city !== undefined;
  return {
    ...sent,
    transactionCategory: found.category, transactionCategoryScore: found.categoryScore, transactionCategoryGroup: GROUP_OF[found.category] ?? found.category,
    entities: entity && [entity], address,
    isRecurringTransaction: sent.inputIsRecurringTransaction === true || found.recurs || recurring.has(seriesKey(row)),
    locationId: located ? 100_000_000_000 + hashText(`${found.payee} ${found.store} ${address.city} ${address.state}`) : undefined,
    isEcommerce: found.online, isBrickAndMortar: found.shop, matchConfidenceScore: located ? found.descriptorScore : undefined,
  };
}

/** What a foresight report can later be made of. */
const submitted = ({ sent, inflow, found }: Row): Submitted => ({
  externalCustomerId: sent.externalCustomerId, externalAccountId: sent.externalAccountId, externalTransactionId: sent.externalTransactionId, description: sent.description, category: found.category,
  date: dayOf({ sent, inflow, found }) * DAY, amount: inflow ? Math.abs(sent.amount) : -Math.abs(sent.amount), payee: found.payee ?? sent.description,
});

export const enrichmentHandlers: Handlers = {
  enrichTransactions: ({ body }, { state }) => {
    const rows = (body as { transactions: Sent[] }).transactions.map(read);
    keepSubmitted(rows.map(submitted), state);
    const recurring = recurringSeries(rows);
    return { status: 200, json: { transactions: rows.map((row) => enriched(row, recurring)) } };
  },
};
