// Contract of the family Connect Components. Its errors are wrapped and all text; the raw calls look at the wrapping.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Account } from '../support/people.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { customerWith, enroll, FINBANK, link, PROFILES_BANK, UNKNOWN_CUSTOMER } from '../support/people.ts';

const OAUTH = 'post-institutions-institutionId-oauth-urls';
const FORM = 'post-institutions-institutionId-login-forms';
const OAUTH_BANK = 102176;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const NOBODYS = '71d2f0a4-3c5e-4b19-9a86-5e0c7d18b2f4';
const MANY = { customers: 200 };

const serviceAgreement: components['schemas']['ServiceAgreement'] = { language: 'en', acceptedDate: '2026-03-02T09:15:00Z' };
const redirectURI = 'https://northfold.example.com/signed-in';
const oauthOf = (customerId: string) => ({ customerId, serviceAgreement, redirectURI });
const formOf = (customerId: string) => ({ customerId, serviceAgreement, language: 'en' as const });

/** A seeded sign-in with an account at a status. */
async function signInAt({ client }: Bench, fits: (code: number | null | undefined) => boolean) {
  const { customer, accounts } = await customerWith(client, (all: Account[]) => all.some((one) => fits(one.aggregationStatusCode)));
  const found = accounts.find((one) => fits(one.aggregationStatusCode)) as Account;
  return { customer_id: customer.id, institution_login_id: Number(found.institutionLoginId) };
}

