// The policy, rule by rule, and how it stands between a client and the wire.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guardPage, page } from '../../scripts/api/guardDoc.mjs';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import type { OperationEntry, OperationId } from '../../src/api/catalogue.ts';
import { GuardRefusal } from '../../src/client/errors.ts';
import type { CallOrigin } from '../../src/client/types.ts';
import type { Environment } from '../../src/credentials/types.ts';
import { knownPurposes } from '../../src/documents/purposes.ts';
import { createApprove, type Answer, type Asking, type GuardedConnection } from '../../src/guard/approve.ts';
import * as facts from '../../src/guard/facts.ts';
import { decide, type Question } from '../../src/guard/policy.ts';
import * as rules from '../../src/guard/rules.ts';

const { changes } = facts;
const environments: Environment[] = ['sandbox', 'testDrive', 'production', 'custom'];
const origins: (CallOrigin | undefined)[] = ['tree', 'document', 'command', 'form', 'poll', 'connect', undefined];
const situation = (environment: Environment, more: Partial<rules.Situation> = {}): rules.Situation => ({ environment, readOnly: false, origin: 'command', input: {}, ...more });
const kinds = (id: OperationId, more: Partial<rules.Situation> = {}) => environments.map((e) => decide(operation(id), situation(e, more)).kind);
const asks = (o: OperationEntry, s: rules.Situation): Question => {
  const decision = decide(o, s);
  if (decision.kind !== 'ask') throw new Error(`${o.operationId} is not asked about: ${decision.kind}`);
  return decision;
};
const reasons = (o: OperationEntry, s: rules.Situation) => {
  const decision = decide(o, s);
  return decision.kind === 'ask' ? decision.reasons : decision.kind;
};
const withFlags = (flags: Partial<OperationEntry>): OperationEntry => ({ ...operation('ModifyCustomer'), ...flags });

describe('reading', () => {
  test.each<OperationId>(['GetCustomer', 'GetRecurringTransactions', 'CreateToken', 'GetCustomerAccounts'])('%s is allowed everywhere, from anywhere, read-only too', (id) => {
    for (const origin of origins) expect(kinds(id, { origin, readOnly: true })).toEqual(['allow', 'allow', 'allow', 'allow']);
  });
  test('a billed read asks everywhere but in the sandbox', () => {
    expect(kinds('GetCustomerAccountStatement')).toEqual(['allow', 'ask', 'ask', 'ask']);
  });
  test('reissuing a report is no read, and neither is a GET that fires webhooks', () => {
    expect(changes(operation('ReportReissue'))).toBe(true);
    expect(changes({ ...operation('GetCustomer'), firesWebhooks: true })).toBe(true);
  });
});

test('a read-only connection refuses every operation that changes something, in every environment, and names the way out', () => {
  const changing = catalogue.filter(changes);
  expect(changing.length).toBeGreaterThan(20);
  for (const entry of changing)
    for (const environment of environments)
      for (const origin of origins) expect(decide(entry, situation(environment, { readOnly: true, origin })), entry.operationId).toMatchObject({ kind: 'refuse', ofTheConnection: true });
});

test('every PUT, DELETE and report generation counts as a change', () => {
  const overlooked = catalogue.filter((o) => (o.method === 'PUT' || o.method === 'DELETE' || /^Generate|^Add|^Create(?!Token)|^Delete|^Refresh|^refresh/.test(o.operationId)) && !changes(o));
  expect(overlooked.map((o) => o.operationId)).toEqual([]);
});

test('a plain change asks in production and behind an own base URL only, and may be held back there', () => {
  expect(kinds('ModifyCustomer')).toEqual(['allow', 'allow', 'ask', 'ask']);
  for (const environment of ['production', 'custom'] as const) expect(asks(operation('ModifyCustomer'), situation(environment))).toMatchObject({ mayBeHeld: true, typed: false });
});

test('nothing that destroys, costs, moves money, sends mail, is for hands alone or under the FCRA may be held back', () => {
  const held = catalogue.filter((entry) => environments.some((environment) => {
    const decision = decide(entry, situation(environment, { input: { body: { forCraPurpose: true } } }));
    return decision.kind === 'ask' && decision.mayBeHeld;
  }));
  expect(held.length).toBeGreaterThan(20);
  expect(held.filter((o) => o.destructive || o.billable === 'yes' || o.movesMoney || o.sendsMail || o.automation === 'forbidden' || o.fcra !== 'no' || o.report).map((o) => o.operationId)).toEqual([]);
});

