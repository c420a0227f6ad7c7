// What an id in an answer leads to: each kind of id, from the field's name, the operation, the ids around it and the request.
import { describe, expect, test } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import openapi from '../../src/api/generated/openapi.json' with { type: 'json' };
import { parseResourcePath, resourcePath } from '../../src/documents/uris.ts';
import { idLink, leadsTo, type IdLink } from '../../src/requests/idLinks.ts';

const link = (operationId: OperationId, name: string, value: string, ids: Record<string, string> = {}, input: Record<string, unknown> = {}): IdLink | undefined =>
  idLink({ connectionId: 'sandbox', entry: operation(operationId), input, name, value, ids });
const places = (found: IdLink | undefined) => [found?.document && resourcePath(found.document), found?.tree];

test.each<[OperationId, string, string, Record<string, string>, Record<string, unknown>, string | undefined, string | undefined]>([
  ['GetCustomers', 'customers.id', '72', {}, {}, '/customers/72.json', 'sandbox/customers/72'],
  ['AddTestingCustomer', 'id', '72', {}, {}, '/customers/72.json', 'sandbox/customers/72'],
  ['GetCustomer', 'id', '72', {}, {}, '/customers/72.json', 'sandbox/customers/72'],
  ['GetCustomerAccounts', 'accounts.id', '81', { customerId: '72', institutionId: '101732' }, { customerId: '71' }, '/customers/72/accounts/81.json', 'sandbox/customers/72/accounts/81'],
  ['GetCustomerAccounts', 'accountId', '81', {}, { customerId: 72 }, '/customers/72/accounts/81.json', 'sandbox/customers/72/accounts/81'],
  ['GetCustomerAccount', 'id', '81', {}, { customerId: '72', accountId: '81' }, '/customers/72/accounts/81.json', 'sandbox/customers/72/accounts/81'],
  ['GenerateFixConnectUrl', 'accountId', '81', {}, { body: { customerId: '72' } }, '/customers/72/accounts/81.json', 'sandbox/customers/72/accounts/81'],
  ['GetCustomerAccounts', 'institutionId', '101732', {}, {}, '/institutions/101732.json', 'sandbox/institutions/101732'],
  ['GetInstitution', 'institution.id', '101732', {}, {}, '/institutions/101732.json', 'sandbox/institutions/101732'],
  ['GetCustomerAccounts', 'institutionLoginId', '55', { customerId: '72' }, {}, undefined, 'sandbox/customers/72/accounts/login-55'],
  ['GenerateVOAReport', 'id', 'ab-1', { customerId: '72' }, {}, '/customers/72/reports/ab-1.json', 'sandbox/customers/72/reports/ab-1'],
  ['GetReportByCustomer', 'id', 'ab-1', {}, { customerId: '72', reportId: 'ab-1' }, '/customers/72/reports/ab-1.json', 'sandbox/customers/72/reports/ab-1'],
  ['GetReportsByCustomerId', 'reports.id', 'ab-1', {}, { customerId: '72' }, '/customers/72/reports/ab-1.json', 'sandbox/customers/72/reports/ab-1'],
  ['GenerateVOAReport', 'portfolioId', 'p-1-port', { customerId: '72' }, {}, '/customers/72/portfolios/p-1-port.json', undefined],
  ['GenerateVOAReport', 'consumerId', 'c0', { customerId: '72' }, {}, '/customers/72/consumer.json', 'sandbox/customers/72/consumer'],
  ['CreateConsumer', 'id', 'c0', { customerId: '72' }, {}, '/customers/72/consumer.json', 'sandbox/customers/72/consumer'],
  ['GetAllCustomerTransactions', 'transactions.id', '9', { customerId: '72' }, {}, '/customers/72/transactions/9.json', 'sandbox/customers/72/transactions'],
  ['GetCustomerAccountMultipleStatement', 'statements.id', 'as-1', {}, { customerId: '72', accountId: '81' }, '/customers/72/assets/as-1.pdf', undefined],
  ['SubscribeToTxPushNotifications', 'subscriptions.id', '5', { accountId: '81' }, { customerId: '72' }, undefined, 'sandbox/customers/72/accounts/81/subscriptions/5'],
  ['createWebhookSubscription', 'subscriptionId', 'w/1', {}, {}, '/webhooks/w%2F1.json', 'sandbox/webhooks/w%2F1'],
  ['GetDataSharingConsentsByCustomerId', 'consentReceiptId', 'r1', { customerId: '72' }, {}, '/customers/72/consents/r1.json', 'sandbox/customers/72/consents/r1'],
  ['getAllDepositSwitches', 'switches.id', 's1', {}, { customer_id: '72' }, '/customers/72/transfers/deposit-switches/s1.json', 'sandbox/customers/72/transfers/deposit-switches/s1'],
  ['getBillPaySwitchDetails', 'switchId', 's1', {}, { customer_id: '72' }, '/customers/72/transfers/bill-pay-switches/s1.json', 'sandbox/customers/72/transfers/bill-pay-switches/s1'],
  ['InitiateMicroAmountDeposits', 'accountId', 'm1', {}, { customerId: '72' }, '/customers/72/micro-deposits/m1.json', 'sandbox/customers/72/micro-deposits/m1'],
  ['get-configurations', 'id', 'k1', {}, {}, '/connect/configurations/k1.json', 'sandbox/connect/configurations/k1'],
  ['RegisterApp', 'preAppId', '3', {}, {}, '/applications/3.json', 'sandbox/applications/3'],
  ['getApplications', 'applicationId', 'app', { preAppId: '3' }, {}, '/applications/3.json', 'sandbox/applications/3'],
  ['GetCustomer', 'applicationId', 'app', { id: '72' }, {}, '/customers/72/application.json', undefined],
])('%s: %s %s with %j and %j', (operationId, name, value, ids, input, document, tree) => {
  const found = link(operationId, name, value, ids, input);
  expect(places(found)).toEqual([document, tree]);
  expect(found?.what).toContain(value);
  // Where one of the two is missing the reason is said.
  expect(found?.missing === undefined).toBe(document !== undefined && tree !== undefined);
  if (document !== undefined) expect(parseResourcePath(document)).toEqual(found?.document);
});

