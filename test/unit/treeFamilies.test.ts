// The words of consents, switches, micro-deposits, webhooks, Connect and third parties; what is remembered; what an operation makes read again.
import { describe, expect, test } from 'vitest';
import { branchesAfter } from '../../src/tree/afterOperation.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { GrantBook, type KnownGrant } from '../../src/tree/grants.ts';
import { MicroDepositBook } from '../../src/tree/microDeposits.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import type { NodeView } from '../../src/tree/view.ts';

const now = Date.UTC(2025, 10, 22, 12);
const view = (node: ExplorerNode): NodeView => describeNode(node, { now, locale: 'en-US' });
const at = { path: 'c/x', connectionId: 'c' };
const own = { ...at, customerId: '7' };
const inDays = (days: number): string => new Date(now + days * 86_400_000).toISOString();

describe('consents', () => {
  const institution = (institutionName: string, status = 'ACTIVE') => ({ institutionName, statusDetails: { status, statusDate: inDays(-3) } });
  const consent = (days: number, institutions: unknown[], status = 'ACTIVE'): NodeView => view({
    ...own, kind: 'consent', consentReceiptId: 'c-1', data: { statusDetails: { status, statusDate: inDays(-300) }, accessPeriod: { startDate: inDays(-300), endDate: inDays(days) }, purpose: 'Lending', institutions },
  });

  test('say until when; an end that is near is told in days, by icon and words', () => {
    expect(consent(200, [institution('FinBank')])).toMatchObject({ label: 'FinBank', description: 'active · until Jun 10, 2026 · Lending', contextValue: 'consent;active', icon: { id: 'pass' } });
    expect(consent(12, [institution('FinBank')])).toMatchObject({ description: 'active · ends in 12 days · Lending', icon: { id: 'watch' } });
    expect(consent(0.5, [institution('FinBank')]).description).toContain('ends in 1 day ·');
    expect(consent(-1, [institution('FinBank', 'EXPIRED')], 'INACTIVE')).toMatchObject({ description: 'inactive · Lending', icon: { id: 'circle-slash' } });
  });

  test('of many institutions name some, and count those that have ended', () => {
    expect(consent(200, [institution('A'), institution('B', 'REVOKED'), institution('C'), institution('D'), institution('A')])).toMatchObject({
      label: 'A and 3 more', description: 'active · until Jun 10, 2026 · 1 of 5 not active · Lending',
    });
  });

  test('bare records leave nothing odd behind', () => {
    for (const data of [{}, { institutions: null, statusDetails: null, accessPeriod: null }, { institutions: [{ accounts: null, dataScopes: null }] }])
      for (const node of [{ ...own, kind: 'consent' as const, consentReceiptId: 'c', data }, { ...own, kind: 'consentInstitution' as const, consentReceiptId: 'c', institutionLoginId: '', data }])
        expect(JSON.stringify(view(node))).not.toMatch(/null|undefined|NaN|Invalid/);
  });

  test('an authorization that has ended says so', () => {
    const record = (days: number): NodeView => view({ ...own, kind: 'authorizationRecord', institutionLoginId: '2', data: { authorizationStartDate: inDays(-400), authorizationEndDate: inDays(days) } });
    expect(record(-10)).toMatchObject({ label: 'Authorization ended', description: 'ended Nov 12, 2025', contextValue: 'authorizationRecord;ended' });
    expect(record(100)).toMatchObject({ label: 'Authorized', contextValue: 'authorizationRecord;active' });
  });
});

test('a failed switch says why, and who can do something about it', () => {
  const failed = (failureReason: string): NodeView => view({ ...own, kind: 'depositSwitch', switchId: 's', data: { status: 'failed', failureReason, createdDate: inDays(-2) } });
  expect(failed('bad-credentials')).toMatchObject({ label: 'Nov 20, 2025', description: 'failed: bad credentials · 2 days ago', icon: { id: 'error' }, spoken: 'Deposit switch, of Nov 20, 2025, failed, bad credentials' });
  expect(failed('bad-credentials').tooltip).toContain('The person can mend it');
  expect(failed('system-unavailable').tooltip).toContain('It passes');
  expect(failed('work-status-terminated').tooltip).toContain('refuses');
  expect(failed('something-new').tooltip).not.toContain('What to do');
});

test.each([
  ['Pending', 'on their way', 'watch'], ['Completed', 'arrived, to be verified', 'circle-outline'], ['Verified', 'verified', 'pass'], ['Failed', 'failed', 'error'], ['Expired', 'expired', 'circle-slash'], ['Odd', 'Odd', 'question'],
])('micro-deposits that are %s read "%s"', (status, words, icon) => {
  expect(view({ ...own, kind: 'microDeposit', depositAccountId: '8', data: { status, accountNumberLast4: '2277', notedAt: now } }))
    .toMatchObject({ label: 'Account ··2277', description: `${words} · Nov 22, 2025`, icon: { id: icon }, contextValue: `microDeposit;${status}` });
});

test('a webhook with several listeners names one and counts the others', () => {
  const events = [{ name: 'a', status: 'active', url: 'https://one.example.com/x' }, { name: 'b', status: 'active', url: 'https://two.example.com/y' }];
  expect(view({ ...at, kind: 'webhookSubscription', webhookSubscriptionId: 'w', data: { status: 'active', events } })).toMatchObject({ label: 'one.example.com and 1 more', description: 'active · 2 events' });
  expect(view({ ...at, kind: 'webhookSubscription', webhookSubscriptionId: 'w', data: { url: 'not an address' } })).toMatchObject({ label: 'w', description: 'unknown · 0 events' });
});