describe('what destroys', () => {
  test('asks everywhere, the sandbox included, and says what goes', () => {
    expect(kinds('DeleteCustomer')).toEqual(['ask', 'ask', 'ask', 'ask']);
    const decision = asks(operation('DeleteCustomer'), situation('sandbox'));
    expect(decision).toMatchObject({ confirm: 'Delete', reasons: ['destructive'], title: 'Delete a customer?' });
    expect(decision.detail).toMatch(/cannot be undone.*the customer and access to all of its accounts/);
  });
  test('wants the username typed on live data, for every such operation on a customer and for no other', () => {
    const typed = (environment: Environment) => catalogue.filter((o) => {
      const decision = decide(o, situation(environment));
      return decision.kind === 'ask' && decision.typed;
    }).map((o) => o.operationId);
    expect(typed('sandbox')).toEqual([]);
    expect(typed('testDrive')).toEqual([]);
    const expected = catalogue.filter((o) => o.destructive && o.path.includes('{customerId}')).map((o) => o.operationId);
    expect(expected).toEqual(expect.arrayContaining(['DeleteCustomer', 'DeleteCustomerAccount', 'DeleteCustomerAccountsByInstitutionLogin']));
    expect(typed('production')).toEqual(expected);
    expect(typed('custom')).toEqual(expected);
  });
  test('a command\'s own words about what goes take the place of the general ones, and the policy adds its own', () => {
    const words = { title: 'Delete Dana Reyes?', goes: 'Access to 3 accounts goes with her.', confirm: 'Delete Customer' };
    expect(asks(operation('DeleteCustomer'), situation('production', { words }))).toMatchObject({
      title: words.title, confirm: words.confirm, detail: `${words.goes}\nIt changes production data.`, typed: true,
    });
  });
});

test('what must not be automated needs a person\'s own act, and even then asks', () => {
  for (const origin of origins)
    expect(kinds('RefreshCustomerAccounts', { origin })).toEqual(Array(4).fill(origin === 'command' || origin === 'form' ? 'ask' : 'refuse'));
  expect(asks(operation('RefreshCustomerAccounts'), situation('sandbox')).detail).toMatch(/Only a person/);
  expect(decide(operation('RefreshCustomerAccounts'), situation('sandbox', { origin: 'tree' }))).toMatchObject({ kind: 'refuse', ofTheConnection: false });
});

test('billed operations ask outside the sandbox; an unstated price does not ask by itself', () => {
  expect(kinds('AddCustomer')).toEqual(['allow', 'ask', 'ask', 'ask']);
  expect(reasons(operation('AddCustomer'), situation('testDrive'))).toEqual(['billable']);
  expect(reasons(withFlags({ billable: 'unknown' }), situation('testDrive'))).toBe('allow');
});

test('money and mail ask everywhere; the sandbox says that nothing real happens, the others that it does', () => {
  for (const id of ['InitiateMicroAmountDeposits', 'SendConnectEmail'] as const) {
    expect(kinds(id)).toEqual(['ask', 'ask', 'ask', 'ask']);
    expect(asks(operation(id), situation('sandbox')).detail).toMatch(/^On a real connection .*the sandbox (only plays it|sends none)\.$/);
    for (const environment of ['testDrive', 'production', 'custom'] as const) expect(asks(operation(id), situation(environment)).detail).toMatch(/^(Real money moves|A real e-mail is sent)/);
  }
});

test('waiting for a report never changes anything', () => {
  expect(kinds('GetReportByCustomer', { origin: 'poll' })).toEqual(['allow', 'allow', 'allow', 'allow']);
  expect(kinds('ModifyCustomer', { origin: 'poll' })).toEqual(['refuse', 'refuse', 'refuse', 'refuse']);
});

