// Where the rows of each picker come from: which operation lists them, what has to be known first, how a row reads, and what an empty
// list means. What the API cannot list (TxPUSH subscriptions, stored files, portfolios …) is offered from what the tree remembers of
// requests that were sent from here. The rules of reading stand in pickerReading.ts. Free of vscode.
import { catalogue, type OperationId } from '../api/catalogue.ts';
import { ApiError } from '../client/errors.ts';
import { explainFailure } from '../tree/failures.ts';
import { moment, number, record, records, text, truth, type Wire } from '../tree/wire.ts';
import { accountName, accountType, counted, customerName, dateTime, day, lastFour, money, reportType } from '../tree/words.ts';
import type { PickerKind } from '../webviews/protocol/request.ts';
import { asCommand, emptyIfAbsent, joined, paged, readInstitutionNames, shown, unlessAbsent, whole, type Asked, type PickerPage, type PickerRow, type PickerSource } from './pickerReading.ts';
import { idNames, type KnownIds } from './pickers.ts';

/** Every operation that a picker calls. */
export const pickerOperations: readonly OperationId[] = [
  'GetCustomers', 'GetCustomerAccounts', 'GetInstitutions', 'GetInstitution', 'GetConsumerForCustomer', 'GetBusinessByCustomer', 'GetReportsByCustomerId', 'GetReportsByConsumerId',
  'GetAllCustomerTransactions', 'listWebhookSubscriptions', 'getWebhookSubscriptionById', 'getApplications', 'GetAllExperience', 'get-configurations',
  'GetDataSharingConsentsByCustomerId', 'GetDataSharingConsentsByID', 'getAllDepositSwitches', 'getAllPaySwitches',
];

const pageSize = 50;
const customerOf = ({ known }: Asked): string => known.customerId ?? '';
const at = (value: unknown, asked: Asked): string | undefined => dateTime(moment(value), asked.locale);
const row = (value: string | undefined, words: Omit<PickerRow, 'value'>): PickerRow[] => (value === undefined ? [] : [{ value, ...words }]);
const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const customer: PickerSource = {
  one: 'customer', many: 'customers', searches: 'Type a name or a username to search your customers', absent: 'Enroll one with "Enroll Testing Customer".',
  read: (asked) => paged(asked, 'GetCustomers', asked.search ? { search: asked.search } : {}, pageSize, (data) => {
    const id = text(data.id);
    return row(id, { label: shown(customerName(data, id ?? '')), description: joined(shown(text(data.username) ?? ''), id && shown(id), text(data.type) && shown(text(data.type)!)), record: data });
  }),
};

const institution: PickerSource = {
  one: 'institution', many: 'institutions', searches: 'Type a name to search the institutions', absent: 'Only names are searched; a shorter word finds more.',
  read: (asked) => paged(asked, 'GetInstitutions', asked.search ? { search: asked.search } : {}, pageSize, (data) =>
    row(text(data.id), { label: shown(text(data.name) ?? 'Unnamed'), description: joined(text(data.id) && shown(text(data.id)!), truth(data.oauthEnabled) ? 'OAuth' : undefined), detail: text(data.urlHomeApp) && shown(text(data.urlHomeApp)!) })),
};

async function accountsOf(asked: Asked): Promise<Wire[]> {
  const accounts = records(await asked.client.call('GetCustomerAccounts', { customerId: customerOf(asked) }, asCommand(asked)), 'accounts');
  return accounts.filter((data) => text(data.id) !== undefined);
}

function accountRow(data: Wire, group: string, { locale }: Asked): PickerRow[] {
  const four = lastFour(data);
  const balance = number(data.balance);
  const login = text(data.institutionLoginId);
  return row(text(data.id), {
    label: shown(`${accountName(data)}${four ? ` ··${four}` : ''}`), group, record: data,
    description: joined(shown(accountType(text(data.type))), balance === undefined ? undefined : shown(money(balance, text(data.currency), locale)), shown(text(data.id)!)),
    also: { ...(login !== undefined && { institutionLoginId: login }), ...(text(data.institutionId) !== undefined && { institutionId: text(data.institutionId)! }) },
  });
}

