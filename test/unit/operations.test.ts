// The catalogue as others read it: `npm run -s operations`, and docs/operations.md, which is committed and must say what api/ says.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matching, table, toRecord } from '../../scripts/api/operationList.mjs';
import { operationsPage, page } from '../../scripts/api/operationsDoc.mjs';
import { root } from '../../scripts/paths.mjs';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import type { OperationEntry } from '../../src/api/catalogue.ts';

type Json = Record<string, unknown>;
const run = (...args: string[]) => spawnSync(process.execPath, [join(root, 'scripts/api/operations.mjs'), ...args], { encoding: 'utf8' });
const keys = ['operationId', 'method', 'path', 'tag', 'sdkNames', 'since', 'removed', 'deprecated', 'billable', 'destructive', 'automation', 'timeoutSeconds', 'fcra', 'parameters', 'requestBody', 'responses'];
const document = JSON.parse(readFileSync(join(root, 'src/api/generated/openapi.json'), 'utf8')) as { components: { schemas: Json } };

test('--json prints every operation, one object a line, with the same keys in each', () => {
  const { status, stdout } = run('--json', '--undocumented');
  expect(status).toBe(0);
  const records = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Json);
  expect(records.map(({ operationId }) => operationId)).toEqual(catalogue.map(({ operationId }) => operationId));
  const wrong = records.filter((one) => {
    const parameters = one.parameters as Json[];
    const body = one.requestBody as Json | null;
    const text = ['operationId', 'method', 'path', 'tag'].every((key) => typeof one[key] === 'string');
    const orNull = ['since', 'removed', 'destructive'].every((key) => one[key] === null || (typeof one[key] === 'string' && one[key] !== ''));
    const words = ['yes', 'no', 'unknown'].includes(one.billable as string) && ['allowed', 'forbidden'].includes(one.automation as string) && ['always', 'conditional', 'no'].includes(one.fcra as string);
    const plain = typeof one.deprecated === 'boolean' && typeof one.timeoutSeconds === 'number' && Array.isArray(one.sdkNames);
    const lists = parameters.every((each) => Object.keys(each).join() === 'name,in,required,type' && Object.values(each).every((value) => value !== undefined))
      && (body === null || (Object.keys(body).join() === 'schema,required' && (body.schema === null || (body.schema as string) in document.components.schemas)))
      && Object.entries(one.responses as Json).every(([status_, types]) => /^[2-5]\d\d$/.test(status_) && Array.isArray(types));
    return Object.keys(one).join() !== keys.join() || !text || !orNull || !words || !plain || !lists;
  });
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

test('what no public description has is listed only when asked for', () => {
  const ids = run('--json').stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { operationId: string }).operationId);
  expect(ids).toEqual(catalogue.filter((one: OperationEntry) => !one.undocumented).map(({ operationId }) => operationId));
  expect(ids).toHaveLength(164);
});

test('a record says what the description says', () => {
  expect(toRecord(operation('ModifyPartnerSecret'))).toMatchObject({ sdkNames: ['authentication.modify_partner_secret'], since: null, removed: null, requestBody: { schema: 'PartnerCredentialsWithNewSecret', required: true }, responses: { 204: [] } });
  expect(toRecord(operation('DeleteCustomer'))).toMatchObject({ method: 'DELETE', destructive: expect.stringContaining('accounts'), requestBody: null, parameters: [{ name: 'customerId', in: 'path', required: true, type: 'string' }] });
  expect(toRecord(operation('RefreshCustomerAccounts'))).toMatchObject({ automation: 'forbidden', timeoutSeconds: 180 });
  expect(toRecord(operation('GenerateVOAReport'))).toMatchObject({ billable: 'yes', fcra: 'always' });
});

test('the table is aligned, and a text chooses among its rows', () => {
  const { status, stdout, stderr } = run('REFRESHES', 'get');
  const [head, ...rows] = stdout.trimEnd().split('\n') as [string, ...string[]];
  expect(status).toBe(0);
  expect(rows.length).toBeGreaterThan(0);
  const at = head.indexOf('PATH');
  expect(rows.every((row) => row.startsWith('GET') && row.slice(at).startsWith('/') && row[at - 1] === ' ')).toBe(true);
  expect(stderr).toContain(`${rows.length} operation`);
  expect(run('no-such-thing')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('no-such-thing') });
  expect(run('--help').stdout).toContain('--json');
  expect(run('--jsn')).toMatchObject({ status: 2, stdout: '' });
  expect(matching(catalogue, ['customers.get_by_id']).map((one: OperationEntry) => one.operationId)).toContain('GetCustomer');
  expect(table([['A', 'BB', 'C'], ['long', 'x', 'y']])).toBe('A     BB  C\nlong  x   y');
});

test('docs/operations.md is current', () => {
  expect(readFileSync(page, 'utf8') === operationsPage(catalogue, document), 'docs/operations.md is not what api/ says: run npm run api:build').toBe(true);
});

test('docs/operations.md has every operation under both of its names', () => {
  const text = readFileSync(page, 'utf8');
  for (const { operationId, path, method, sdkNames } of catalogue) {
    const section = text.split(`\n### ${operationId}\n`)[1]?.split('\n### ')[0] ?? '';
    expect(section, operationId).toContain(`\`${method} ${path}\``);
    for (const name of sdkNames) expect(section, operationId).toContain(`\`${name}\``);
  }
});
