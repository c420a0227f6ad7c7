// Contract of the family Connect, with listeners that are really called. Signatures of events are worked out here once more, from the
// rule: HMAC-SHA256 of the raw body with the partner secret, in hex. Sessions are played by the control plane's `POST connect`.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { listen } from '../support/listener.ts';
import type { Listener, Received } from '../support/listener.ts';
import { customerWith, enroll, FINBANK, link, makeConsumer, PROFILES_BANK, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Schemas = components['schemas'];

const EXPERIENCE = '3b9f0c1e-52d7-4a68-8e14-c7d90a2b6f35';
const TWO_HOURS = 7_200;
const email: Schemas['EmailOptions'] = { to: 'noor.haddad@example.com', firstName: 'Noor', signature: ['Kim Salas', 'Northfold Lending'] };
const account: Schemas['BankAccount'] = { accountNumber: '60412277', bankIdentifier: '990011226', title: 'Holiday savings', type: 'savings' };
const card: Schemas['PaymentCard'] = { title: 'Everyday card', number: '5105105105105100', expiry: '04/29', cvv: '404', brand: 'mastercard' };
const identity: Schemas['BillPaySwitchIdentity'] = { firstName: 'Noor', lastName: 'Haddad', address: '18 Quarry Lane', city: 'Tooele', state: 'UT', zipCode: '84074' };

const open: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((close) => close()))));
async function listener(): Promise<Listener> {
  const made = await listen();
  open.push(made.close);
  return made;
}
/** A listener that takes nothing. */
async function refusing(status = 500): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  }));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const partnerOf = ({ sandbox }: Bench) => ({ partnerId: sandbox.credentials.partnerId });
async function someone(bench: Bench) {
  return { ...partnerOf(bench), customerId: await enroll(bench.client) };
}
async function consumer(bench: Bench) {
  const about = await someone(bench);
  return { ...about, consumerId: await makeConsumer(bench.client, about.customerId) };
}
async function couple(bench: Bench): Promise<{ partnerId: string; borrowers: Schemas['Borrowers'] }> {
  const [one, two] = [await consumer(bench), await consumer(bench)];
  const borrower = ({ customerId, consumerId }: typeof one, type: 'primary' | 'jointBorrower') => ({ customerId, consumerId, type });
  return { partnerId: one.partnerId, borrowers: [borrower(two, 'jointBorrower'), borrower(one, 'primary')] };
}
async function signedIn(bench: Bench) {
  const about = await someone(bench);
  const [first] = await link(bench.client, about.customerId);
  return { ...about, institutionLoginId: String(first!.institutionLoginId) };
}

const parametersOf = (address: string) => Object.fromEntries(new URL(address).searchParams);
const typesOf = ({ events }: Listener) => events.map(({ body }) => (JSON.parse(body) as { eventType: string }).eventType);
const signatureOf = ({ body }: Received, { sandbox }: Bench) => createHmac('sha256', sandbox.credentials.partnerSecret).update(body).digest('hex');

/** What a link must be whatever its kind; gives its parameters. */
async function sound(address: string | undefined, bench: Bench): Promise<Record<string, string>> {
  const parameters = parametersOf(address ?? '');
  const { now } = await bench.sandbox.control.health();
  expect(address).toMatch(/^https:\/\/connect2\.finicity\.com\?/);
  expect(parameters).toMatchObject({ ...partnerOf(bench), signature: expect.stringMatching(/^[\da-f]{64}$/) });
  expect(Math.abs(Number(parameters.timestamp) - now * 1000)).toBeLessThan(10_000);
  expect(Number(parameters.ttl) - Number(parameters.timestamp)).toBe(TWO_HOURS * 1000);
  expect(Object.keys(parameters)).toEqual(Object.keys(parameters).sort());
  return parameters;
}