const account: PickerSource = {
  one: 'account', many: 'accounts', needs: ['customer'], absent: '"Add FinBank Accounts" gives a testing customer some; Connect links active ones.',
  read: (asked) => whole(async () => {
    const accounts = await accountsOf(asked);
    const nameOf = await readInstitutionNames(asked, accounts);
    return grouped(accounts.flatMap((data) => accountRow(data, nameOf(data), asked)));
  }),
};

/** Rows of one group side by side, in the order in which the groups first come. */
const grouped = (rows: readonly PickerRow[]): PickerRow[] => [...gathered(rows, ({ group = '' }) => group).values()].flat();

function gathered<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A consent names the sign-ins that it is about; else they are those of the customer's accounts. */
const institutionLogin: PickerSource = {
  one: 'institution login', many: 'institution logins', needs: (known) => (known.consent_receipt_id === undefined ? ['customer'] : []), absent: 'A login is made when accounts are linked.',
  read: (asked) => whole(async () => {
    const { consent_receipt_id: consentId } = asked.known;
    if (consentId !== undefined) {
      const consent = await asked.client.call('GetDataSharingConsentsByID', { consent_receipt_id: consentId }, asCommand(asked));
      return records(consent, 'institutions').flatMap((data) => row(text(data.institutionLoginId), {
        label: shown(text(data.institutionName) ?? text(data.name) ?? 'Institution'), description: joined(shown(text(data.institutionLoginId) ?? ''), text(record(data.statusDetails).status)?.toLowerCase()),
      }));
    }
    const accounts = (await accountsOf(asked)).filter((data) => text(data.institutionLoginId) !== undefined);
    const nameOf = await readInstitutionNames(asked, accounts);
    return [...gathered(accounts, (data) => text(data.institutionLoginId)!)].map(([id, of]): PickerRow => ({
      value: id, label: nameOf(of[0]!), description: joined(shown(id), counted(of.length, 'account')),
      detail: shown(of.map((data) => `${accountName(data)}${lastFour(data) ? ` ··${lastFour(data)}` : ''}`).join(', ')),
      ...(text(of[0]!.institutionId) !== undefined && { also: { institutionId: text(of[0]!.institutionId)! } }),
    }));
  }),
};

const consumer: PickerSource = {
  one: 'consumer', many: 'consumers', needs: ['customer'], absent: 'A customer has one at most. Make it with "Create Consumer".',
  read: (asked) => whole(async () => {
    const data = record(await unlessAbsent(asked.client.call('GetConsumerForCustomer', { customerId: customerOf(asked) }, asCommand(asked))));
    return row(text(data.id), { label: shown(customerName(data, text(data.id) ?? '')), description: shown(text(data.id) ?? '') });
  }),
};

const business: PickerSource = {
  one: 'business', many: 'businesses', needs: ['customer'], absent: 'Add one with the operation AddBusinessDetails.',
  read: (asked) => whole(async () => {
    const answer: unknown = await unlessAbsent(asked.client.call('GetBusinessByCustomer', { customer_id: customerOf(asked) }, asCommand(asked)));
    return (Array.isArray(answer) ? answer : [answer]).map(record).flatMap((data) => {
      const id = text(data.businessId) ?? text(data.id);
      return row(id, { label: shown(text(data.name) ?? 'Business'), description: joined(id && shown(id), text(data.type) && shown(text(data.type)!)) });
    });
  }),
};

const titles = new Map(catalogue.flatMap(({ report: kind }) => (kind && !kind.types ? [[kind.type, kind.title] as const] : [])));
const reportTitle = (type: string): string => shown(titles.get(type) ?? reportType(type));
const states: Readonly<Record<string, string>> = { success: 'done', failure: 'failed', inProgress: 'in progress' };