describe('Starting a sign-in', () => {
  good('post-institutions-institutionId-oauth-urls', 'answers the institution\'s address and a stream to follow', async ({ client }) => {
    const customerId = await enroll(client);
    const started = await client.call(OAUTH, { institution_id: OAUTH_BANK, body: oauthOf(customerId) });
    const again = await client.call(OAUTH, { institution_id: OAUTH_BANK, body: oauthOf(customerId) });
    expect(started).toMatchObject({ id: expect.stringMatching(UUID), eventStreamId: expect.stringMatching(UUID), url: expect.stringMatching(/^https:\/\//) });
    expect(started.url).toContain(started.id);
    expect(again.id).not.toBe(started.id);
  });
  good('post-institutions-institutionId-oauth-urls', 'goes to the OAuth twin of an institution', async ({ client }) => {
    const customerId = await enroll(client);
    const [old, twin] = [await client.call(OAUTH, { institution_id: FINBANK, body: oauthOf(customerId) }), await client.call(OAUTH, { institution_id: OAUTH_BANK, body: oauthOf(customerId) })];
    expect(new URL(old.url).origin).toBe(new URL(twin.url).origin);
  });
  wrong('post-institutions-institutionId-oauth-urls', 'an institution without OAuth', { status: 400, code: 10010 }, async ({ client }) =>
    client.send(OAUTH, { institution_id: PROFILES_BANK, body: oauthOf(await enroll(client)) }));
  wrong('post-institutions-institutionId-oauth-urls', 'an unknown institution', { status: 404, code: 4041 }, async ({ client }) =>
    client.send(OAUTH, { institution_id: 1, body: oauthOf(await enroll(client)) }));
  wrong('post-institutions-institutionId-oauth-urls', 'an unknown customer', { status: 400, code: 10010 }, ({ client }) =>
    client.send(OAUTH, { institution_id: OAUTH_BANK, body: oauthOf(UNKNOWN_CUSTOMER) }));
  wrong('post-institutions-institutionId-oauth-urls', 'no agreement', { status: 400, code: 10010 }, async ({ client }) => {
    const { serviceAgreement: _left, ...body } = oauthOf(await enroll(client));
    return client.send(OAUTH, { institution_id: OAUTH_BANK, body });
  });

  good('post-institutions-institutionId-login-forms', 'answers the fields in their order, in the person\'s language', async ({ client }) => {
    const customerId = await enroll(client);
    const form = await client.call(FORM, { institution_id: PROFILES_BANK, body: formOf(customerId) });
    expect(form.elements.map(({ sortOrder }) => sortOrder)).toEqual([0, 1]);
    expect(new Set([form.id, form.eventStreamId, ...form.elements.map(({ id }) => id)]).size).toBe(4);
    const french = await client.call(FORM, { institution_id: PROFILES_BANK, body: { ...formOf(customerId), language: 'fr-ca' } });
    expect(french.elements.map(({ label }) => label)).not.toEqual(form.elements.map(({ label }) => label));
  });
  good('post-institutions-institutionId-login-forms', 'takes a saved configuration', async ({ client }) => {
    const { id: configurationId } = await client.call('post-configurations', { body: { filterAccounts: ['Checking'] } });
    await client.call(FORM, { institution_id: PROFILES_BANK, body: { ...formOf(await enroll(client)), configurationId } });
  });
  wrong('post-institutions-institutionId-login-forms', 'an unknown configuration', { status: 400, code: 10010 }, async ({ client }) =>
    client.send(FORM, { institution_id: PROFILES_BANK, body: { ...formOf(await enroll(client)), configurationId: NOBODYS } }));
  wrong('post-institutions-institutionId-login-forms', 'an OAuth institution', { status: 400, code: 10010 }, async ({ client }) =>
    client.send(FORM, { institution_id: OAUTH_BANK, body: formOf(await enroll(client)) }));
  wrong('post-institutions-institutionId-login-forms', 'a language that nobody wrote', { status: 400, code: 10010 }, async ({ client }) =>
    client.send(FORM, { institution_id: PROFILES_BANK, body: { ...formOf(await enroll(client)), language: 'de' } }));
  wrong('post-institutions-institutionId-login-forms', 'an institution that is no test bank, for a testing customer', { status: 400, code: 10010 }, async ({ client }) => {
    const { institutions } = await client.call('GetInstitutions', { search: 'Savings' });
    const real = institutions.find(({ name, oauthEnabled }) => !/^Fin/.test(name ?? '') && !oauthEnabled)!;
    return client.send(FORM, { institution_id: Number(real.id), body: formOf(await enroll(client)) });
  });
  wrong('post-institutions-institutionId-login-forms', 'no token, in the wrapped shape', { status: 401 }, async ({ client, raw }) => {
    const answer = await raw(FORM, { parameters: { institution_id: PROFILES_BANK }, body: formOf(await enroll(client)), headers: { 'finicity-app-token': undefined } });
    expect(answer.json).toMatchObject({ Errors: { Error: [{ ReasonCode: '10024', Recoverable: false, Source: expect.any(String), Details: expect.any(String) }] } });
    return answer;
  });
});

describe('Repairing a sign-in', () => {
  good('post-reconnections', 'answers a form when the password is wrong', async (bench) => {
    const at = await signInAt(bench, (code) => code === 103);
    const { status, body } = await bench.client.send('post-reconnections', { ...at, body: {} });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: expect.stringMatching(UUID), eventStreamId: expect.stringMatching(UUID), elements: expect.any(Array) });
  }, MANY);
  good('post-reconnections', 'asks the institution\'s question when only that is open', async (bench) => {
    const at = await signInAt(bench, (code) => code === 185 || code === 187);
    const { status, body } = await bench.client.send('post-reconnections', { ...at, body: {} });
    expect(status).toBe(203);
    expect((await bench.raw('post-reconnections', { parameters: at, body: null })).status).toBe(203);
    const [{ mfaChallenges: [question] }] = body as [{ mfaChallenges: [{ mfaType: string; choiceIds: string[]; prompt: string }] }];
    expect(question.prompt).not.toBe('');
    expect(question.choiceIds.length > 0).toBe(/TFA_(CHOICE|MULTI)/.test(question.mfaType));
  }, MANY);
  wrong('post-reconnections', 'somebody else\'s sign-in', { status: 400, code: 10010 }, async (bench) => {
    const [first] = await link(bench.client, await enroll(bench.client));
    return bench.client.send('post-reconnections', { customer_id: await enroll(bench.client), institution_login_id: first!.institutionLoginId, body: {} });
  });
  wrong('post-reconnections', 'an unknown customer, for whom no 404 is declared', { status: 400, code: 10010 }, ({ client }) =>
    client.send('post-reconnections', { customer_id: UNKNOWN_CUSTOMER, institution_login_id: 1, body: {} }));
});

describe('Configurations', () => {
  good('post-configurations', 'saves one, with its default', async ({ client }) => {
    const saved = await client.call('post-configurations', { body: { accountClassificationType: ['personal'] } });
    expect(saved).toMatchObject({ id: expect.stringMatching(UUID), accountClassificationType: ['personal'], aoRequired: false });
  });
  wrong('post-configurations', 'a class of accounts that does not exist', { status: 400, code: 10010 }, ({ client }) =>
    client.send('post-configurations', { body: { accountClassificationType: ['private'] } }));
  wrong('post-configurations', 'a word for a truth', { status: 400, code: 10010 }, ({ client }) => client.send('post-configurations', { body: { aoRequired: 'yes' } }));

  good('get-configurations', 'lists what was saved', async ({ client }) => {
    expect(await client.call('get-configurations', {})).toEqual([]);
    const one = await client.call('post-configurations', { body: { aoRequired: true } });
    const two = await client.call('post-configurations', { body: {} });
    expect(await client.call('get-configurations', {})).toEqual([one, two]);
  });
  good('get-configurations-configurationId', 'reads one', async ({ client }) => {
    const saved = await client.call('post-configurations', { body: { filterAccounts: ['Checking', 'Savings'], aoRequired: true } });
    expect(await client.call('get-configurations-configurationId', { configuration_id: saved.id! })).toEqual(saved);
  });
  wrong('get-configurations-configurationId', 'an unknown one', { status: 404, code: 4041 }, ({ client }) => client.send('get-configurations-configurationId', { configuration_id: NOBODYS }));
  wrong('get-configurations-configurationId', 'what is no id', { status: 404, code: 4041 }, ({ client }) => client.send('get-configurations-configurationId', { configuration_id: 'mine' }));

  good('delete-configurations-configurationId', 'is gone afterwards, the others are not', async ({ client }) => {
    const [one, two] = [await client.call('post-configurations', { body: {} }), await client.call('post-configurations', { body: {} })];
    await client.call('delete-configurations-configurationId', { configuration_id: one.id! });
    expect(await client.call('get-configurations', {})).toEqual([two]);
  });
  wrong('delete-configurations-configurationId', 'a second time', { status: 404, code: 4041 }, async ({ client }) => {
    const { id } = await client.call('post-configurations', { body: {} });
    await client.call('delete-configurations-configurationId', { configuration_id: id! });
    return client.send('delete-configurations-configurationId', { configuration_id: id! });
  });
});