describe('the FCRA', () => {
  test('a report that takes no purpose asks without the list, and says where the purpose comes', () => {
    const generate = withFlags({ ...operation('GenerateVOAReport'), billable: 'no' });
    expect(generate.purpose).toBeUndefined();
    const asked = asks(generate, situation('production', { input: { body: {} } }));
    expect(asked).toMatchObject({ reasons: ['fcra', 'productionWrite'], confirm: 'Generate' });
    expect(asked).not.toHaveProperty('purpose');
    expect(asked.detail).toMatch(/named when the report is read/);
    expect(decide(generate, situation('testDrive')).kind).toBe('allow');
  });
  test.each<[OperationId, string]>([['GenerateVOEPayrollReport', 'body'], ['ReportReissue', 'body'], ['GenerateFcraPaymentSuccessIndicators', 'parameter']])('%s wants its purpose in the %s, on live data alone', (id, place) => {
    const entry = operation(id);
    for (const environment of ['production', 'custom'] as const) expect(asks(entry, situation(environment)).purpose).toMatchObject({ name: 'purpose', in: place });
    for (const environment of ['sandbox', 'testDrive'] as const) expect(decide(entry, situation(environment))).not.toHaveProperty('purpose');
    const named = place === 'body' ? { body: { purpose: '31' } } : { purpose: '31' };
    expect(asks(entry, situation('production', { input: named }))).not.toHaveProperty('purpose');
    expect(asks(entry, situation('production', { input: place === 'body' ? { body: { purpose: '' } } : { purpose: '' } }))).toHaveProperty('purpose');
  });
  test('a report that a person reads by a request is asked about with the list alone; a document, a tree and a poll are not', () => {
    for (const id of ['GetReportByCustomer', 'GetReportByConsumer', 'GetReportById'] as const) {
      for (const origin of ['command', 'form'] as const) {
        expect(kinds(id, { origin })).toEqual(['allow', 'allow', 'ask', 'ask']);
        expect(kinds(id, { origin, input: { purpose: '3F' } })).toEqual(['allow', 'allow', 'allow', 'allow']);
        expect(asks(operation(id), situation('production', { origin }))).toMatchObject({ purposeAlone: true, reasons: ['fcra'], mayBeHeld: false });
      }
      for (const origin of ['document', 'tree', 'poll'] as const) expect(kinds(id, { origin })).toEqual(['allow', 'allow', 'allow', 'allow']);
    }
  });
  test('a conditional one only for a consumer reporting purpose', () => {
    const conditional = withFlags({ ...operation('GenerateVOAReport'), fcra: 'conditional' });
    const cra = { body: { analyticsReportData: { forCraPurpose: true } } };
    expect(reasons(conditional, situation('production', { input: cra }))).toContain('fcra');
    expect(reasons(conditional, situation('production', { input: { body: { analyticsReportData: { forCraPurpose: false } } } }))).not.toContain('fcra');
  });
  test.each([true, 'true', 'TRUE', 'no', 1, 0, {}])('a consumer reporting flag of %j counts as one: what the API makes of it nobody knows', (flag) => {
    const conditional = withFlags({ ...operation('GenerateVOAReport'), fcra: 'conditional' });
    for (const body of [{ forCraPurpose: flag }, { analyticsReportData: [{ forCraPurpose: flag }] }]) expect(reasons(conditional, situation('production', { input: { body } }))).toContain('fcra');
  });
  test.each([false, null, undefined, ''])('a consumer reporting flag of %j is none', (flag) => {
    expect(facts.underFcra({ ...operation('GenerateVOAReport'), fcra: 'conditional' }, { body: { forCraPurpose: flag } })).toBe(false);
  });
  test.each(['', ' ', '\t\n', 31, null])('a purpose of %j is none', (purpose) => {
    const entry = operation('GenerateFcraPaymentSuccessIndicators');
    expect(facts.missingPurpose(entry, { purpose })).toBe(entry.purpose);
    expect(facts.missingPurpose(operation('GenerateVOEPayrollReport'), { body: { purpose } })).toMatchObject({ in: 'body' });
  });
  test('a purpose where the operation does not read it is none', () => {
    expect(facts.missingPurpose(operation('GetReportById'), { body: { purpose: '31' } })).toMatchObject({ in: 'parameter' });
    expect(facts.missingPurpose(operation('GenerateVOEPayrollReport'), { purpose: '31', body: {} })).toMatchObject({ in: 'body' });
  });
  test('the list has every code that the description suggests, each with its meaning', () => {
    const codes = new Set(catalogue.flatMap((entry) => entry.purpose?.codes ?? []));
    expect([...codes].sort()).toEqual(knownPurposes.map(({ code }) => code).sort());
    const slots = catalogue.filter((entry) => entry.purpose).map((entry) => entry.operationId);
    expect(slots).toEqual(expect.arrayContaining(['GetReportByCustomer', 'ReportReissue', 'GenerateVOEPayrollReport', 'RefreshVOIEPayrollReport', 'GetObbAnalyticsReportFcra']));
  });
  test('a purpose goes where the operation takes it, and leaves what it is given as it was', () => {
    const input = Object.freeze({ customerId: '7', body: Object.freeze({ marketSegment: 'Mortgage' }) });
    expect(facts.withPurpose(operation('GenerateVOEPayrollReport').purpose!, input, '31')).toEqual({ customerId: '7', body: { marketSegment: 'Mortgage', purpose: '31' } });
    expect(facts.withPurpose(operation('GetReportById').purpose!, { reportId: 'r' }, '1B')).toEqual({ reportId: 'r', purpose: '1B' });
  });
});