const report: PickerSource = {
  one: 'report', many: 'reports', needs: (known) => (known.consumerId === undefined ? ['customer'] : []), absent: 'Make one with "Generate Report".',
  read: (asked) => whole(async () => {
    const { customerId, consumerId } = asked.known;
    const body: unknown = customerId === undefined && consumerId !== undefined
      ? await asked.client.call('GetReportsByConsumerId', { consumerId }, asCommand(asked))
      : await asked.client.call('GetReportsByCustomerId', { customerId: customerId ?? '' }, asCommand(asked));
    return records(body, 'reports').sort((a, b) => (moment(b.createdDate) ?? 0) - (moment(a.createdDate) ?? 0)).flatMap((data) => {
      const status = text(data.status) ?? '';
      return row(text(data.id), {
        label: reportTitle(text(data.type) ?? 'report'), description: joined(at(data.createdDate, asked), states[status] ?? shown(status)), detail: shown(text(data.id) ?? ''),
        ...(text(data.consumerId) !== undefined && { also: { consumerId: text(data.consumerId)! } }),
      });
    });
  }),
};

/** How far back transactions are offered: as far as the API keeps them. */
const twoYears = 2 * 366 * 86_400;

/** `idOf` reads one of the two ids that a transaction has. */
const transactions = (idOf: (data: Wire) => string | undefined): PickerSource => ({
  one: 'transaction', many: 'transactions', needs: ['customer'], absent: '"Refresh Accounts" reads the newest, "Load Historic Transactions" older ones.',
  read(asked) {
    const now = Math.floor(asked.now / 1000);
    return paged(asked, 'GetAllCustomerTransactions', { customerId: customerOf(asked), fromDate: now - twoYears, toDate: now, sort: 'desc', includePending: true }, 100, (data) => {
      const amount = number(data.amount);
      return row(idOf(data), {
        label: shown(text(data.description) ?? 'Transaction'), detail: shown(joined(text(data.memo), idOf(data)) ?? ''),
        description: joined(amount === undefined ? undefined : shown(money(amount, text(data.currencySymbol) ?? 'USD', asked.locale)), day(moment(data.transactionDate) ?? moment(data.postedDate), asked.locale), text(data.accountId) && `account ${shown(text(data.accountId)!)}`),
        ...(text(data.accountId) !== undefined && { also: { accountId: text(data.accountId)! } }),
      });
    });
  },
});

const webhookSubscription: PickerSource = {
  one: 'webhook subscription', many: 'webhook subscriptions', absent: 'Make one with the operation createWebhookSubscription.',
  read: (asked) => emptyIfAbsent(paged(asked, 'listWebhookSubscriptions', {}, 100, (data) => row(text(data.subscriptionId), {
    label: shown(records(data, 'events').map((event) => text(event.name)).filter(Boolean).join(', ') || 'No events'), description: joined(text(data.status) && shown(text(data.status)!), at(data.createdDate, asked)), detail: shown(text(data.subscriptionId) ?? ''),
  }))),
};

const webhookEvent: PickerSource = {
  one: 'webhook event', many: 'webhook events', needs: ['webhookSubscription'], absent: 'The operation updateWebhookSubscription names some.',
  read: (asked) => whole(async () => {
    const body = await asked.client.call('getWebhookSubscriptionById', { subscription_id: asked.known.subscription_id ?? '' }, asCommand(asked));
    return records(body, 'events').flatMap((data) => row(text(data.webhookEventId), { label: shown(text(data.name) ?? 'Event'), description: joined(text(data.status) && shown(text(data.status)!)), detail: shown(text(data.webhookEventId) ?? '') }));
  }),
};

const registrationStates: Readonly<Record<string, string>> = { A: 'approved', P: 'pending', R: 'rejected', S: 'skipped', D: 'deleted' };

/** An app has three ids: its name, that of its registration, and its own, which it gets with the approval. */
const apps = (one: string, absent: string, idOf: (data: Wire) => string | undefined): PickerSource => ({
  one, many: `${one}s`, absent,
  read: (asked) => paged(asked, 'getApplications', {}, 100, (data) => row(idOf(data), {
    label: shown(text(data.name) ?? 'Unnamed app'), description: joined(registrationStates[text(data.status) ?? ''], at(data.createdDate, asked)), detail: shown(idOf(data) ?? ''),
    also: { ...(text(data.preAppId) !== undefined && { preAppId: text(data.preAppId)! }), ...(text(data.applicationId) !== undefined && { applicationId: text(data.applicationId)! }) },
  })),
});
const registerOne = 'Register one with the operation RegisterApp.';

