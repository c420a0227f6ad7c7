import { expect, test } from 'vitest';
import { parseResourcePath, resourcePath, type ResourceRef } from '../../src/documents/uris.ts';

const refs: ResourceRef[] = [
  { kind: 'customer', customerId: '7200000001' },
  { kind: 'account', customerId: '7', accountId: '8' },
  { kind: 'accountTransactions', customerId: '7', accountId: '8' },
  { kind: 'statement', customerId: '7', accountId: '8', index: 3 },
  { kind: 'report', customerId: '7', reportId: 'x1-voi', form: 'json' },
  { kind: 'report', customerId: '7', reportId: 'x1-voi', form: 'pdf' },
  { kind: 'comparison', customerId: '7', reportId: 'x1-voi', otherReportId: 'a.b-voi' },
  { kind: 'consumer', customerId: '7' },
  { kind: 'institution', institutionId: '102105' },
  { kind: 'appRegistration', preAppId: '12' },
  { kind: 'consents', customerId: '7' },
  { kind: 'consent', customerId: '7', consentReceiptId: '4e0c7a52-1b8d' },
  { kind: 'authorization', customerId: '7', institutionLoginId: '93' },
  { kind: 'depositSwitches', customerId: '7' },
  { kind: 'billPaySwitches', customerId: '7' },
  { kind: 'depositSwitch', customerId: '7', switchId: 's' },
  { kind: 'billPaySwitch', customerId: '7', switchId: 's' },
  { kind: 'microDeposit', customerId: '7', accountId: '8' },
  { kind: 'webhookSubscriptions' },
  { kind: 'webhookSubscription', subscriptionId: 'b1d6a2f0' },
  { kind: 'experiences', appName: 'A/B & 50% off' },
  { kind: 'configurations' },
  { kind: 'configuration', configurationId: '71d2f0a4' },
];

test('every resource is found again by the path it was given', () => {
  for (const ref of refs) expect(parseResourcePath(resourcePath(ref))).toEqual(ref);
});

test('an id with a slash, a space or a percent sign cannot leave its segment', () => {
  const ref: ResourceRef = { kind: 'report', customerId: 'a/b', reportId: '../50% c', form: 'pdf' };
  expect(resourcePath(ref).split('/')).toHaveLength(5);
  expect(parseResourcePath(resourcePath(ref))).toEqual(ref);
});

test('a path that names nothing is undefined, not an error', () => {
  expect(parseResourcePath('/customers')).toBeUndefined();
  expect(parseResourcePath('/somewhere/else.json')).toBeUndefined();
});