test('all reasons are asked in one question', () => {
  const all = withFlags({ destructive: 'Everything.', billable: 'yes', movesMoney: true, sendsMail: true, automation: 'forbidden' });
  expect(reasons(all, situation('production'))).toEqual(['destructive', 'movesMoney', 'sendsMail', 'automation', 'billable', 'productionWrite']);
});

test('no decision repeats what the request holds', () => {
  const input = { customerId: 'canary-id', body: { ssn: 'canary-ssn', purpose: 'canary-purpose' }, purpose: 'canary-purpose' };
  for (const entry of catalogue)
    for (const environment of environments)
      for (const readOnly of [true, false]) expect(JSON.stringify(decide(entry, situation(environment, { readOnly, input })))).not.toContain('canary');
});

describe('docs/guard.md', () => {
  const text = guardPage(catalogue, rules, facts);
  test('is what the policy\'s tables make (npm run api:build)', () => {
    expect(readFileSync(page, 'utf8')).toBe(text);
  });
  test('has a row for each rule, and every operation under what it does', () => {
    for (const { name, applies } of [...rules.refusals, ...rules.questions]) expect(text).toContain(`| ${name} | ${applies} |`);
    const [, asked = ''] = text.split('## The operations under each rule');
    for (const entry of catalogue) expect(asked.match(new RegExp(`^- \`${entry.operationId}\` `, 'gm')), entry.operationId).not.toBeNull();
    expect(asked.split('### Moves money')[1]!.split('###')[0]).toContain('InitiateMicroAmountDeposits');
    expect(asked.split('### Reads only')[1]).not.toContain('`DeleteCustomer`');
  });
});