/** Experiences are listed by app: those of ten apps at a time, since each costs a call. */
async function* experiences(asked: Asked): AsyncGenerator<PickerPage, void, undefined> {
  const { client, known } = asked;
  const ofApp = async (appName: string): Promise<PickerRow[]> => {
    const body: unknown = await unlessAbsent(client.call('GetAllExperience', { appName }, asCommand(asked)));
    return (Array.isArray(body) ? body : []).map(record).flatMap((data) => row(text(data.id), {
      label: shown(text(data.id) ?? ''), description: joined(shown([data.productCode].flat().map(text).filter(Boolean).join(', '))), group: shown(appName),
    }));
  };
  if (known.appName !== undefined) return yield* whole(() => ofApp(known.appName!));
  const seen = new Set<string>();
  for await (const { items, more } of client.pages('getApplications', {}, { ...asCommand(asked), limit: 10 })) {
    const names = items.map(record).filter(({ status }) => status !== 'R' && status !== 'D').map(({ name }) => text(name)).filter((name) => name !== undefined && !seen.has(name)) as string[];
    for (const name of names) seen.add(name);
    const rows = (await Promise.all([...new Set(names)].map(ofApp))).flat();
    if (rows.length > 0 || !more) yield { rows, more };
  }
}

const configuration: PickerSource = {
  one: 'configuration', many: 'configurations', absent: 'Save one with the operation post-configurations.',
  read: (asked) => whole(async () => {
    const body: unknown = await asked.client.call('get-configurations', {}, asCommand(asked));
    return (Array.isArray(body) ? body : []).map(record).flatMap((data) => row(text(data.id), {
      label: shown(text(data.id) ?? ''), description: joined(shown([data.filterAccounts].flat().map(text).filter(Boolean).join(', ')), truth(data.aoRequired) ? 'owner required' : undefined),
    }));
  }),
};

const consent: PickerSource = {
  one: 'consent', many: 'consents', needs: ['customer'], absent: 'A person gives consent while linking accounts through Connect.',
  read: (asked) => emptyIfAbsent(paged(asked, 'GetDataSharingConsentsByCustomerId', { customer_id: customerOf(asked) }, pageSize, (data) => row(text(data.consentReceiptId), {
    label: shown(text(data.purpose) ?? 'Consent'), description: joined(text(record(data.statusDetails).status)?.toLowerCase(), at(data.createdDate, asked), text(data.applicationName) && shown(text(data.applicationName)!)), detail: shown(text(data.consentReceiptId) ?? ''),
  }))),
};

const switches = (one: string, operationId: 'getAllDepositSwitches' | 'getAllPaySwitches'): PickerSource => ({
  one, many: `${one}es`, needs: ['customer'], absent: 'A person makes one by a Connect Transfer link. The API lists the latest ten.',
  read: (asked) => whole(async () => {
    const body = await unlessAbsent<unknown>(asked.client.call(operationId, { customer_id: customerOf(asked) }, asCommand(asked)));
    return records(body, 'switches').flatMap((data) => row(text(data.id), { label: upper(shown(text(data.status) ?? one)), description: joined(at(data.createdDate, asked), text(data.failureReason) && shown(text(data.failureReason)!)), detail: shown(text(data.id) ?? '') }));
  }),
});

