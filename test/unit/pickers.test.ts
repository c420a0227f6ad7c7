// Which field gets which picker: every id that the API takes is either looked up or listed here with the reason why not.
import { describe, expect, test } from 'vitest';
import { catalogue, operation, type OperationEntry } from '../../src/api/catalogue.ts';
import { flatBodySchema, type JsonSchema } from '../../src/api/schemas.ts';
import { idFor, idNames, knownAround, pickerOf, placesOf, takesSeveral } from '../../src/requests/pickers.ts';
import { missingFirst, pickerSources } from '../../src/requests/pickerSources.ts';
import type { FieldPath, PickerKind } from '../../src/webviews/protocol/request.ts';

/** Every field that an operation takes: parameters, and the body's to any depth. Items of a list have the step 0. */
function fieldsOf(entry: OperationEntry): FieldPath[] {
  const found: FieldPath[] = entry.parameters.map(({ name }) => ['parameters', name]);
  const walk = (schema: JsonSchema | undefined, path: FieldPath): void => {
    if (!schema) return;
    if (path.length > 1) found.push(path);
    for (const [name, of] of Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {})) walk(of, [...path, name]);
    if (schema.items) walk(schema.items as JsonSchema, [...path, 0]);
    for (const part of ['allOf', 'anyOf', 'oneOf']) for (const one of (schema[part] as JsonSchema[] | undefined) ?? []) walk(one, path);
  };
  walk(flatBodySchema(entry.operationId), ['body']);
  return found;
}

const endsLikeId = (name: string): boolean => /(^ids?|[a-z-]I[dD]s?|_ids?|[uUgG]u?id)$/.test(name);
/** Fields that hold an id under another name. */
const alsoIds = ['experience', 'accounts', 'appName', 'institutionSettings'];

/** Ids that nothing can be looked up for, and why. */
const withoutPicker: Readonly<Record<string, string>> = {
  'partnerId': 'the connection\'s own',
  'thirdPartyPartnerId': 'another partner\'s, which the API does not list',
  'indirectPartnerId': 'another partner\'s, which the API does not list',
  'payorId': 'the third party\'s own',
  'external_id': 'the partner\'s own, for instance of a branch',
  'external.id': 'the partner\'s own, for instance of a branch',
  'X-External-Request-Id': 'made by the caller for one call',
  'externalCustomerId': 'the partner\'s own',
  'externalAccountId': 'the partner\'s own',
  'externalTransactionId': 'the partner\'s own',
  'cardAcceptorId': 'a merchant\'s terminal, off the card network',
  'locationId': 'found by GetLocationMatches, by a name and an address that only a person knows',
  'taxId': 'a firm\'s tax id',
  'credentials.id': 'a field of the institution\'s own sign-in form',
  'payrollAccountIds': 'only the webhook of the payroll connection tells them',
  'accounts': 'accounts of other banks, described and not named by id',
  'appName': 'the name of an app that is being registered',
  'institutionSettings': 'institution ids as names of a map, set up with Mastercard',
};

const reasonFor = (path: FieldPath): string | undefined => {
  const names = path.filter((step) => typeof step === 'string');
  return withoutPicker[names.slice(-2).join('.')] ?? withoutPicker[names.at(-1)!];
};
const nameOf = (path: FieldPath): string => String([...path].reverse().find((step) => typeof step === 'string'));

