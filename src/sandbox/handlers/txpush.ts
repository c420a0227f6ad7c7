// TxPUSH: listeners are really verified (a GET that must give the code back) and really called, each event signed with its subscription's
// key over content type, host and Base64 of the body. A listener elsewhere that this machine cannot reach is taken to be there, as it is with
// Connect. Quirks kept: two subscriptions a call, ids as numbers, JSON or XML events by the Accept of the subscribing call; and, when the
// control plane's rule `deleteRefusesJson` says so, DeleteTxPushSubscription answering 14025 in XML to a caller that takes JSON alone.
import { createHmac, randomBytes } from 'node:crypto';
import type { TransactionEntity } from '../entities.ts';
import { isThisMachine } from '../loopback.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext } from '../types.ts';
import { mayCall } from '../webhooks.ts';
import { toXml } from '../xml.ts';
import { theAccount } from './accountAccess.ts';
import { wireAccount } from './accountWire.ts';
import { wireTransaction } from './transactionWire.ts';

interface Subscription {
  id: number;
  customerId: string;
  accountId: string;
  type: 'account' | 'transaction';
  callbackUrl: string;
  signingKey: string;
  format: 'json' | 'xml';
}

export interface TxPushParts {
  probe(url: string): Promise<{ status: number; text: string }>;
}

const subscriptions = ({ state }: SandboxContext) => state.bag<Subscription>('txpush');
const ofAccount = (context: SandboxContext, accountId: string) =>
  subscriptions(context).entries().map(([, subscription]) => subscription).filter((subscription) => subscription.accountId === accountId);

async function verify(callbackUrl: string, probe: TxPushParts['probe']): Promise<void> {
  if (!mayCall(callbackUrl)) throw new ApiFault(400, 14020, 'Invalid callbackUrl: https, or http on this machine');
  const code = randomBytes(12).toString('hex');
  const url = new URL(callbackUrl);
  url.searchParams.set('txpush_verification_code', code);
  const answer = await probe(url.href).catch(() => undefined);
  const confirmed = answer ? answer.status === 200 && answer.text.trim() === code : !isThisMachine(url.hostname);
  if (!confirmed) throw new ApiFault(400, 14020, 'The listener at callbackUrl did not give back the txpush_verification_code');
}

function send(context: SandboxContext, subscription: Subscription, type: string, records: unknown[]): void {
  const { callbackUrl, signingKey, format } = subscription;
  const event = { class: subscription.type, type, records };
  const body = format === 'json' ? JSON.stringify({ event }) : toXml('event', event, { records: subscription.type });
  const contentType = format === 'json' ? 'application/json' : 'application/xml';
  const signature = createHmac('sha256', signingKey).update(contentType + new URL(callbackUrl).host + Buffer.from(body).toString('base64')).digest('hex');
  context.notify({ url: callbackUrl, body, headers: { 'Content-Type': contentType, 'x-txpush-signature': signature } });
}

export function txpushHandlers({ probe }: TxPushParts): Handlers {
  return {
    SubscribeToTxPushNotifications: async (request, context) => {
      const account = theAccount(request, context);
      const { callbackUrl } = request.body as { callbackUrl: string };
      await verify(callbackUrl, probe);
      const made = (['account', 'transaction'] as const).map((type): Subscription => ({
        id: 42_000_000 + context.state.next('subscription'), customerId: account.customerId, accountId: account.id, type, callbackUrl,
        signingKey: randomBytes(16).toString('hex'), format: request.accept === 'json' ? 'json' : 'xml',
      }));
      for (const one of made) subscriptions(context).put(String(one.id), one);
      return { status: 201, json: { subscriptions: made.map(({ id, type, signingKey }) => ({ id, accountId: Number(account.id), type, callbackUrl, signingKey })) } };
    },
    DisableTxPushNotifications: (request, context) => {
      const account = theAccount(request, context);
      const active = ofAccount(context, account.id);
      if (active.length === 0) throw new ApiFault(404, 60007, 'There is no active TxPUSH subscription for the account');
      for (const { id } of active) subscriptions(context).delete(String(id));
      return { status: 204 };
    },
    DeleteTxPushSubscription: ({ path, headers }, context) => {
      const refusesJson = context.state.bag<unknown>('rules').get('deleteRefusesJson') === true;
      if (refusesJson && /^\s*application\/json\s*(;[^,]*)?$/i.test(headers.accept ?? '')) throw new ApiFault(406, 14025, 'Not Acceptable.: [application/json]', { xml: true });
      const found = subscriptions(context).get(path.subscriptionId as string);
      if (found?.customerId !== path.customerId) throw new ApiFault(404, 60013, 'There is no active TxPUSH subscription for the customer');
      subscriptions(context).delete(path.subscriptionId as string);
      return { status: 204 };
    },
    CreateTxPushTestTransaction: (request, context) => {
      const account = theAccount(request, context);
      const { state, now } = context;
      if (state.customers.get(account.customerId)?.type !== 'testing') throw new ApiFault(400, 14020, 'Test transactions are for accounts of testing customers');
      const given = request.body as { amount: number; description: string; status?: 'active' | 'pending'; postedDate?: number; transactionDate: number };
      const { amount, description, status = 'active', transactionDate } = given;
      const transaction: TransactionEntity = {
        id: 99_000_000_000 + state.next('transaction'), accountId: account.id, customerId: account.customerId, amount, status, description,
        type: amount < 0 ? 'debit' : 'credit', transactionDate, postedDate: given.postedDate ?? (status === 'active' ? transactionDate : undefined),
        createdDate: now(), category: 'Uncategorized', payee: description,
      };
      state.injected.add(transaction);
      for (const subscription of ofAccount(context, account.id)) {
        if (subscription.type === 'transaction') send(context, subscription, 'created', [wireTransaction(transaction, account)]);
        else send(context, subscription, 'modified', [wireAccount(account, context)]);
      }
      return { status: 201, json: { id: transaction.id, createdDate: transaction.createdDate } };
    },
  };
}
