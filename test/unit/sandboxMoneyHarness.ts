// For the tests of the sandbox's money side: a sandbox of the test's own, called over HTTP, each answer checked against api/.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { catalogue } from '../../src/api/catalogue.ts';
import apiDocument from '../../src/api/generated/openapi.json' with { type: 'json' };
import { caller, startSandbox } from '../support/sandbox.ts';
import type { CallResult, TestSandbox } from '../support/sandbox.ts';

/** 2026-03-18 15:00 UTC, a Wednesday. */
export const NOW = 1_773_846_000;

interface ApiDocument { paths: Record<string, Record<string, { responses: Record<string, { $ref?: string; content?: unknown }> }>> }

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateFormats: false });
ajv.addSchema(apiDocument as object, 'api');

/** Problems of an answer with the schema that api/ gives its status; undefined when api/ does not know the status. */
export function problemsOf(operationId: string, result: Pick<CallResult, 'status' | 'json'>): string[] | undefined {
  const entry = catalogue.find((operation) => operation.operationId === operationId);
  if (!entry) throw new Error(`${operationId} is not described`);
  const escape = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');
  const method = entry.method.toLowerCase();
  const response = (apiDocument as unknown as ApiDocument).paths[entry.path]?.[method]?.responses[String(result.status)];
  if (!response) return undefined;
  const pointer = response.$ref ?? `#/paths/${escape(entry.path)}/${method}/responses/${result.status}`;
  const validate = ajv.compile({ $ref: `api${encodeURI(pointer)}/content/${escape('application/json')}/schema` });
  return validate(result.json) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

export type Json = Record<string, unknown>;
export const list = <T = Json>(json: Json, key: string) => json[key] as T[];

export interface MoneyTest {
  sandbox: TestSandbox;
  call: ReturnType<typeof caller>;
  /** Calls, and fails the test when the status is another or the body is not as api/ describes it. */
  ok(operationId: string, method: string, path: string, body?: unknown, status?: number, headers?: Record<string, string>): Promise<Json>;
  /** A new testing customer; its id. */
  enroll(username: string): Promise<string>;
  /** Links a FinBank profile and refreshes it once; the accounts. */
  link(customerId: string, institutionId?: number, userId?: string, password?: string): Promise<Json[]>;
  /** Moves the sandbox's clock and takes a new token. */
  advance(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export async function moneyTest(options: { now?: number; customers?: number } = {}): Promise<MoneyTest> {
  const sandbox = await startSandbox({ seed: 'money', now: NOW, customers: 60, ...options });
  let current = caller(sandbox);
  const call: MoneyTest['call'] = (...given) => current(...given);
  const ok: MoneyTest['ok'] = async (operationId, method, path, body, status = 200, headers) => {
    const result = await call(method, path, body, headers);
    if (result.status !== status) throw new Error(`${operationId}: ${result.status} ${result.text.slice(0, 400)}`);
    const problems = status === 204 ? [] : problemsOf(operationId, result);
    if (problems === undefined) throw new Error(`${operationId}: ${status} is not described`);
    if (problems.length > 0) throw new Error(`${operationId} ${status} is not as described:\n${problems.slice(0, 12).join('\n')}`);
    return result.json;
  };
  return {
    sandbox, call, ok,
    advance: async (seconds) => {
      await sandbox.control.clock({ advance: seconds });
      current = caller(sandbox);
    },
    enroll: async (username) => String((await ok('AddTestingCustomer', 'POST', '/aggregation/v2/customers/testing', { username }, 201)).id),
    link: async (customerId, institutionId = 101732, userId = 'demo', password = 'go') => {
      await ok('AddAllAccounts', 'POST', `/aggregation/v1/customers/${customerId}/institutions/${institutionId}/accounts/addall`, signIn(institutionId, userId, password));
      return list(await ok('RefreshCustomerAccounts', 'POST', `/aggregation/v1/customers/${customerId}/accounts`), 'accounts');
    },
    stop: sandbox.stop,
  };
}

export const signIn = (institutionId: number, userId: string, password: string) => ({
  credentials: [{ name: 'Banking Userid', value: userId, id: `${institutionId}001` }, { name: 'Banking Password', value: password, id: `${institutionId}002` }],
});
