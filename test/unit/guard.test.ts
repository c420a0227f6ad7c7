// The policy, rule by rule, and how it stands between a client and the wire.
import { describe, expect, test } from 'vitest';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import type { OperationEntry, OperationId } from '../../src/api/catalogue.ts';
import { GuardRefusal } from '../../src/client/errors.ts';
import type { CallOrigin } from '../../src/client/types.ts';
import type { Environment } from '../../src/credentials/types.ts';
import { createApprove } from '../../src/guard/approve.ts';
import type { Question } from '../../src/guard/approve.ts';
import { changes, decide } from '../../src/guard/policy.ts';
import type { Situation } from '../../src/guard/policy.ts';

const environments: Environment[] = ['sandbox', 'testDrive', 'production', 'custom'];
const origins: (CallOrigin | undefined)[] = ['tree', 'document', 'command', 'form', 'poll', 'connect', undefined];
const situation = (environment: Environment, more: Partial<Situation> = {}): Situation => ({ environment, readOnly: false, origin: 'command', input: {}, ...more });
const kinds = (id: OperationId, more: Partial<Situation> = {}) => environments.map((e) => decide(operation(id), situation(e, more)).kind);
const reasons = (o: OperationEntry, s: Situation) => {
  const decision = decide(o, s);
  return decision.kind === 'ask' ? decision.reasons : decision.kind;
};
const withFlags = (flags: Partial<OperationEntry>): OperationEntry => ({ ...operation('ModifyCustomer'), ...flags });

