// Which values of an answer name something that the explorer knows, and which numbers are moments. A closed list: other values that end in
// "Id" (tax ids, government ids) say something of a person and lead nowhere. What an id means is for the host to tell.

const leading = new Set([
  'customerId', 'customer_id', 'accountId', 'institutionId', 'institution_id', 'newInstitutionId', 'oauthInstitutionId', 'institutionLoginId', 'institution_login_id',
  'reportId', 'consumerId', 'businessId', 'business_id', 'portfolioId', 'assetId', 'transactionId', 'uniqueTransactionId', 'subscriptionId', 'subscription_id',
  'consentReceiptId', 'consent_receipt_id', 'switchId', 'configurationId', 'configuration_id', 'experienceId', 'preAppId', 'pre_app_id', 'applicationId', 'application_id',
]);
/** What holds objects whose `id` leads somewhere; singular for an object that stands alone. */
const holders = new Set(['customer', 'account', 'institution', 'report', 'transaction', 'portfolio', 'consumer', 'business', 'businesse', 'statement', 'subscription', 'configuration', 'switche', 'switch']);

const longest = 200;

/**
 * The name under which an id is followed, or undefined when the value leads nowhere: its key (`customerId`); for an item of a list of ids
 * the list's key in the singular (`accountIds` → `accountId`); for `id` the key that holds its object and `.id` (`customers.id`), `id` alone
 * in an object that no key holds.
 * `holder` is the key of the object, or of the list that the object is in.
 */
export function idName(key: string | undefined, holder: string | undefined, value: string): string | undefined {
  if (value === '' || value.length > longest || !/^[\w.:@~-]+$/.test(value)) return undefined;
  if (key === undefined) {
    const single = holder?.endsWith('Ids') ? holder.slice(0, -1) : undefined;
    return single !== undefined && leading.has(single) ? single : undefined;
  }
  if (leading.has(key)) return key;
  if (key !== 'id') return undefined;
  if (holder === undefined) return 'id';
  return holders.has(holder) || (holder.endsWith('s') && holders.has(holder.slice(0, -1))) ? `${holder}.id` : undefined;
}

const momentKey = /(?:[a-z](?:Date|At|Time|Timestamp|Expires|Expiry|Expiration)|_(?:date|at|time|timestamp)|^(?:date|time|timestamp|expires|expiry|expiration))$/;

/** Epoch milliseconds of a number, or a text of digits, that a key like `createdDate` holds in epoch seconds, between the years 2000 and 2100; else undefined. */
export function epochMilliseconds(key: string | undefined, raw: string): number | undefined {
  if (key === undefined || !/^\d{9,10}$/.test(raw) || !momentKey.test(key)) return undefined;
  const seconds = Number(raw);
  return seconds >= 946_684_800 && seconds <= 4_102_444_800 ? seconds * 1000 : undefined;
}