describe('createApprove', () => {
  const asked: Asking[] = [];
  const acme = (change: Partial<GuardedConnection> = {}): GuardedConnection => ({ id: 'acme-1', label: 'Acme', environment: 'production', baseUrl: 'https://api.example.test', readOnly: false, ...change });
  const approve = (change: Partial<GuardedConnection>, answer: boolean | ((asking: Asking) => Answer | Promise<Answer>)) => {
    asked.length = 0;
    return createApprove({
      connection: () => acme(change), username: async (customerId) => `user-of-${customerId}`,
      ask: async (asking) => { asked.push(asking); return typeof answer === 'boolean' ? { yes: answer } : answer(asking); },
    });
  };
  const remove = operation('DeleteCustomer');

  test('allows in silence, passes on Yes, throws on No', async () => {
    await approve({}, false)(operation('GetCustomer'), {}, {});
    expect(asked).toHaveLength(0);
    expect(await approve({}, true)(remove, { customerId: '7' }, { origin: 'command' })).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ customerId: '7', confirmed: false, connection: { label: 'Acme' } });
    expect(await asked[0]!.username()).toBe('user-of-7');
    await expect(approve({}, false)(remove, {}, { origin: 'command' })).rejects.toMatchObject({ kind: 'guard', declined: true, operationId: 'DeleteCustomer' });
  });

  test('the question has the call\'s target, and the caller is told while it is open, also when it is answered with No', async () => {
    const told: boolean[] = [];
    const onQuestion = (open: boolean): void => { told.push(open); };
    await approve({}, () => { expect(told).toEqual([true]); return { yes: true }; })(remove, { customerId: '7' }, { origin: 'command', onQuestion });
    expect(asked[0]!.targets).toEqual([{ label: 'Customer', value: '7', customer: true }]);
    expect(told).toEqual([true, false]);
    await approve({}, false)(remove, { customerId: '7' }, { origin: 'command', onQuestion }).catch(() => undefined);
    expect(told).toEqual([true, false, true, false]);
    await approve({}, true)(operation('GetCustomer'), {}, { onQuestion });
    expect(told).toHaveLength(4);
  });

  test('a refusal is not asked about, cannot be confirmed away, and leads to the connection where that is what stands in the way', async () => {
    const options = { origin: 'command' as const, confirmed: ['destructive', 'productionWrite'] as const };
    await expect(approve({ readOnly: true }, true)(remove, {}, options)).rejects.toMatchObject({ declined: false, connectionId: 'acme-1' });
    const machine = approve({ environment: 'sandbox' }, true)(operation('RefreshCustomerAccounts'), {}, { origin: 'tree', confirmed: ['automation'] });
    await expect(machine).rejects.toSatisfy((error) => error instanceof GuardRefusal && !error.declined && error.connectionId === undefined);
    expect(asked).toHaveLength(0);
  });

  test('what the caller has asked itself counts as asked, the rest does not, and a username is never typed for the person', async () => {
    await approve({ environment: 'sandbox' }, true)(remove, {}, { origin: 'command', confirmed: ['destructive'] });
    expect(asked[0]).toMatchObject({ confirmed: true });
    await approve({}, true)(operation('RefreshCustomerAccounts'), {}, { origin: 'command', confirmed: ['automation'] });
    expect(asked[0]).toMatchObject({ confirmed: false, question: { reasons: ['automation', 'productionWrite'] } });
    await approve({}, true)(remove, {}, { origin: 'command', confirmed: ['destructive', 'productionWrite'] });
    expect(asked[0]).toMatchObject({ confirmed: false, question: { typed: true } });
    await approve({}, true)(operation('GenerateVOEPayrollReport'), {}, { origin: 'command', confirmed: ['billable', 'fcra', 'productionWrite'] });
    expect(asked[0]).toMatchObject({ confirmed: false, question: { purpose: { in: 'body' } } });
  });

  test('a tree or a poll cannot have confirmed anything', async () => {
    for (const origin of ['tree', 'document', undefined] as const) {
      await approve({ environment: 'sandbox' }, true)(remove, {}, { origin, confirmed: ['destructive'] });
      expect(asked[0]).toMatchObject({ confirmed: false });
    }
  });

  test('the purpose that was named is in what may be sent; none named leaves the call as it was', async () => {
    const generate = operation('GenerateVOEPayrollReport');
    const input = { customerId: '7', body: { payrollData: {} } };
    expect(await approve({}, () => ({ yes: true, purpose: '31' }))(generate, input, { origin: 'form' })).toEqual({ customerId: '7', body: { payrollData: {}, purpose: '31' } });
    expect(input.body).not.toHaveProperty('purpose');
    expect(await approve({}, true)(generate, input, { origin: 'form' })).toBeUndefined();
  });

  test('a connection that became read-only meanwhile is read anew', async () => {
    let readOnly = false;
    const guard = createApprove({ connection: () => acme({ readOnly }), username: async () => 'u', ask: async () => ({ yes: true }) });
    await guard(remove, {}, { origin: 'command' });
    readOnly = true;
    await expect(guard(remove, {}, { origin: 'command' })).rejects.toThrow(/read-only/);
  });

  test.each<[string, GuardedConnection | undefined, RegExp]>([
    ['signed out', acme({ signedOut: true }), /"Acme" was signed out while the question was open, so nothing was sent/],
    ['switched to another host', acme({ baseUrl: 'https://other.example.test' }), /another environment/],
    ['made another environment', acme({ environment: 'testDrive' }), /another environment/],
    ['made read-only', acme({ readOnly: true }), /became read-only/],
    ['removed', undefined, /was signed out or changed/],
  ])('Yes after the connection was %s sends nothing, and says so', async (_, after, words) => {
    let now: GuardedConnection | undefined = acme();
    const guard = createApprove({ connection: () => now, username: async () => 'u', ask: async () => { now = after; return { yes: true }; } });
    await expect(guard(operation('ModifyCustomer'), {}, { origin: 'form' })).rejects.toSatisfy((error) => error instanceof GuardRefusal && !error.declined && words.test(error.message));
  });

  test('a cancel while the question stands is a cancel', async () => {
    const controller = new AbortController();
    const guard = createApprove({ connection: () => acme({ environment: 'sandbox' }), username: async () => 'u', ask: async () => { controller.abort(); return { yes: true }; } });
    await expect(guard(remove, {}, { origin: 'command', signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('a closed connection is asked nothing', async () => {
    const guard = createApprove({ connection: () => undefined, username: async () => 'u', ask: async () => { throw new Error('it asked'); } });
    await expect(guard(remove, {}, { origin: 'command' })).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