describe('reading', () => {
  test.each<OperationId>(['GetCustomer', 'GetReportById', 'GetRecurringTransactions', 'CreateToken', 'GetReportByCustomer'])('%s is allowed everywhere, from anywhere, read-only too', (id) => {
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

test('a read-only connection refuses every operation that changes something, in every environment', () => {
  const changing = catalogue.filter(changes);
  expect(changing.length).toBeGreaterThan(20);
  for (const entry of changing)
    for (const environment of environments)
      for (const origin of origins) expect(decide(entry, situation(environment, { readOnly: true, origin })), entry.operationId).toMatchObject({ kind: 'refuse' });
});

test('every PUT, DELETE and report generation counts as a change', () => {
  const overlooked = catalogue.filter((o) => (o.method === 'PUT' || o.method === 'DELETE' || /^Generate|^Add|^Create(?!Token)|^Delete|^Refresh|^refresh/.test(o.operationId)) && !changes(o));
  expect(overlooked.map((o) => o.operationId)).toEqual([]);
});

test('a plain change asks in production and behind an own base URL only', () => {
  expect(kinds('ModifyCustomer')).toEqual(['allow', 'allow', 'ask', 'ask']);
});

test('what destroys asks everywhere, the sandbox included, and says what goes', () => {
  expect(kinds('DeleteCustomer')).toEqual(['ask', 'ask', 'ask', 'ask']);
  const decision = decide(operation('DeleteCustomer'), situation('sandbox'));
  expect(decision).toMatchObject({ kind: 'ask', confirm: 'Delete', reasons: ['destructive'], title: 'Delete a customer?' });
  expect(decision.kind === 'ask' && decision.detail).toMatch(/cannot be undone.*the customer and access to all of its accounts/);
});

test('what must not be automated needs a person\'s own act, and even then asks', () => {
  for (const origin of origins)
    expect(kinds('RefreshCustomerAccounts', { origin })).toEqual(Array(4).fill(origin === 'command' || origin === 'form' ? 'ask' : 'refuse'));
  const decision = decide(operation('RefreshCustomerAccounts'), situation('sandbox'));
  expect(decision.kind === 'ask' && decision.detail).toMatch(/Only a person/);
});

test('billed operations ask outside the sandbox; an unstated price does not ask by itself', () => {
  expect(kinds('AddCustomer')).toEqual(['allow', 'ask', 'ask', 'ask']);
  expect(reasons(operation('AddCustomer'), situation('testDrive'))).toEqual(['billable']);
  expect(reasons(withFlags({ billable: 'unknown' }), situation('testDrive'))).toBe('allow');
});

test('money and mail ask outside the sandbox', () => {
  for (const flags of [{ movesMoney: true }, { sendsMail: true }]) {
    expect(environments.map((e) => decide(withFlags(flags), situation(e)).kind)).toEqual(['allow', 'ask', 'ask', 'ask']);
  }
});

test('waiting for a report never changes anything', () => {
  expect(kinds('GetReportByCustomer', { origin: 'poll' })).toEqual(['allow', 'allow', 'allow', 'allow']);
  expect(kinds('ModifyCustomer', { origin: 'poll' })).toEqual(['refuse', 'refuse', 'refuse', 'refuse']);
});

describe('the FCRA', () => {
  const generate = withFlags({ ...operation('GenerateVOAReport'), billable: 'no', fcra: 'always' });
  test('generating reminds of the permissible purpose, and says when none is named', () => {
    const without = decide(generate, situation('production', { input: { body: {} } }));
    expect(without).toMatchObject({ kind: 'ask', reasons: ['fcra', 'productionWrite'], confirm: 'Generate' });
    expect(without.kind === 'ask' && without.detail).toMatch(/names no purpose code/);
    const named = decide(generate, situation('production', { input: { purpose: '31' } }));
    expect(named.kind === 'ask' && named.detail).not.toMatch(/names no purpose code/);
    expect(decide(generate, situation('testDrive')).kind).toBe('allow');
  });
  test('a conditional one only for a consumer reporting purpose', () => {
    const conditional = { ...generate, fcra: 'conditional' as const };
    const cra = { body: { analyticsReportData: { forCraPurpose: true } } };
    expect(reasons(conditional, situation('production', { input: cra }))).toContain('fcra');
    expect(reasons(conditional, situation('production', { input: { body: { analyticsReportData: { forCraPurpose: false } } } }))).not.toContain('fcra');
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

describe('createApprove', () => {
  const asked: Question[] = [];
  const approve = (environment: Environment, answer: boolean, readOnly = false) => {
    asked.length = 0;
    return createApprove({ connection: { environment, readOnly }, ask: async (question) => { asked.push(question); return answer; } });
  };
  const remove = operation('DeleteCustomer');

  test('allows in silence, passes on Yes, throws on No', async () => {
    await approve('production', false)(operation('GetCustomer'), {}, {});
    expect(asked).toHaveLength(0);
    await approve('production', true)(remove, {}, { origin: 'command' });
    expect(asked).toHaveLength(1);
    await expect(approve('production', false)(remove, {}, { origin: 'command' })).rejects.toMatchObject({ kind: 'guard', declined: true, operationId: 'DeleteCustomer' });
  });

  test('a refusal is not asked about and cannot be confirmed away', async () => {
    const options = { origin: 'command' as const, confirmed: ['destructive', 'productionWrite'] as const };
    await expect(approve('production', true, true)(remove, {}, options)).rejects.toThrow(GuardRefusal);
    await expect(approve('sandbox', true)(operation('RefreshCustomerAccounts'), {}, { origin: 'tree', confirmed: ['automation'] })).rejects.toMatchObject({ declined: false });
    expect(asked).toHaveLength(0);
  });

  test('what the caller has asked itself is not asked again, the rest is', async () => {
    await approve('sandbox', false)(remove, {}, { origin: 'command', confirmed: ['destructive'] });
    expect(asked).toHaveLength(0);
    await expect(approve('production', false)(remove, {}, { origin: 'command', confirmed: ['destructive'] })).rejects.toThrow(GuardRefusal);
    expect(asked[0]?.reasons).toEqual(['destructive', 'productionWrite']);
  });

  test('a tree or a poll cannot have confirmed anything', async () => {
    for (const origin of ['tree', 'document', undefined] as const)
      await expect(approve('sandbox', false)(remove, {}, { origin, confirmed: ['destructive'] })).rejects.toThrow(GuardRefusal);
  });

  test('a connection that became read-only meanwhile is read anew', async () => {
    let readOnly = false;
    const guard = createApprove({ connection: () => ({ environment: 'sandbox', readOnly }), ask: async () => true });
    await guard(remove, {}, { origin: 'command' });
    readOnly = true;
    await expect(guard(remove, {}, { origin: 'command' })).rejects.toThrow(/read-only/);
  });

  test('a cancel while the question stands is a cancel', async () => {
    const controller = new AbortController();
    const guard = createApprove({ connection: { environment: 'sandbox', readOnly: false }, ask: async () => { controller.abort(); return true; } });
    await expect(guard(remove, {}, { origin: 'command', signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