describe('what leads nowhere', () => {
  test('an account, a report, a login without a customer says so', () => {
    for (const name of ['accountId', 'reportId', 'institutionLoginId', 'consumerId', 'portfolioId', 'transactionId', 'consentReceiptId'])
      expect(link('GetReportsByConsumerId', name, '1'), name).toEqual({ what: expect.stringContaining('1'), missing: expect.stringMatching(/customer/) });
  });

  test.each(['taxId', 'requestId', 'constructor', '__proto__', 'provider.id', 'dataScopes.id', 'position.id'])('%s is not known', (name) => {
    expect(link('GetCustomer', name, '1', { customerId: '72' })).toBeUndefined();
  });

  test('a root id of an operation that nobody can place', () => {
    expect(link('post-institutions-institutionId-oauth-urls', 'id', '1')).toBeUndefined();
  });
});

test('an id cannot reach out of its place in the tree or the documents', () => {
  const found = link('GetCustomers', 'customers.id', '../../other');
  expect(places(found)).toEqual(['/customers/..%2F..%2Fother.json', 'sandbox/customers/..%2F..%2Fother']);
});

test('the plain id at the root of an answer has a kind wherever the description has one and the explorer knows it', () => {
  interface Schema { $ref?: string; properties?: Record<string, unknown>; items?: Schema; allOf?: Schema[]; oneOf?: Schema[]; anyOf?: Schema[] }
  const { paths, components } = openapi as unknown as { paths: Record<string, Record<string, { operationId?: OperationId; responses?: Record<string, { content?: Record<string, { schema: Schema }> }> }>>; components: { schemas: Record<string, Schema> } };
  const hasId = (schema: Schema | undefined, depth = 0): boolean => {
    const own = schema?.$ref ? components.schemas[schema.$ref.split('/').at(-1)!] : schema;
    if (!own || depth > 6) return false;
    return own.properties?.id !== undefined || [...(own.items ? [own.items] : []), ...(own.allOf ?? []), ...(own.oneOf ?? []), ...(own.anyOf ?? [])].some((one) => hasId(one, depth + 1));
  };
  const withId = Object.values(paths).flatMap((methods) => Object.values(methods)).filter(({ operationId, responses = {} }) => operationId
    && Object.entries(responses).some(([status, { content }]) => status.startsWith('20') && hasId(content?.['application/json']?.schema))).map(({ operationId }) => operationId!);
  expect(withId.length).toBeGreaterThan(30);
  const unknown = withId.filter((operationId) => link(operationId, 'id', '1', {}, { customerId: '72' }) === undefined);
  expect(unknown).toEqual(['post-institutions-institutionId-oauth-urls']);
  expect(catalogue.length).toBeGreaterThan(withId.length);
});

test('where there is no row the document opens, and what costs money is offered', () => {
  const portfolio = link('GetReportByCustomer', 'portfolioId', 'p-1-port', { customerId: '72' });
  expect(leadsTo(portfolio, 'tree')).toEqual({ open: { kind: 'portfolio', customerId: '72', portfolioId: 'p-1-port' } });
  const asset = link('GetReportByCustomer', 'assetId', 'as-1', { customerId: '72' });
  expect(leadsTo(asset, 'tree')).toMatchObject({ why: expect.stringContaining('no rows'), offer: { kind: 'asset', assetId: 'as-1' } });
  expect(leadsTo(asset, 'document')).toMatchObject({ open: { kind: 'asset' } });
  expect(leadsTo(link('GetReportByCustomer', 'customerId', '72'), 'tree')).toEqual({ tree: 'sandbox/customers/72' });
  expect(leadsTo(undefined, 'tree')).toEqual({ why: 'The explorer does not know what this id names.' });
  expect(leadsTo(link('GetCustomerAccounts', 'institutionLoginId', '55', { customerId: '72' }), 'document')).toEqual({ why: expect.stringContaining('no document of its own') });
});
