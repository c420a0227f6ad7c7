// What the transactions view does beyond its rows: reads through the connection's session, so that guard, history and lock-out hold for it too,
// and opens requests for whatever changes something.
import * as vscode from 'vscode';
import { operation, type OperationId } from '../../api/catalogue.ts';
import { ApiError, CancelledError } from '../../client/errors.ts';
import type { CallOptions } from '../../client/types.ts';
import { resourceRequest } from '../../documents/resources.ts';
import { ToldError } from '../../platform/errors.ts';
import { userMessage } from '../../platform/messages.ts';
import type { Sessions } from '../../platform/sessions.ts';
import { requestTextOf } from '../../requests/newRequest.ts';
import { isRecord } from '../../webviews/protocol/guards.ts';
import type { TransactionsTarget, TransactionsWork } from '../../webviews/host/transactionsEditor.ts';
import { openRequest, type RunParts } from '../operations/runOperation.ts';
import { accountFacts, customerTitle, recurringStreams } from './accountRules.ts';
import { enrichBody } from './enrichRules.ts';

export interface TransactionsWorkParts extends RunParts {
  sessions: Pick<Sessions, 'open'>;
}

const pageSize = 1000;

export function transactionsWork(parts: TransactionsWorkParts): TransactionsWork {
  const { sessions } = parts;
  return {
    async *pages({ connectionId, ref }, { from, to, includePending }, start, signal) {
      const { client } = await sessions.open(connectionId);
      const query = new URLSearchParams({ fromDate: String(from), toDate: String(to), includePending: String(includePending) });
      const { operationId, input } = resourceRequest(ref, query, Date.now())!;
      yield* client.pages(operationId, input, { signal, origin: 'document', limit: pageSize, start });
    },
    about: (target, signal, masked) => about(parts, target, signal, masked),
    async recurring({ connectionId, ref }, signal, masked) {
      const { client } = await sessions.open(connectionId);
      const body = ref.kind === 'accountTransactions' ? { accountIds: [ref.accountId] } : undefined;
      return recurringStreams(masked((await client.send('GetRecurringTransactions', { customerId: ref.customerId, ...(body && { body }) }, { signal, origin: 'command' })).body));
    },
    loadHistory: async ({ connectionId, ref: { customerId } }, accountId) => vscode.commands.executeCommand('openBanking.loadHistoricTransactions',
      accountId === undefined ? { kind: 'transactions', path: '', connectionId, customerId } : { kind: 'accountTransactions', path: '', connectionId, customerId, accountId }),
    addTest: ({ connectionId, ref: { customerId } }, accountId) => {
      const entry = operation('CreateTxPushTestTransaction');
      const now = Math.floor(Date.now() / 1000);
      return openRequest(parts, entry, requestTextOf(entry, {
        connection: connectionId, parameters: { customerId, ...(accountId !== undefined && { accountId }) },
        body: { amount: -18.4, description: 'Test purchase', status: 'active', postedDate: now, transactionDate: now },
      }));
    },
    enrich: ({ connectionId }, rows) => {
      const entry = operation('enrichTransactions');
      return openRequest(parts, entry, requestTextOf(entry, { connection: connectionId, parameters: {}, body: enrichBody(rows) }));
    },
    words,
  };
}

async function about({ sessions }: TransactionsWorkParts, { connectionId, ref }: TransactionsTarget, signal: AbortSignal, masked: (body: unknown) => unknown): ReturnType<TransactionsWork['about']> {
  const { client } = await sessions.open(connectionId);
  const options: CallOptions = { signal, origin: 'document' };
  const { customerId } = ref;
  const read = (id: OperationId, input: Readonly<Record<string, unknown>>) => client.send(id, input, options).then(({ body }) => body, () => undefined);
  const [accounts, customer] = await Promise.all([
    ref.kind === 'accountTransactions' ? read('GetCustomerAccount', { customerId, accountId: ref.accountId }) : read('GetCustomerAccounts', { customerId }),
    read('GetCustomer', { customerId }),
  ]);
  return { accounts: accountFacts(masked(accounts)), ...(customer !== undefined && { customer: customerTitle(masked(customer), customerId) }), testing: isRecord(customer) && customer.type === 'testing' };
}

/** What happened, and for what ends a reading most often, what it means here. */
function words(error: unknown): string {
  if (error instanceof CancelledError) return 'The reading was stopped.';
  if (error instanceof ApiError && error.status === 404) return `The account or the customer is not there any more; it may have been deleted meanwhile. ${error.message}`;
  if (error instanceof ToldError) return error.message;
  const { severity, text } = userMessage(error);
  return severity === 'none' ? 'Not read: you said no. Nothing was sent.' : text;
}
