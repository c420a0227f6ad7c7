// Customers ready for a report, and reports made and followed to their end with the sandbox's clock moved on.
import { operation } from '../../src/api/catalogue.ts';
import type { OperationId } from '../../src/api/catalogue.ts';
import { bodyProperties } from '../../src/api/schemas.ts';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client, ReportState } from '../../src/client/types.ts';
import type { Bench } from './contract.ts';
import { accountOf, enroll, link, makeConsumer } from './people.ts';
import type { Account } from './people.ts';

export type Ack = components['schemas']['ReportBase'];
export interface Ready {
  customerId: string;
  consumerId: string;
  accounts: Account[];
}

/** A purpose that every consumer report is read for here: an extension of credit. */
export const PURPOSE = '31';

/** A testing customer with linked accounts and a consumer. */
export async function ready({ client }: Bench, profile = 'profile_02'): Promise<Ready> {
  const customerId = await enroll(client);
  const accounts = await link(client, customerId, profile);
  return { customerId, consumerId: await makeConsumer(client, customerId), accounts };
}

/** Stores a file that passes for a pay slip, and answers its asset id. */
export async function storePayStatement(client: Client, customerId: string, label = 'lastPayPeriod', file = '%PDF-1.4\n% a pay slip\n', encoding: BufferEncoding = 'utf8'): Promise<string> {
  return (await client.call('StoreCustomerPayStatement', { customerId, body: { label, statement: Buffer.from(file, encoding).toString('base64') } })).assetId;
}

/** The least that an operation wants to generate its report. */
export async function leastInput(id: OperationId, { customerId, accounts }: Ready, { sandbox, client }: Bench): Promise<Record<string, unknown>> {
  const now = (await sandbox.control.health()).now;
  const type = operation(id).report?.type;
  const properties = bodyProperties(id);
  if (properties.includes('payrollData')) return { customerId, body: { payrollData: {} } };
  if (properties.includes('paystatementReport')) return { customerId, body: { paystatementReport: { assetIds: [await storePayStatement(client, customerId)] } } };
  if (properties.includes('voieWithStatementData')) return { customerId, body: { voieWithStatementData: { assetIds: [await storePayStatement(client, customerId)] } } };
  if (properties.includes('voieWithInterviewData')) return { customerId, body: { voieWithInterviewData: { txVerifyInterview: [{ assetId: await storePayStatement(client, customerId) }] } } };
  if (type === 'statement') return { customerId, body: { statementReportData: { accountId: Number(accountOf(accounts, 'checking').id), statementIndex: 1 } } };
  if (type === 'transactions') return { customerId, fromDate: now - 90 * 86_400, toDate: now, body: {} };
  return { customerId, body: {} };
}

export async function generate(id: OperationId, bench: Bench, who: Ready, more: Record<string, unknown> = {}): Promise<Ack> {
  return (await bench.client.send(id, { ...(await leastInput(id, who, bench)), ...more })).body as Ack;
}

/** Follows the way the explorer does; the clock runs a minute ahead at every look that finds it unfinished. */
export async function follow({ client, sandbox }: Bench, { customerId }: { customerId: string }, reportId: string): Promise<{ report: ReportState; states: string[] }> {
  const states: string[] = [];
  const moves: Promise<unknown>[] = [];
  const report = await client.followReport({ customerId, reportId }, {
    purpose: PURPOSE, intervalMs: 10,
    onState: ({ status }) => {
      states.push(status);
      if (status === 'inProgress') moves.push(sandbox.control.clock({ advance: 60 }));
    },
  });
  await Promise.all(moves);
  return { report, states };
}
