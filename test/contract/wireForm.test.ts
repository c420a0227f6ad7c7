// The wire form that all families share, on whole answers: XML where the caller did not ask for JSON, XML bodies, what is not acceptable, and
// explicit nulls, which neither the client nor the tree may stumble over. The parts are tested in unit/sandboxWire.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import type { OperationEntry } from '../../src/api/catalogue.ts';
import apiDocument from '../../src/api/generated/openapi.json' with { type: 'json' };
import { createClient } from '../../src/client/client.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { createWireSchemas } from '../../src/sandbox/wireSchemas.ts';
import { bodyOf } from '../../src/sandbox/xmlBody.ts';
import { readXml } from '../../src/sandbox/xmlRead.ts';
import { createSource, isBranch } from '../../src/tree/children.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { FilterBook } from '../../src/tree/filters.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import { TreeStore } from '../../src/tree/store.ts';
import { GrantBook } from '../../src/tree/grants.ts';
import { MicroDepositBook } from '../../src/tree/microDeposits.ts';
import { SubscriptionBook } from '../../src/tree/subscriptions.ts';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

const NOW = 1_790_000_000;
const schemas = createWireSchemas(apiDocument);
const XML = 'application/xml; charset=utf-8';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
let customerId: string;
let account: Record<string, unknown>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 40, now: NOW });
  call = caller(sandbox);
  customerId = ((await call('GET', '/aggregation/v1/customers?username=dana-reyes-1')).json.customers as { id: string }[])[0]?.id as string;
  account = ((await call('GET', `/aggregation/v1/customers/${customerId}/accounts`)).json.accounts as Record<string, unknown>[])[0] as Record<string, unknown>;
});
afterAll(() => sandbox.stop());

const rules = async (given: object) => {
  const response = await fetch(`${sandbox.url}/__sandbox/rules`, { method: 'POST', body: JSON.stringify(given) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};
afterEach(async () => void (await rules({ explicitNulls: 'answered' })));

/** JSON without what XML cannot say: nulls, and whether `periodInterestRate`, which may be both, is a number or a text. */
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, name === 'periodInterestRate' ? String(inner) : bare(inner)]])));
};