test('foreign words in these rows can neither format nor link in a tooltip', () => {
  const evil = '[Run](command:evil)';
  const nodes: ExplorerNode[] = [
    { ...own, kind: 'consent', consentReceiptId: evil, data: { purpose: evil, institutions: [{ institutionName: evil }] } },
    { ...own, kind: 'consentInstitution', consentReceiptId: 'c', institutionLoginId: '1', data: { institutionName: evil, accounts: [{ name: evil }], dataScopes: [{ name: evil }] } },
    { ...at, kind: 'webhookEvent', webhookSubscriptionId: 'w', webhookEventId: 'e', data: { name: evil, condition: { subscribeFor: evil, includes: [evil] } } },
    { ...at, kind: 'experienceApp', appName: evil }, { ...at, kind: 'experience', appName: evil, experienceId: 'x', data: { productCode: [evil] } },
    { ...at, kind: 'configuration', configurationId: 'x', data: { filterAccounts: [evil] } },
    { ...own, kind: 'depositSwitch', switchId: evil, data: { status: evil, failureReason: evil } },
    { ...own, kind: 'accountStatements', accountId: '8', title: evil, data: { type: evil } },
  ];
  for (const node of nodes) expect(view(node).tooltip, node.kind).not.toContain('](command');
});

describe('what is remembered', () => {
  const memory = () => {
    const kept = new Map<string, unknown>();
    return { kept, get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key: string, value: unknown) => void kept.set(key, value) };
  };
  const body = { customerId: '7', thirdPartyPartnerId: '9', provenance: { token: 'canary' }, products: [{ product: 'accountOwner', accountId: '1', accessPeriod: { endTime: inDays(3) } }] };
  const answer = { data: [{ receipt: { receiptId: 'cr_1', customerId: 'pseudonym' }, proof: { signature: 'canary' } }] };

  test('of a third party\'s access: no signature, no provenance, the customer\'s own id', async () => {
    const state = memory();
    const book = new GrantBook(state, () => now);
    await book.afterOperation('c', 'GenerateThirdPartyAccessKey', { body }, answer);
    expect(book.of('c')).toEqual([{ id: 'cr_1', customerId: '7', thirdPartyPartnerId: '9', products: ['accountOwner'], accounts: 1, until: Date.parse(inDays(3)), notedAt: now } satisfies KnownGrant]);
    expect(JSON.stringify([...state.kept])).not.toMatch(/canary|pseudonym/);
    expect(book.of('other')).toEqual([]);
  });

  test('goes with its customer and with its connection, and nothing else does', async () => {
    const book = new GrantBook(memory(), () => now);
    const give = (connection: string, id: string, customerId: string) => book.afterOperation(connection, 'GenerateThirdPartyAccessKey', { body: { ...body, customerId } }, { data: [{ receipt: { receiptId: id } }] });
    for (const [connection, id, customer] of [['c', 'cr_1', '7'], ['c', 'cr_2', '8'], ['d', 'cr_3', '7']] as const) await give(connection, id, customer);
    await book.forgetCustomer('c', '7');
    expect([book.of('c'), book.of('d')].map((notes) => notes.map(({ id }) => id))).toEqual([['cr_2'], ['cr_3']]);
    await book.forgetConnection('c');
    expect([book.of('c'), book.of('d')].map((notes) => notes.length)).toEqual([0, 1]);
  });

  test('of micro-deposits: the ids, and nothing of the receiving account', async () => {
    const state = memory();
    const book = new MicroDepositBook(state, () => now);
    await book.afterOperation('c', 'InitiateMicroAmountDeposits', { customerId: '7', body: { receiver: { accountNumber: '60412277' }, callbackUrl: 'https://x/?key=canary' } }, { accountId: '8', status: 'Pending' });
    expect(book.of('c', '7')).toEqual([{ id: '8', customerId: '7', notedAt: now }]);
    expect(JSON.stringify([...state.kept])).not.toMatch(/60412277|canary/);
  });

  test('a damaged memory is taken for an empty one', () => {
    const state = memory();
    for (const kind of ['thirdPartyAccess', 'microDeposits']) state.kept.set(`openBanking.${kind}.c`, [null, 7, { id: 1 }, { id: 'x' }]);
    expect(new GrantBook(state).of('c')).toEqual([]);
    expect(new MicroDepositBook(state).of('c', '7')).toEqual([]);
  });
});

test.each([
  ['DeleteCustomer', { customerId: '7' }, ['c/customers']],
  ['RevokeDataSharingConsentById', { consent_receipt_id: 'x' }, ['c/customers']],
  ['SubscribeToTxPushNotifications', { customerId: '7', accountId: '8' }, ['c/customers/7']],
  ['AddBusinessDetails', { customer_id: '7' }, ['c/customers/7']],
  ['GenerateTransferDepositSwitchUrl', { body: { customerId: '7' } }, ['c/customers/7']],
  ['deleteWebhookSubscription', { subscription_id: 'x' }, ['c/webhooks']],
  ['post-configurations', { body: {} }, ['c/connect']],
  ['CreateConnectExperience', { experience_id: 'x' }, ['c/connect']],
  ['RevokeThirdPartyAccessKey', { consentReceiptId: 'x' }, ['c/third-party-access']],
  ['RegisterApp', { body: {} }, ['c/applications', 'c/connect', 'c/customers']],
  ['UpdateBusiness', { business_id: '3' }, ['c']],
] as const)('after %s what it may have changed is read again', (operationId, input, paths) => {
  expect(branchesAfter('c', operationId, input)).toEqual(paths);
});