describe('every id of the catalogue', () => {
  const ids = catalogue.flatMap((entry) => fieldsOf(entry).map((path) => ({ entry, path }))).filter(({ path }) => endsLikeId(nameOf(path)) || alsoIds.includes(nameOf(path)));

  test('is either looked up or has a reason not to be', () => {
    expect(ids.length).toBeGreaterThan(250);
    // A list of ids has the picker at the list itself; its items may have one as well.
    const open = ids.filter(({ entry, path }) => typeof path.at(-1) !== 'number' && !pickerOf(entry, path) && reasonFor(path) === undefined);
    expect(open.map(({ entry, path }) => `${entry.operationId} ${path.join('.')}`)).toEqual([]);
  });

  test('no reason is there for nothing', () => {
    const used = new Set(ids.filter(({ entry, path }) => !pickerOf(entry, path)).flatMap(({ path }) => [nameOf(path), path.filter((step) => typeof step === 'string').slice(-2).join('.')]));
    expect(Object.keys(withoutPicker).filter((name) => !used.has(name))).toEqual([]);
  });

  test('no field that is none has a picker', () => {
    const others = catalogue.flatMap((entry) => fieldsOf(entry).map((path) => ({ entry, path }))).filter(({ path }) => !endsLikeId(nameOf(path)) && !alsoIds.includes(nameOf(path)));
    expect(others.filter(({ entry, path }) => pickerOf(entry, path)).map(({ entry, path }) => `${entry.operationId} ${path.join('.')}`)).toEqual(['getApplications parameters.name']);
  });

  test('every kind is asked for by some field, and what it needs first is a kind too', () => {
    const kinds = new Set(ids.map(({ entry, path }) => pickerOf(entry, path)));
    expect((Object.keys(pickerSources) as PickerKind[]).filter((kind) => !kinds.has(kind)).sort()).toEqual([]);
    for (const kind of Object.keys(pickerSources) as PickerKind[]) for (const first of missingFirst(kind, {})) expect(missingFirst(first, {})).toEqual([]);
  });
});

test.each<[operationId: Parameters<typeof operation>[0], path: FieldPath, kind: PickerKind | undefined]>([
  ['GetCustomerAccount', ['parameters', 'customerId'], 'customer'],
  ['getAllDepositSwitches', ['parameters', 'customer_id'], 'customer'],
  ['GetCustomerAccount', ['parameters', 'accountId'], 'account'],
  ['GetMicroDepositsDetails', ['parameters', 'accountId'], 'microDeposit'],
  ['VerifyMicroEntryMicrodeposit', ['body', 'accountId'], 'microDeposit'],
  ['GenerateVOAReport', ['body', 'accountIds'], 'accounts'],
  ['refreshTransactions', ['body', 'accountIds'], 'accounts'],
  ['refreshTransactions', ['body', 'accountIds', 0], 'account'],
  ['refreshTransactions', ['body', 'accountIds', ''], 'account'],
  ['GenerateVOIEPaystubWithTXVerifyReport', ['body', 'voieWithInterviewData', 'txVerifyInterview', 0, 'accounts'], 'accounts'],
  ['GenerateTransferDepositSwitchUrl', ['body', 'accounts'], undefined],
  ['GeneratePayStatementReport', ['body', 'paystatementReport', 'assetIds'], 'assets'],
  ['GeneratePayStatementReport', ['body', 'paystatementReport', 'assetIds', 1], 'asset'],
  ['DeleteTxPushSubscription', ['parameters', 'subscriptionId'], 'subscription'],
  ['getWebhookSubscriptionById', ['parameters', 'subscription_id'], 'webhookSubscription'],
  ['RevokeThirdPartyAccessKey', ['parameters', 'consentReceiptId'], 'thirdPartyAccess'],
  ['GetDataSharingConsentsByID', ['parameters', 'consent_receipt_id'], 'consent'],
  ['getBillPaySwitchDetails', ['parameters', 'switch_id'], 'billPaySwitch'],
  ['getDepositSwitchDetails', ['parameters', 'switch_id'], 'depositSwitch'],
  ['GetAllExperience', ['parameters', 'appName'], 'appName'],
  ['RegisterApp', ['body', 'appName'], undefined],
  ['GenerateConnectUrl', ['body', 'experience'], 'experience'],
  ['GenerateJointBorrowerConnectUrl', ['body', 'borrowers', 1, 'consumerId'], 'consumer'],
  ['GenerateStatementReport', ['body', 'statementReportData', 'statementIndex'], undefined],
  ['GetCustomerAccount', ['parameters', 'constructor'], undefined],
  ['GetCustomerAccount', ['body'], undefined],
  ['GenerateJointBorrowerConnectUrl', ['body', 'borrowers', 1], undefined],
])('%s %j is %s', (operationId, path, kind) => {
  expect(pickerOf(operation(operationId), path)).toBe(kind);
});

test('lists of ids take several, an item takes one', () => {
  expect(takesSeveral('accounts')).toBe(true);
  expect(takesSeveral('account')).toBe(false);
});

