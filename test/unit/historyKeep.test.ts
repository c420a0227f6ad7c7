// What of a body may be written down or shown, name by name; and bodies that are made to cost time or memory.
import { expect, test } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import document from '../../src/api/generated/openapi.json' with { type: 'json' };
import { exchangeText } from '../../src/history/exchangeDocument.ts';
import { harText } from '../../src/history/har.ts';
import type { HistoryEntry } from '../../src/history/entry.ts';
import { idName, resourceIds } from '../../src/history/ids.ts';
import { emptySecrets, keptBody, keptInput, textsOf, tooDeep, withoutSecrets } from '../../src/history/keep.ts';
import { withoutTexts } from '../../src/history/repeated.ts';
import type { Exchange } from '../../src/history/store.ts';
import { hidden } from '../../src/platform/redaction.ts';

const plain = (text: string): string => text;
const rules = { redact: plain, clean: plain };

/** Every name of a field and of a parameter that the description has. */
function names(): Set<string> {
  const found = new Set(catalogue.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) for (const name of Object.keys(node.properties)) found.add(name);
    for (const one of Object.values(node)) visit(one);
  };
  visit(document);
  return found;
}

/** Names that say "id" and are not written down: a person's or an employer's own numbers, words of the partner, what belongs to others, and what leads nowhere. */
const leftOut = [
  'governmentId', 'taxId', 'legalEntityId', 'consumerCustomId', 'partnerId', 'thirdPartyPartnerId', 'indirectPartnerId', 'payorId', 'externalId', 'external_id', 'externalAccountId', 'externalCustomerId',
  'externalTransactionId', 'requestId', 'requestRefId', 'payReqId', 'payRequestId', 'keyId', 'uDeviceId', 'cardAcceptorId', 'locationId', 'securityId', 'institutionTransactionId', 'loanAwardId',
  'employmentId', 'employmentIds', 'payrollAccountIds', 'payrollAggregatorResponseId', 'payrollDataRetrievalId', 'payrollPayHistoryId', 'lastFourReportId', 'streamIds', 'choiceIds', 'eventStreamId', 'trackingId',
];

test('each name of api/ that says "id" is one of the ids that are kept or one of those that are not', () => {
  const ids = [...names()].filter((name) => idName.test(name) && !name.startsWith('X-'));
  expect(ids.filter((name) => !resourceIds.has(name)).sort()).toEqual([...leftOut].sort());
  expect([...resourceIds].filter((name) => !ids.includes(name))).toEqual([]);
});

test.each(leftOut)('%s is written down neither as text nor as number, in a body, a list or an input', (name) => {
  expect(keptBody({ [name]: 'A1234567', inner: [{ [name]: 90012345 }], list: { [name]: ['B7654321', 12] } }, rules)).toEqual({ [name]: hidden, inner: [{ [name]: hidden }], list: { [name]: [hidden, hidden] } });
  for (const entry of catalogue.filter(({ parameters }) => parameters.some((one) => one.name === name)))
    expect(keptInput(entry, { [name]: 'A1234567' }, plain), entry.operationId).toEqual({ parameters: {}, left: [name] });
});

test('a HAR file has no number of a person or an employer, and names the customer', () => {
  const entry: HistoryEntry = { id: 'a-1', connectionId: 'c', time: 0, operationId: 'GetAccountOwnerDetails', origin: 'form', outcome: 'ok', status: 200, durationMs: 1, attempts: 1, billable: false, parameters: {}, left: [] };
  const body = { customerId: '7200000001', holders: [{ documents: [{ governmentId: '90012345' }] }], employer: { legalEntityId: '12-3456789' }, consumerCustomId: 'canary.1980' };
  const exchange: Exchange = { input: {}, target: '/x', requestHeaders: {}, answer: { status: 200, size: 1, body } };
  const text = harText([entry], { version: '1', exchange: () => exchange, baseUrl: () => 'https://x', redact: plain, hideKnown: plain });
  expect(text).toContain('7200000001');
  expect(text).not.toMatch(/90012345|12-3456789|canary/);
});