describe('the wire form: XML answers', () => {
  /** Every reading operation of the aggregation families, at the first customer's first account. */
  const target = ({ path, parameters }: OperationEntry) => {
    const values: Record<string, unknown> = { ...account, customerId, accountId: account.id, fromDate: NOW - 90 * 86_400, toDate: NOW, limit: 5, index: '1,2' };
    const query = parameters.filter((one) => one.in === 'query' && values[one.name] !== undefined && one.name !== 'type' && one.name !== 'status').map(({ name }) => `${name}=${String(values[name])}`);
    return `${path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? 'none'))}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  };
  const reading = catalogue.filter((one) => one.method === 'GET' && one.path.startsWith('/aggregation/') && one.responses['200']?.includes('application/json'));

  test.each(reading.map((one) => one.operationId))('%s says in XML what it says in JSON, in the types of its schema', async (operationId) => {
    const entry = operation(operationId);
    const [json, xml] = [await call('GET', target(entry)), await call('GET', target(entry), undefined, { Accept: '*/*' })];
    expect([xml.status, xml.type]).toEqual([json.status, XML]);
    if (json.status !== 200) expect(xml.text, 'an error in XML has the code of the one in JSON').toContain(`<error><code>${String(json.json.code)}</code>`);
    else expect(bodyOf(readXml(xml.text), schemas.response(entry, 200), schemas)).toEqual(bare(json.json));
  });

  test('most of them answer at all, so the comparison means something', async () => {
    const statuses = await Promise.all(reading.map(async (one) => (await call('GET', target(one))).status));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
  });

  test('lists carry their counts as attributes, records the names that XML clients of the API know', async () => {
    const page = await call('GET', '/aggregation/v1/customers?limit=2', undefined, { Accept: 'application/xml' });
    expect(page.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8" standalone="yes"\?><customers found="40" displaying="2" moreAvailable="true"><customer><id>\d{10}<\/id>/);
    expect((await call('GET', `/aggregation/v1/customers/${customerId}`, undefined, { Accept: '*/*' })).text).toMatch(/\?><customer><id>.*<\/customer>$/);
    expect((await call('GET', `/aggregation/v1/customers/${customerId}/accounts`, undefined, { Accept: '*/*' })).text).toMatch(/\?><accounts><account><id>.*<\/account><\/accounts>$/);
    expect((await call('GET', `/aggregation/v2/customers/${customerId}/accounts/${String(account.id)}`, undefined, { Accept: '*/*' })).text).toMatch(/\?><account><id>.*<\/account>$/);
  });

  test('are for the aggregation families alone, and for who does not name JSON', async () => {
    for (const Accept of ['*/*', 'application/xml', 'text/html']) {
      for (const path of ['/institution/v2/institutions?limit=1', `/decisioning/v1/customers/${customerId}/consumer`, `/decisioning/v1/customers/${customerId}/reports`]) {
        expect((await call('GET', path, undefined, { Accept })).type, `${path} ${Accept}`).toMatch(/^application\/json/);
      }
    }
    expect((await call('GET', '/aggregation/v1/customers?limit=1', undefined, { Accept: 'application/json, text/plain, */*' })).type).toMatch(/^application\/json/);
    const nothing = await call('GET', '/aggregation/v1/nothing', undefined, { Accept: '*/*' });
    expect([nothing.status, nothing.type]).toEqual([404, XML]);
  });

  test('files are files whatever is asked for, and what takes files alone gets an error without a body', async () => {
    const statement = `/aggregation/v1/customers/${customerId}/accounts/${String(account.id)}/statement`;
    for (const Accept of ['*/*', 'application/octet-stream', 'application/json']) expect((await call('GET', statement, undefined, { Accept })).type).toBe('application/octet-stream');
    const asset = (Accept: string) => call('GET', `/aggregation/v1/customers/${customerId}/assets/unknown-1`, undefined, { Accept });
    expect((await asset('application/json')).json.code).toBe(13002);
    expect((await asset('*/*')).text).toContain('<code>13002</code>');
    const mute = await asset('application/octet-stream');
    expect([mute.status, mute.text]).toEqual([404, '']);
  });

  test('a caller that takes neither JSON nor XML is refused before anything happens', async () => {
    const refused = await call('POST', '/aggregation/v2/customers/testing', { username: 'never-enrolled' }, { Accept: 'text/csv' });
    expect([refused.status, refused.type]).toEqual([406, XML]);
    expect(refused.text).toContain('<error><code>14025</code><message>Not Acceptable.: [text/csv]</message></error>');
    expect((await call('GET', '/aggregation/v1/customers?username=never-enrolled')).json.found).toBe(0);
  });
});

test('the wire form: faults that the sandbox is told to answer come in it too', async () => {
  const read = async (kind: 'mfa' | 'expiredToken', path: string, Accept: string) => {
    await sandbox.control.faults({ kind, times: 1 });
    return (await call('GET', path, undefined, { Accept })).text;
  };
  const path = `/aggregation/v1/customers/${customerId}/accounts`;
  expect(await read('mfa', path, '*/*')).toMatch(/\?><mfaChallenges><questions><question><text>[^<]+<\/text><\/question><\/questions><\/mfaChallenges>$/);
  expect(JSON.parse(await read('mfa', path, 'application/json'))).toEqual({ questions: [{ text: expect.any(String) }] });
  expect(await read('expiredToken', path, '*/*')).toContain('<error><code>10023</code>');
  expect(JSON.parse(await read('expiredToken', '/connect/v2/generate', '*/*'))).toMatchObject({ code: '10023', status: '401' });
});

describe('the wire form: XML bodies', () => {
  const xml = { 'Content-Type': 'application/xml', Accept: '*/*' };

  test('are read, validated and coded as JSON ones are', async () => {
    const made = await call('POST', '/aggregation/v2/customers/testing', '<?xml version="1.0"?><customer><username>from-xml-1</username><firstName>Ann &amp; Co</firstName></customer>', xml);
    expect([made.status, made.text]).toEqual([201, expect.stringMatching(/\?><customer><id>\d{10}<\/id><username>from-xml-1<\/username><createdDate>1790\d+<\/createdDate><\/customer>$/)]);
    expect((await call('GET', '/aggregation/v1/customers?username=from-xml-1')).json.customers).toMatchObject([{ firstName: 'Ann & Co', type: 'testing' }]);
    expect((await call('POST', '/aggregation/v2/customers/testing', '<customer><firstName>Ann</firstName></customer>', xml)).text).toContain('<code>10005</code><message>Missing parameter (username)</message>');
    expect((await call('POST', '/aggregation/v2/customers/testing', '<customer><username>short</username></customer>', { ...xml, Accept: 'application/json' })).json.code).toBe(110039);
  });

  test('numbers become numbers, wrapped entries an array', async () => {
    const path = `/aggregation/v1/customers/${customerId}/accounts/${String(account.id)}/transactions`;
    const made = await call('POST', path, `<transaction><amount>-4.5</amount><description>From XML</description><transactionDate>${NOW - 60}</transactionDate></transaction>`, xml);
    expect([made.status, made.text]).toEqual([201, expect.stringContaining('<createdDate>1790')]);
    const refused = await call('POST', path, `<transaction><amount>plenty</amount><description>x</description><transactionDate>${NOW}</transactionDate></transaction>`, xml);
    expect([refused.status, refused.type]).toEqual([400, XML]);
    const streams = await call('POST', `/aggregation/customers/${customerId}/recurring-transactions`, `<request><accountIds><accountId>${String(account.id)}</accountId></accountIds></request>`, { ...xml, Accept: 'application/json' });
    expect(streams.status).toBe(200);
  });

  test('a sign-in that asks something is gone through in XML from end to end', async () => {
    const enrolled = (await call('POST', '/aggregation/v2/customers/testing', { username: 'xml-mfa-1' })).json;
    const path = `/aggregation/v1/customers/${String(enrolled.id)}/institutions/101732/accounts/addall`;
    const field = (id: string, name: string, value: string) => `<loginField><id>101732${id}</id><name>${name}</name><value>${value}</value></loginField>`;
    const asked = await call('POST', path, `<accounts><credentials>${field('001', 'Banking Userid', 'tfa_text')}${field('002', 'Banking Password', 'go')}</credentials></accounts>`, xml);
    expect([asked.status, asked.text]).toEqual([203, expect.stringMatching(/\?><mfaChallenges><questions><question><text>[^<]+<\/text>.*<\/question><\/questions><\/mfaChallenges>$/)]);
    const session = asked.headers.get('mfa-session') ?? '';
    const text = /<text>([^<]+)<\/text>/.exec(asked.text)?.[1] ?? '';
    const answer = `<accounts><mfaChallenges><questions><question><text>${text}</text><answer>Rover</answer></question></questions></mfaChallenges></accounts>`;
    const linked = await call('POST', `${path}/mfa`, answer, { ...xml, 'MFA-Session': session });
    expect([linked.status, linked.text]).toEqual([200, expect.stringMatching(/\?><accounts><account><id>\d{10}<\/id>.*<\/account><\/accounts>$/s)]);
  });

  test('a token is given for credentials in XML', async () => {
    const { partnerId, partnerSecret, appKey } = sandbox.credentials;
    const response = await fetch(`${sandbox.url}/aggregation/v2/partners/authentication`, {
      method: 'POST', headers: { 'Finicity-App-Key': appKey, 'Content-Type': 'application/xml', Accept: 'application/xml' },
      body: `<credentials><partnerId>${partnerId}</partnerId><partnerSecret>${partnerSecret}</partnerSecret></credentials>`,
    });
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/\?><access><token>\w{20}<\/token><\/access>$/)]);
  });

  test('broken ones, and any outside of the aggregation families, are refused with the reason in the log, which does not repeat them', async () => {
    expect((await call('POST', '/aggregation/v2/customers/testing', '<customer><username>secret-name</customer>', xml)).text).toContain('<code>14020</code>');
    expect((await call('POST', `/decisioning/v1/customers/${customerId}/consumer`, '<consumer><firstName>secret-name</firstName></consumer>', xml)).json.code).toBe(10100);
    const log = JSON.stringify(await sandbox.control.requests(2));
    expect(log).toContain('an end tag does not fit its start');
    expect(log).toContain('this family reads JSON bodies only');
    expect(log).not.toContain('secret-name');
  });
});

describe('the wire form: explicit nulls', () => {
  test('a rule that does not exist is refused, one is told with the others', async () => {
    expect((await rules({ explicitNulls: 'some' })).status).toBe(400);
    expect((await rules({})).status).toBe(400);
    expect((await rules({ explicitNulls: 'never', purposeRequired: false })).json).toEqual({ explicitNulls: 'never', purposeRequired: false });
  });

  test('come, or do not, as the rule says', async () => {
    const customer = async (explicitNulls: string) => {
      await rules({ explicitNulls });
      return (await call('GET', `/aggregation/v1/customers/${customerId}`)).json;
    };
    expect(await customer('answered')).not.toHaveProperty('phone');
    expect(await customer('described')).not.toHaveProperty('phone');
    expect(await customer('everywhere')).toMatchObject({ phone: null, lastModifiedDate: null, firstName: 'Dana' });
    const row = async (explicitNulls: string) => {
      await rules({ explicitNulls });
      const page = await call('GET', `/aggregation/v3/customers/${customerId}/transactions?fromDate=0&toDate=${NOW}&limit=1`);
      return (page.json.transactions as Record<string, unknown>[])[0];
    };
    expect(await row('described')).toMatchObject({ ticker: null, securityId: null, checkNum: null });
    expect(await row('never')).not.toHaveProperty('checkNum');
  });

  test('never make an XML answer longer', async () => {
    const text = async () => (await call('GET', `/aggregation/v1/customers/${customerId}`, undefined, { Accept: '*/*' })).text;
    const before = await text();
    await rules({ explicitNulls: 'everywhere' });
    expect(await text()).toBe(before);
  });

  test('change nothing in the tree: every branch of a customer and of an institution reads the same', async () => {
    const engine = undiciFetch();
    const client = createClient({
      baseUrl: sandbox.url, fetch: engine.fetch, credentials: sandbox.credentials, approve: async () => {},
      ledger: { beforeAttempt: async () => {}, afterFailure: async () => {}, afterSuccess: async () => {} },
    });
    const connection = { id: 'sandbox', label: 'Sandbox', environment: 'sandbox' as const, baseUrl: '', readOnly: false, store: 'none' as const, createdAt: 0 };
    const memory = { get: () => undefined, update: async () => {} };
    const source = () => createSource({
      connections: { list: () => [connection], active: () => connection }, sessions: { open: async () => ({ connection, client, reportIntervalMs: 1000 }) }, filters: new FilterBook(),
      subscriptions: new SubscriptionBook(memory), grants: new GrantBook(memory), microDeposits: new MicroDepositBook(memory), now: () => NOW * 1000, institutions: new Map(),
    });
    /** Opens the first few rows of every branch and writes down what is drawn. */
    const drawn = async (explicitNulls: string) => {
      await rules({ explicitNulls });
      const store = new TreeStore(source(), { changed: () => {} }, () => NOW * 1000);
      const rows: string[] = [];
      const open = async (nodes: readonly ExplorerNode[]): Promise<void> => {
        for (const node of nodes.slice(0, 12)) {
          const children = isBranch(node.kind) ? await store.children(node.path) : [];
          rows.push(JSON.stringify(describeNode(node, { locale: 'en-US', now: NOW * 1000, summary: store.summary(node.path) })));
          await open(children);
        }
      };
      await open(await store.children());
      return rows;
    };
    try {
      const answered = await drawn('answered');
      expect(answered.length).toBeGreaterThan(100);
      expect(answered.filter((row) => row.includes('"contextValue":"failed'))).toEqual([]);
      expect(await drawn('everywhere')).toEqual(answered);
      expect(await drawn('never')).toEqual(answered);
    } finally {
      client.close();
      await engine.close();
    }
  });
});