/** Of the request's customer where it names one. */
const remembered = (kind: PickerKind, one: string, absent: string, many = `${one}s`): PickerSource => ({
  one, many, fromHere: true, absent: `${absent} The API lists none made elsewhere.`,
  read: (asked) => whole(async () => {
    const { customerId, accountId } = asked.known;
    const notes = asked.remembered.filter((note) => note.kind === kind && (!customerId || note.customerId === '' || note.customerId === customerId) && (!accountId || note.accountId === undefined || note.accountId === accountId));
    return notes.map((note): PickerRow => ({
      value: note.id, label: shown(note.words ?? upper(one)), detail: shown(note.id),
      description: joined(dateTime(note.notedAt, asked.locale), note.customerId ? `customer ${shown(note.customerId)}` : undefined, note.accountId === undefined ? undefined : `account ${shown(note.accountId)}`),
      also: { ...(note.customerId !== '' && { customerId: note.customerId }), ...(note.accountId !== undefined && { accountId: note.accountId }) },
    }));
  }),
});

const files = remembered('asset', 'stored file', 'StoreCustomerPayStatement stores one.');

export const pickerSources: Readonly<Record<PickerKind, PickerSource>> = {
  customer, account, accounts: account, institution, institutionLogin, consumer, business, report, webhookSubscription, webhookEvent, configuration, consent,
  transaction: transactions((data) => text(data.id)), uniqueTransaction: transactions((data) => text(data.uniqueTransactionId)),
  app: apps('app', `Only approved ones have an id. ${registerOne}`, (data) => text(data.applicationId)),
  registration: apps('app registration', registerOne, (data) => text(data.preAppId)),
  appName: apps('app', registerOne, (data) => text(data.name)),
  experience: { one: 'experience', many: 'experiences', absent: 'Mastercard makes the first ones on request.', read: experiences },
  depositSwitch: switches('deposit switch', 'getAllDepositSwitches'), billPaySwitch: switches('bill pay switch', 'getAllPaySwitches'),
  asset: files, assets: files,
  subscription: remembered('subscription', 'TxPUSH subscription', 'SubscribeToTxPushNotifications makes one.'),
  microDeposit: remembered('microDeposit', 'micro-deposit', 'InitiateMicroAmountDeposits sends some.'),
  thirdPartyAccess: remembered('thirdPartyAccess', 'third party\'s access', 'GenerateThirdPartyAccessKey gives one.', 'third parties\' access keys'),
  portfolio: remembered('portfolio', 'portfolio', 'A report joins one when it is made.'),
  legacyReport: remembered('legacyReport', 'legacy analytics report', 'The operations of the older analytics make one.'),
  paymentIndicator: remembered('paymentIndicator', 'payment request', 'GeneratePaymentSuccessIndicators makes one.'),
  transactionRefresh: remembered('transactionRefresh', 'transaction refresh', 'refreshTransactions starts one.', 'transaction refreshes'),
};

/** The kinds to be picked before this one, in order: those that it needs and the request does not name. */
export function missingFirst(kind: PickerKind, known: KnownIds): readonly PickerKind[] {
  const { needs = [] } = pickerSources[kind];
  return (typeof needs === 'function' ? needs(known) : needs).filter((first) => !known[idNames[first]]);
}

/** The row of an empty list. */
export function emptyWords(kind: PickerKind, { known, search }: Pick<Asked, 'known' | 'search'>): { label: string; detail: string } {
  const { one, many, absent, fromHere } = pickerSources[kind];
  if (search) return { label: `No ${one} found for "${shown(search, 40)}"`, detail: kind === 'customer' ? 'First and last names and usernames are searched, not ids.' : absent };
  if (fromHere) return { label: `No ${many} are known from here`, detail: absent };
  const { needs = [] } = pickerSources[kind];
  const ofCustomer = (typeof needs === 'function' ? needs({}) : needs).includes('customer') && known.customerId;
  return { label: ofCustomer ? `This customer has no ${one === 'consumer' || one === 'business' ? one : many}` : `There are no ${many} to choose from`, detail: absent };
}

/** The row of a list that could not be read. */
export function failureWords(kind: PickerKind, error: unknown): { label: string; detail: string } {
  const { text: words, detail, code } = explainFailure(error);
  const label = shown(`The ${pickerSources[kind].many} could not be read: ${words}${code === undefined ? '' : ` (${code})`}`);
  return { label, detail: shown(error instanceof ApiError ? error.explanation.fix : detail, 400) };
}