async function play({ sandbox }: Bench, script: Record<string, unknown>): Promise<{ status: number; error?: string; events?: { eventType: string; payload: Record<string, unknown> }[] }> {
  const response = await fetch(`${sandbox.url}/__sandbox/connect`, { method: 'POST', body: JSON.stringify(script) });
  return { status: response.status, ...((await response.json()) as object) };
}
const codesOf = async (client: Client, customerId: string, institutionLoginId: string) =>
  (await client.call('GetCustomerAccounts', { customerId })).accounts.filter((one) => String(one.institutionLoginId) === institutionLoginId).map((one) => one.aggregationStatusCode);

describe('Links to Connect', () => {
  good('GenerateConnectUrl', 'makes a signed link for two hours', async (bench) => {
    const about = await consumer(bench);
    const { link: address } = await bench.client.call('GenerateConnectUrl', { body: { ...about, language: 'es', experience: EXPERIENCE, redirectUri: 'https://northfold.example.com/linked' } });
    const parameters = await sound(address, bench);
    expect(parameters).toMatchObject({ ...about, origin: 'url', language: 'es', experience: EXPERIENCE, redirectUri: 'https://northfold.example.com/linked' });
    expect(parameters).not.toHaveProperty('type');
    const { signature: _own, ...rest } = parameters;
    const unsigned = new URLSearchParams(rest).toString();
    expect(parameters.signature).toBe(createHmac('sha256', bench.sandbox.credentials.partnerSecret).update(unsigned).digest('hex'));
  });
  good('GenerateConnectUrl', 'never makes the same link twice, and keeps an SSN out of it', async (bench) => {
    const body = { ...(await someone(bench)), optionalConsumerInfo: { ssn: '999042711', dob: 595_900_800 } };
    const [one, two] = [await bench.client.call('GenerateConnectUrl', { body }), await bench.client.call('GenerateConnectUrl', { body })];
    expect(one.link).not.toBe(two.link);
    expect(one.link).not.toContain('999042711');
  });
  good('GenerateConnectUrl', 'pings the listener first, signed, with the partner\'s own headers', async (bench) => {
    const hook = await listener();
    const body = { ...(await someone(bench)), webhook: hook.url, webhookData: { loanNumber: 'LN-20418' }, webhookHeaders: { 'x-northfold-branch': '0417' } };
    const { link: address } = await bench.client.call('GenerateConnectUrl', { body });
    expect(hook.events).toHaveLength(1);
    const [ping] = hook.events as [Received];
    expect(ping.body).toBe('{"eventType":"ping","payload":{}}');
    expect(ping.headers).toMatchObject({ 'content-type': 'application/json', 'x-northfold-branch': '0417', 'x-finicity-signature': signatureOf(ping, bench) });
    expect(parametersOf(address).webhook).toBe(hook.url);
  });
  good('GenerateConnectUrl', 'pings in XML when told so', async (bench) => {
    const hook = await listener();
    await bench.client.call('GenerateConnectUrl', { body: { ...(await someone(bench)), webhook: hook.url, webhookContentType: 'application/xml' } });
    const [ping] = hook.events as [Received];
    expect(ping.headers['content-type']).toBe('application/xml');
    expect(ping.body).toContain('<eventType>ping</eventType>');
    expect(ping.headers['x-finicity-signature']).toBe(signatureOf(ping, bench));
  });
  wrong('GenerateConnectUrl', 'a listener that does not take the ping', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), webhook: await refusing() } }));
  wrong('GenerateConnectUrl', 'a listener that nobody runs', { status: 400, code: 10010 }, async (bench) => {
    const gone = await listen();
    await gone.close();
    return bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), webhook: gone.url } });
  });
  wrong('GenerateConnectUrl', 'plain http to another machine', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), webhook: 'http://listener.example.com/hook' } }));
  wrong('GenerateConnectUrl', 'a header that would break the event', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), webhook: (await listener()).url, webhookHeaders: { 'content-length': '1' } } }));
  wrong('GenerateConnectUrl', 'another partner, as Connect words it', { status: 400, code: 10010 }, async (bench) => {
    const answer = await bench.raw('GenerateConnectUrl', { body: { ...(await someone(bench)), partnerId: '1234' } });
    expect(answer.json).toMatchObject({ code: '10010', status: '400', message: 'Invalid "partnerId" in request body', user_message: expect.any(String), tags: '' });
    return answer;
  });
  wrong('GenerateConnectUrl', 'an unknown customer, as Connect words it', { status: 400, code: 10010 }, async (bench) => {
    const answer = await bench.raw('GenerateConnectUrl', { body: { ...partnerOf(bench), customerId: UNKNOWN_CUSTOMER } });
    expect(answer.json).toMatchObject({ code: '10010', message: `Request failed with status code 404 GET /aggregation/v1/customers/${UNKNOWN_CUSTOMER}` });
    return answer;
  });
  wrong('GenerateConnectUrl', 'somebody else\'s consumer', { status: 400, code: 10010 }, async (bench) => {
    const { consumerId } = await consumer(bench);
    return bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), consumerId } });
  });
  wrong('GenerateConnectUrl', 'an experience that is no UUID', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), experience: 'springtime' } }));
  wrong('GenerateConnectUrl', 'six custom fields', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), reportCustomFields: Array.from({ length: 6 }, () => ({ label: 'a', value: 'b' })) } }));
  wrong('GenerateConnectUrl', 'a web view without a way back', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateConnectUrl', { body: { ...(await someone(bench)), isWebView: true } }));
  wrong('GenerateConnectUrl', 'no customerId', { status: 400, code: 10005 }, (bench) => bench.raw('GenerateConnectUrl', { body: partnerOf(bench) }));
  wrong('GenerateConnectUrl', 'a number for a customerId', { status: 400, code: 10010 }, (bench) => bench.raw('GenerateConnectUrl', { body: { ...partnerOf(bench), customerId: 7 } }));
  wrong('GenerateConnectUrl', 'no token', { status: 401, code: 10024 }, async (bench) => {
    const answer = await bench.raw('GenerateConnectUrl', { body: await someone(bench), headers: { 'finicity-app-token': undefined } });
    expect(answer.json).toMatchObject({ code: '10024', status: '401' });
    return answer;
  });

  good('GenerateLiteConnectUrl', 'names the institution', async (bench) => {
    const about = { ...(await someone(bench)), institutionId: PROFILES_BANK };
    const { link: address } = await bench.client.call('GenerateLiteConnectUrl', { body: { ...about, singleUseUrl: true } });
    expect(await sound(address, bench)).toMatchObject({ type: 'lite', customerId: about.customerId, institutionId: String(PROFILES_BANK), singleUseUrl: 'true' });
  });
  wrong('GenerateLiteConnectUrl', 'an unknown institution', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateLiteConnectUrl', { body: { ...(await someone(bench)), institutionId: 1 } }));
  wrong('GenerateLiteConnectUrl', 'no institution', { status: 400, code: 10005 }, async (bench) => bench.raw('GenerateLiteConnectUrl', { body: await someone(bench) }));

  good('GenerateFixConnectUrl', 'names the sign-in', async (bench) => {
    const about = await signedIn(bench);
    const { link: address } = await bench.client.call('GenerateFixConnectUrl', { body: about });
    expect(await sound(address, bench)).toMatchObject({ type: 'fix', ...about });
  });
  wrong('GenerateFixConnectUrl', 'a sign-in of somebody else', { status: 404, code: 38007 }, async (bench) => {
    const { institutionLoginId } = await signedIn(bench);
    const answer = await bench.raw('GenerateFixConnectUrl', { body: { ...(await someone(bench)), institutionLoginId } });
    expect(answer.json).toMatchObject({ code: '38007', status: '404', title: 'Connecting accounts error', level: 'error' });
    return answer;
  });

  good('GenerateJointBorrowerConnectUrl', 'is the primary borrower\'s', async (bench) => {
    const body = await couple(bench);
    const { link: address } = await bench.client.call('GenerateJointBorrowerConnectUrl', { body });
    const { customerId, consumerId } = body.borrowers[1]!;
    expect(await sound(address, bench)).toMatchObject({ customerId, consumerId, origin: 'url' });
  });
  wrong('GenerateJointBorrowerConnectUrl', 'two primary borrowers', { status: 400, code: 10010 }, async (bench) => {
    const { partnerId, borrowers } = await couple(bench);
    return bench.client.send('GenerateJointBorrowerConnectUrl', { body: { partnerId, borrowers: borrowers.map((one) => ({ ...one, type: 'primary' })) } });
  });
  wrong('GenerateJointBorrowerConnectUrl', 'a borrower without a consumer', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateJointBorrowerConnectUrl', { body: { ...partnerOf(bench), borrowers: [{ customerId: UNKNOWN_CUSTOMER, type: 'primary' }] } }));

  good('VerifyMicroEntryMicrodeposit', 'names the account of the deposits', async (bench) => {
    const about = await someone(bench);
    const receiver = { routingNumber: '990011226', accountNumber: '60412277', accountType: 'personalChecking' as const, name: 'Noor Haddad' };
    const accountId = String((await bench.client.call('InitiateMicroAmountDeposits', { customerId: about.customerId, body: { receiver } })).accountId);
    const { link: address } = await bench.client.call('VerifyMicroEntryMicrodeposit', { body: { ...about, accountId } });
    expect(await sound(address, bench)).toMatchObject({ customerId: about.customerId, accountId });
    expect((await play(bench, { link: address, amounts: [0.02, 0.01] })).events?.map(({ eventType }) => eventType)).toEqual(['started', 'done']);
    expect(await bench.client.call('GetMicroDepositsDetails', { customerId: about.customerId, accountId })).toMatchObject({ status: 'Verified' });
  });
  wrong('VerifyMicroEntryMicrodeposit', 'an account without deposits', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('VerifyMicroEntryMicrodeposit', { body: { ...(await someone(bench)), accountId: UNKNOWN_ACCOUNT } }));
});

describe('Mailing links', () => {
  good('SendConnectEmail', 'answers the link of the mail and how it looks', async (bench) => {
    const about = await consumer(bench);
    const sent = await bench.client.call('SendConnectEmail', { body: { ...about, email } });
    expect(await sound(sent.link, bench)).toMatchObject({ ...about, origin: 'email' });
    expect(sent.emailConfig).toMatchObject({ ...email, subject: expect.stringMatching(/.+/) });
    const { mails } = (await (await fetch(`${bench.sandbox.url}/__sandbox/mails`)).json()) as { mails: object[] };
    expect(mails).toEqual([expect.objectContaining({ link: sent.link, email: sent.emailConfig, customerId: about.customerId })]);
  });
  wrong('SendConnectEmail', 'no address', { status: 400, code: 10005 }, async (bench) => bench.raw('SendConnectEmail', { body: { ...(await consumer(bench)), email: { firstName: 'Noor' } } }));
  wrong('SendConnectEmail', 'what is no address', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('SendConnectEmail', { body: { ...(await consumer(bench)), email: { to: 'noor' } } }));
  wrong('SendConnectEmail', 'no consumer', { status: 400, code: 10005 }, async (bench) => bench.raw('SendConnectEmail', { body: { ...(await someone(bench)), email } }));

  good('SendJointBorrowerConnectEmail', 'mails both borrowers\' link', async (bench) => {
    const sent = await bench.client.call('SendJointBorrowerConnectEmail', { body: { ...(await couple(bench)), email: { ...email, subject: 'Your loan' }, experience: 'default' } });
    expect(await sound(sent.link, bench)).toMatchObject({ origin: 'email', experience: 'default' });
    expect(sent.emailConfig.subject).toBe('Your loan');
  });
  wrong('SendJointBorrowerConnectEmail', 'no experience', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('SendJointBorrowerConnectEmail', { body: { ...(await couple(bench)), email } }));
});

describe('Links to Connect Transfer', () => {
  good('GenerateTransferDepositSwitchUrl', 'starts a switch that the Transfer family lists', async (bench) => {
    const about = await someone(bench);
    const external = { id: 'branch-0999', context: 'SMS' as const };
    const { link: address } = await bench.client.call('GenerateTransferDepositSwitchUrl', { body: { ...about, accounts: [account], external } });
    expect(await sound(address, bench)).toMatchObject({ type: 'transferDepositSwitch', customerId: about.customerId });
    expect(address).not.toContain(account.accountNumber);
    const { switches } = await bench.client.call('getAllDepositSwitches', { customer_id: about.customerId });
    expect(switches).toMatchObject([{ status: 'processing' }]);
    expect((await bench.client.call('getAllExternalDepositSwitches', { external_id: external.id })).switches).toEqual(switches);
    await bench.sandbox.control.clock({ advance: 600 });
    const done = await bench.client.call('getDepositSwitchDetails', { customer_id: about.customerId, switch_id: switches![0]!.id });
    expect(done).toMatchObject({ switchStatus: 'completed', distributions: [{ type: 'total', bankIdentifier: account.bankIdentifier, accountNumberEndsWith: '2277' }] });
  });
  wrong('GenerateTransferDepositSwitchUrl', 'no account', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateTransferDepositSwitchUrl', { body: { ...(await someone(bench)), accounts: [] } }));
  wrong('GenerateTransferDepositSwitchUrl', 'a routing number of eight digits', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateTransferDepositSwitchUrl', { body: { ...(await someone(bench)), accounts: [{ ...account, bankIdentifier: '99001122' }] } }));
  wrong('GenerateTransferDepositSwitchUrl', 'an unknown customer', { status: 400, code: 10010 }, (bench) =>
    bench.client.send('GenerateTransferDepositSwitchUrl', { body: { ...partnerOf(bench), customerId: UNKNOWN_CUSTOMER, accounts: [account] } }));

  good('GenerateTransferBillPaySwitchUrl', 'starts a switch, and repeats nothing of the card', async (bench) => {
    const about = await someone(bench);
    const { link: address } = await bench.client.call('GenerateTransferBillPaySwitchUrl', { body: { ...about, cards: [card], identity, singleUseUrl: true } });
    expect(await sound(address, bench)).toMatchObject({ type: 'transferBillPaySwitch', singleUseUrl: 'true' });
    expect(address).not.toContain(card.number);
    const { switches } = await bench.client.call('getAllPaySwitches', { customer_id: about.customerId });
    await bench.sandbox.control.clock({ advance: 600 });
    const done = await bench.client.call('getBillPaySwitchDetails', { customer_id: about.customerId, switch_id: switches![0]!.id });
    expect(done).toMatchObject({ switchStatus: 'completed', paymentMethods: [{ type: 'card', title: card.title, endsWith: '5100' }] });
  });
  wrong('GenerateTransferBillPaySwitchUrl', 'no identity', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateTransferBillPaySwitchUrl', { body: { ...(await someone(bench)), cards: [card], singleUseUrl: true } }));
  wrong('GenerateTransferBillPaySwitchUrl', 'an expiry that is no month', { status: 400, code: 10010 }, async (bench) =>
    bench.client.send('GenerateTransferBillPaySwitchUrl', { body: { ...(await someone(bench)), cards: [{ ...card, expiry: '13/29' }], identity, singleUseUrl: true } }));
});

describe('Sessions on a link', () => {
  good('GenerateConnectUrl', 'link accounts, and tell the listener in order', async (bench) => {
    const hook = await listener();
    const about = await consumer(bench);
    const { link: address } = await bench.client.call('GenerateConnectUrl', { body: { ...about, webhook: hook.url, webhookData: { loanNumber: 'LN-20418' } } });
    expect((await play(bench, { link: address, institutionId: PROFILES_BANK, userId: 'anyone', password: 'profile_03' })).status).toBe(200);
    expect(typesOf(hook)).toEqual(['ping', 'started', 'adding', 'discovered', 'added', 'done']);
    const told = hook.events.slice(1).map(({ body }) => JSON.parse(body) as { eventId: string; payload: { accounts?: { id: string }[] } });
    for (const one of told) expect(one).toMatchObject({ customerId: about.customerId, consumerId: about.consumerId, webhookData: { loanNumber: 'LN-20418' }, eventId: expect.stringMatching(/^\d{13}-[\da-f]{24}$/) });
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
    for (const received of hook.events) expect(received.headers['x-finicity-signature']).toBe(signatureOf(received, bench));
    const linked = (await bench.client.call('GetCustomerAccounts', { customerId: about.customerId })).accounts.map(({ id }) => id);
    expect(linked.length).toBeGreaterThan(0);
    expect(told[3]!.payload.accounts!.map(({ id }) => id)).toEqual(linked);
  });
  good('GenerateLiteConnectUrl', 'answer the institution\'s questions, and end in why it failed', async (bench) => {
    const about = { ...(await someone(bench)), institutionId: FINBANK };
    const last = async (script: Record<string, unknown>) => {
      const { link: address } = await bench.client.call('GenerateLiteConnectUrl', { body: about });
      return (await play(bench, { link: address, ...script })).events!.at(-1)!;
    };
    expect(await last({ userId: 'invalid_user' })).toMatchObject({ eventType: 'invalidCredentials', payload: { institutionId: String(FINBANK) } });
    expect(await last({ password: '127' })).toMatchObject({ eventType: 'unableToConnect', payload: { code: 127 } });
    expect(await last({ userId: 'tfa_choice', answer: 'fail' })).toMatchObject({ eventType: 'unableToConnect', payload: { code: 187 } });
    expect((await bench.client.call('GetCustomerAccounts', { customerId: about.customerId })).accounts).toEqual([]);
    expect(await last({ userId: 'tfa_text' })).toMatchObject({ eventType: 'done' });
  });
  good('GenerateConnectUrl', 'cannot be had on a link that is over, used up or not whole', async (bench) => {
    const about = await someone(bench);
    const fresh = async (singleUseUrl?: boolean) => (await bench.client.call('GenerateConnectUrl', { body: { ...about, singleUseUrl } })).link;
    const [once, often] = [await fresh(true), await fresh()];
    for (const address of [once, often]) expect((await play(bench, { link: address })).status).toBe(200);
    expect((await play(bench, { link: once })).error).toContain('over');
    expect((await play(bench, { link: often })).status).toBe(200);
    expect((await play(bench, { link: often.replace(/customerId=\d/, 'customerId=9') })).error).toContain('no link');
    await bench.sandbox.control.clock({ advance: TWO_HOURS });
    expect((await play(bench, { link: often })).status).toBe(400);
  });
  good('GenerateConnectUrl', 'cannot be had once the link\'s token has ended', async (bench) => {
    const about = await someone(bench);
    await bench.sandbox.control.clock({ advance: 3_600 });
    const { link: address } = await bench.client.call('GenerateConnectUrl', { body: about });
    await bench.sandbox.control.clock({ advance: 3_700 });
    expect((await play(bench, { link: address })).error).toContain('Expired');
  });
  good('GenerateConnectUrl', 'say what the person could not find or use', async (bench) => {
    const about = await someone(bench);
    const { link: address } = await bench.client.call('GenerateConnectUrl', { body: about });
    const said = async (script: Record<string, unknown>) => (await play(bench, { link: address, ...script })).events!.map(({ eventType }) => eventType);
    expect(await said({ institutionId: 1 })).toEqual(['started', 'institutionNotFound']);
    const real = (await bench.client.call('GetInstitutions', { search: 'Savings' })).institutions.find(({ name }) => !/^Fin/.test(name ?? ''))!;
    expect(await said({ institutionId: Number(real.id) })).toEqual(['started', 'institutionNotSupported']);
    expect(await said({ leaves: true })).toEqual(['started']);
    expect((await play(bench, { link: address, pasword: 'go' })).error).toContain('pasword');
  });
  good('GenerateFixConnectUrl', 'repair a sign-in with a wrong password', async (bench) => {
    const broken = (code: number | undefined) => code === 103;
    const { customer, accounts } = await customerWith(bench.client, (all) => all.some((one) => broken(one.aggregationStatusCode ?? undefined)));
    const institutionLoginId = String(accounts.find((one) => one.aggregationStatusCode === 103)!.institutionLoginId);
    const { link: address } = await bench.client.call('GenerateFixConnectUrl', { body: { ...partnerOf(bench), customerId: customer.id, institutionLoginId } });
    expect((await play(bench, { link: address, userId: 'invalid_user' })).events!.at(-1)!.eventType).toBe('invalidCredentials');
    expect(await codesOf(bench.client, customer.id, institutionLoginId)).toContain(103);
    expect((await play(bench, { link: address })).events!.map(({ eventType }) => eventType)).toEqual(['started', 'credentialsUpdated', 'done']);
    expect(new Set(await codesOf(bench.client, customer.id, institutionLoginId))).toEqual(new Set([0]));
  }, { customers: 200 });
});

describe('Experiences', () => {
  const appName = 'Northfold Lending';
  good('GetAllExperience', 'lists an application\'s, all or by product', async ({ client }) => {
    const all = await client.call('GetAllExperience', { appName });
    expect(all.length).toBeGreaterThan(1);
    expect(all.every((one) => one.appName === appName)).toBe(true);
    const code = all.at(-1)!.productCode![0]!;
    const some = await client.call('GetAllExperience', { appName, productCode: [code] });
    expect(some.length).toBeLessThan(all.length);
    expect(some).toEqual(all.filter((one) => one.productCode!.includes(code)));
    expect(await client.call('GetAllExperience', { appName, productCode: ['NONE'] })).toEqual([]);
  });
  wrong('GetAllExperience', 'an application that nobody registered', { status: 404, code: 4004 }, ({ client }) => client.send('GetAllExperience', { appName: 'Nobody' }));
  wrong('GetAllExperience', 'no name', { status: 400, code: 10005 }, ({ raw }) => raw('GetAllExperience'));

  good('CreateConnectExperience', 'copies one, with which links can be made', async (bench) => {
    const source = (await bench.client.call('GetAllExperience', { appName }))[0]!;
    const { experienceId } = await bench.client.call('CreateConnectExperience', { experience_id: source.id!, body: { indirectPartnerId: 2_400_000_000_029 } });
    expect(experienceId).not.toBe(source.id);
    expect(await bench.client.call('GetAllExperience', { appName })).toContainEqual({ ...source, id: experienceId });
    await bench.client.call('GenerateConnectUrl', { body: { ...(await someone(bench)), experience: experienceId } });
  });
  wrong('CreateConnectExperience', 'what is no UUID', { status: 400, code: 1003 }, ({ client }) =>
    client.send('CreateConnectExperience', { experience_id: 'springtime', body: { indirectPartnerId: 1 } }));
  wrong('CreateConnectExperience', 'an unknown experience', { status: 400, code: 1000 }, ({ client }) =>
    client.send('CreateConnectExperience', { experience_id: EXPERIENCE, body: { indirectPartnerId: 1 } }));
  wrong('CreateConnectExperience', 'no indirect partner', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const source = (await client.call('GetAllExperience', { appName }))[0]!;
    return raw('CreateConnectExperience', { parameters: { experience_id: source.id! }, body: {} });
  });
});