test.each([
  [['hid', 'den', 'idd'], 'Invalid value hid', `Invalid value ${hidden}`],
  [['canary', 'nary-user', 'user'], 'for canary-user, no', `for ${hidden}, no`],
  [['abc'], 'abcabc', `${hidden}${hidden}`],
  [['Dana Reyes', 'Dana'], 'Dana Reyes and Dana', `${hidden} and ${hidden}`],
  [['a.c', '(xy', '$&1'], 'abc a.c (xy) $&1', `abc ${hidden} ${hidden}) ${hidden}`],
  [['ab', ''], 'ab is too short to be looked for', 'ab is too short to be looked for'],
  [[], 'nothing', 'nothing'],
])('of what was sent (%j) "%s" keeps nothing, and what stands for it is not looked into', (sent, text, kept) => {
  expect(withoutTexts(sent, hidden)(text)).toBe(kept);
});

test('a message stays one message long, however often the sent texts stand in what hides them', () => {
  const sent = Array.from({ length: 60 }, (_, i) => (i % 2 ? 'den' : 'hid'));
  expect(keptBody({ message: 'Invalid value hid' }, { ...rules, failed: true, sent })).toEqual({ message: `Invalid value ${hidden}` });
});

test('very many texts and very long messages', () => {
  const sent = textsOf({ body: { notes: Array.from({ length: 200_000 }, (_, i) => `word${i}`).join(' ') } });
  expect(sent).toHaveLength(200_001);
  const body = { message: 'about word777', errors: [{ detail: 'x'.repeat(1_000_000) }] };
  expect(keptBody(body, { ...rules, failed: true, sent })).toEqual({ message: `about ${hidden}`, errors: [{ detail: hidden }] });
});

const nested = (levels: number, inner: string): Uint8Array => new TextEncoder().encode('['.repeat(levels) + inner + ']'.repeat(levels));
const shown = (body: unknown): string => exchangeText(
  { id: 'a-1', connectionId: 'c', time: 0, operationId: 'GetCustomer', origin: 'form', outcome: 'ok', status: 200, durationMs: 1, attempts: 1, billable: false, parameters: {}, left: [] },
  { input: {}, target: '/x', requestHeaders: {}, answer: { status: 200, size: 1, contentType: 'application/json', headers: {}, body } }, { connectionLabel: 'x', baseUrl: '', hideKnown: plain },
);

test.each([[70, '1'], [1000, `${'1,'.repeat(100_000)}1`], [500_000, '']])('an answer of %i levels is shown down to where it is nested too deep, in a document of its size', (levels, inner) => {
  const text = shown(nested(levels, inner));
  expect(text).toContain(`"${tooDeep}"`);
  expect(text.length).toBeLessThan(20_000);
});

test('fifty levels are shown whole; a million values far inside are not laid out over lines', () => {
  expect(shown(nested(50, '"here"'))).toMatch(/\n {100,}"here"\n/);
  const text = shown(nested(50, `${'1,'.repeat(1_000_000)}1`));
  expect(text.length).toBeLessThan(3_000_000);
  expect((JSON.parse(text) as { response: { body: unknown[] } }).response.body.flat(49)).toHaveLength(1_000_001);
});

test.each(['ssn', 'consumerSsn', 'applicant_ssn', 'dob', 'birthday', 'dateOfBirth', 'birthDate', 'consumerBirthYear', 'reportPin', 'pin', 'governmentId', 'taxId', 'signingKey', 'realAccountNumber'])('%s is shown in no document of an exchange, and is emptied in a request that is edited', (name) => {
  expect(withoutSecrets({ inner: [{ [name]: '1980' }] }, plain)).toEqual({ inner: [{ [name]: '(not shown)' }] });
  expect(emptySecrets({ inner: [{ [name]: '1980' }] })).toEqual({ value: { inner: [{ [name]: '' }] }, emptied: [name] });
});

test.each(['businessName', 'spinner', 'shipping', 'customerId', 'routingNumber', 'mintin', 'protein'])('%s stays', (name) => {
  expect(withoutSecrets({ [name]: '1980' }, plain)).toEqual({ [name]: '1980' });
});

test('a date of birth in parts keeps its parts to be filled again', () => {
  expect(emptySecrets({ birthday: { year: 1980, month: 7, dayOfMonth: 4 } })).toEqual({ value: { birthday: { year: null, month: null, dayOfMonth: null } }, emptied: ['birthday'] });
});
