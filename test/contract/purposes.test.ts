// The permissible purpose of reading a consumer report, as the live API demands it: asked for once, remembered, never by a look in passing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import type { Client } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { DocumentLibrary } from '../../src/documents/library.ts';
import { purposeProblem, Purposes } from '../../src/documents/purposes.ts';
import type { ApiSession } from '../../src/platform/sessions.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let client: Client;
let path: string;
const engine = undiciFetch();
const ledger = { beforeAttempt: async () => {}, afterFailure: async () => {}, afterSuccess: async () => {} };

beforeAll(async () => {
  sandbox = await startSandbox({});
  client = createClient({ baseUrl: sandbox.url, fetch: engine.fetch, credentials: sandbox.credentials, approve: async () => {}, ledger });
  const { customers } = await client.call('GetCustomers', { search: 'Marcus Okafor' });
  const customerId = customers[0]!.id;
  const { reports } = await client.call('GetReportsByCustomerId', { customerId });
  const finished = reports!.find(({ type, status }) => type === 'voa' && status === 'success')!;
  path = `/customers/${customerId}/reports/${finished.id}.json`;
  const answer = await fetch(`${sandbox.url}/__sandbox/rules`, { method: 'POST', body: JSON.stringify({ purposeRequired: true }) });
  expect(answer.status).toBe(200);
});
afterAll(async () => {
  client.close();
  await engine.close();
  await sandbox.stop();
});

const library = (purposes: Purposes): DocumentLibrary =>
  new DocumentLibrary({ sessions: { open: async () => ({ client, reportIntervalMs: 1000 }) as ApiSession }, purposes, follow: () => ({ dispose: () => {} }), onChanged: () => {} });
const key = (form: 'json' | 'pdf') => ({ connectionId: 'sandbox', path: path.replace(/json$/, form), query: '' });

test('a report is read with the purpose that the person names, who is asked once', async () => {
  let asked = 0;
  const documents = library(new Purposes(async () => {
    asked += 1;
    return '3F';
  }));
  const [json, pdf] = await Promise.all([documents.read(key('json')), documents.read(key('pdf'))]);
  expect(JSON.parse(new TextDecoder().decode(json))).toMatchObject({ status: 'success', type: 'voa' });
  expect(new TextDecoder().decode(pdf.subarray(0, 4))).toBe('%PDF');
  documents.renew('sandbox');
  await documents.read(key('json'));
  expect(asked).toBe(1);
});

test('who names none gets the API\'s own words, and is asked again the next time', async () => {
  let asked = 0;
  const documents = library(new Purposes(async () => {
    asked += 1;
    return undefined;
  }));
  await expect(documents.read(key('json'))).rejects.toMatchObject({ code: '10100' });
  await expect(documents.read(key('json'))).rejects.toThrow(/purpose/i);
  expect(asked).toBe(2);
});

test('a purpose has two characters', () => {
  expect(purposeProblem('3F')).toBeUndefined();
  expect(purposeProblem('3')).toMatch(/two letters or digits/);
});