test('no two kinds share a name that one of them is known by', () => {
  const names = Object.values(idNames);
  expect(new Set(names).size).toBe(names.length);
});

describe('what a request knows already', () => {
  const joint = operation('GenerateJointBorrowerConnectUrl');
  const body = { partnerId: '1', borrowers: [{ type: 'primary', customerId: '71', consumerId: 'aa' }, { type: 'jointBorrower', customerId: 72, consumerId: '' }] };

  test('comes from the nearest record first', () => {
    expect(knownAround(joint, { parameters: {}, body }, ['body', 'borrowers', 1, 'consumerId'])).toEqual({ customerId: '72' });
    expect(knownAround(joint, { parameters: {}, body }, ['body', 'borrowers', 0, 'consumerId'])).toEqual({ customerId: '71', consumerId: 'aa' });
  });

  test('is known by one name however a family writes it', () => {
    expect(knownAround(operation('RevokeDataSharingConsentByInstitutionLoginID'), { parameters: { consent_receipt_id: ' c-1 ', institution_login_id: '' } }, ['parameters', 'institution_login_id']))
      .toEqual({ consent_receipt_id: 'c-1' });
    expect(knownAround(operation('getAllDepositSwitches'), { parameters: { customer_id: '71' } }, ['parameters', 'customer_id'])).toEqual({ customerId: '71' });
  });

  test('is read from parameters for a field of the body', () => {
    expect(knownAround(operation('GenerateVOAReport'), { parameters: { customerId: '71', fromDate: 5 }, body: { accountIds: '1 2' } }, ['body', 'accountIds'])).toEqual({ customerId: '71', accountIds: '1 2' });
  });

  test('what stands for no id yet is none', () => {
    expect(knownAround(operation('DeleteTxPushSubscription'), { parameters: { customerId: '', subscriptionId: 0 } }, ['parameters', 'subscriptionId'])).toEqual({});
  });

  test('an id is written as its field takes it', () => {
    expect(idFor({ kind: 'integer' }, '102105')).toBe(102105);
    expect(idFor({ kind: 'text' }, '102105')).toBe('102105');
    expect(idFor({ kind: 'integer' }, '12345678901234567890')).toBe('12345678901234567890');
    expect(idFor({ kind: 'integer' }, 'x1')).toBe('x1');
    expect(idFor({ kind: 'text' }, ['1', '2'])).toBe('1 2');
    expect(idFor({ kind: 'list' }, ['1', '2'])).toEqual(['1', '2']);
    expect(idFor(undefined, '5')).toBe('5');
  });

  test('a body that is nonsense is no reason to fail', () => {
    for (const odd of [undefined, null, 'x', [1], { borrowers: 'x' }, { borrowers: [null] }]) {
      expect(knownAround(joint, { parameters: {}, body: odd }, ['body', 'borrowers', 0, 'consumerId'])).toEqual({});
    }
  });

  test('what was learnt goes to the nearest field of its kind, and to none that the request does not have', () => {
    expect(placesOf(joint, { parameters: {}, body }, ['body', 'borrowers', 1, 'consumerId'], { customerId: '99', accountId: '5' })).toEqual([{ path: ['body', 'borrowers', 1, 'customerId'], value: '99' }]);
    expect(placesOf(operation('GetCustomerAccount'), { parameters: {} }, ['parameters', 'accountId'], { customerId: '99', institutionLoginId: '3' })).toEqual([{ path: ['parameters', 'customerId'], value: '99' }]);
    expect(placesOf(operation('GetReportByConsumer'), { parameters: { consumerId: 'old' } }, ['parameters', 'reportId'], { customerId: '99', consumerId: 'bb' })).toEqual([{ path: ['parameters', 'consumerId'], value: 'bb' }]);
    // The picked field itself is the form's to fill.
    expect(placesOf(operation('GetCustomer'), { parameters: { customerId: '' } }, ['parameters', 'customerId'], { customerId: '99' })).toEqual([]);
    // An optional filter is left alone.
    expect(placesOf(operation('getRegisteredInstitutions'), { parameters: {} }, ['parameters', 'application_id'], { institutionId: '5' })).toEqual([]);
  });
});
