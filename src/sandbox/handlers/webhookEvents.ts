// Webhook subscriptions' records, and the delivery of events to them. A subscription and its event must both be active; a pending one is
// in force a few seconds after it was asked for, by the sandbox's clock. Each happening has one event id, each delivery a message id.
// The notification's body is not in the public description; it follows Connect's wrapper (eventType, eventId, payload).
import type { SandboxContext } from '../types.ts';
import { signWebhook } from '../webhookKey.ts';
import { nextUuid } from './newIds.ts';

export type WebhookStatus = 'active' | 'inactive' | 'pending' | 'removed';
export type WebhookEventName =
  | 'authorization.accesstoken.expiry' | 'manage.txpush.account.created' | 'mastercard.openbanking.customer.consent'
  | 'data-refresh.transaction.status-changed';

export interface WebhookCondition { subscribeFor: string; includes?: string[]; excludes?: string[] }

export interface SubscribedEvent {
  webhookEventId: string;
  name: WebhookEventName;
  url?: string;
  condition?: WebhookCondition;
  status: WebhookStatus;
  /** When the status was set, epoch seconds. */
  statusDate: number;
}

export interface WebhookSubscription {
  subscriptionId: string;
  url?: string;
  events: SubscribedEvent[];
  status: WebhookStatus;
  statusDate: number;
  createdDate: number;
  lastUpdatedDate: number;
}

interface OfferedEvent {
  name: WebhookEventName;
  description: string;
  /** Fields of the payload that a condition may look at. */
  fields: readonly string[];
  /** What a test call sends as payload. */
  sample: Record<string, unknown>;
}

export const OFFERED_EVENTS: readonly OfferedEvent[] = [
  {
    name: 'authorization.accesstoken.expiry', description: 'An institution login\'s access token is about to expire; the person must sign in again.',
    fields: ['institutionId'],
    sample: { customerId: '7200000001', institutionId: '102176', institutionLoginId: '930000004' },
  },
  {
    name: 'manage.txpush.account.created', description: 'An account was linked.', fields: ['accountId', 'customerId'],
    sample: { customerId: '7200000001', accountId: '8100000011', institutionId: '102105', institutionLoginId: '930000004' },
  },
  {
    name: 'mastercard.openbanking.customer.consent', description: 'A customer\'s consent to share data was given, changed or revoked.', fields: [],
    sample: { customerId: '7200000001', consentReceiptId: 'e5b7c1d2-3f40-4a86-9b1c-7d2e6f8a0c31', institutionId: '102105', institutionLoginId: '930000004', status: 'ACTIVE' },
  },
  {
    name: 'data-refresh.transaction.status-changed', description: 'A transaction refresh has reached another status.', fields: ['customerId'],
    sample: { customerId: '7200000001', refreshId: '0f3a6b1e-7c42-4d58-a9e1-2b5c8d7f4036', status: 'COMPLETED' },
  },
];

const ACTIVATES_AFTER = 5;

export const subscriptionsOf = ({ state }: Pick<SandboxContext, 'state'>) => state.bag<WebhookSubscription>('webhookSubscription');

/** Where a subscription or an event stands now. */
export const webhookStatus = ({ status, statusDate }: Pick<SubscribedEvent, 'status' | 'statusDate'>, now: number): WebhookStatus =>
  status === 'pending' && now - statusDate >= ACTIVATES_AFTER ? 'active' : status;

/**
 * Tells every active subscriber of a happening. `payload` should hold the fields that conditions look at (institutionId, accountId,
 * customerId); ids are compared as text. Does not wait for the deliveries.
 */
export function fireWebhookEvent(context: SandboxContext, eventType: WebhookEventName, payload: Readonly<Record<string, unknown>>): void {
  const now = context.now();
  let eventId: string | undefined;
  for (const [, subscription] of subscriptionsOf(context).entries()) {
    if (webhookStatus(subscription, now) !== 'active') continue;
    for (const event of subscription.events) {
      if (event.name !== eventType || webhookStatus(event, now) !== 'active' || !fits(event.condition, payload)) continue;
      deliver(context, subscription, event, eventId ??= nextUuid(context, 'webhookHappening'), payload);
    }
  }
}

/** A test call: sent whatever the status, marked as a test. */
export function sendTestEvent(context: SandboxContext, subscription: WebhookSubscription, event: SubscribedEvent): void {
  const sample = OFFERED_EVENTS.find(({ name }) => name === event.name)?.sample ?? {};
  deliver(context, subscription, event, nextUuid(context, 'webhookHappening'), { ...sample, test: true });
}

function deliver(context: SandboxContext, subscription: WebhookSubscription, event: SubscribedEvent, eventId: string, payload: Readonly<Record<string, unknown>>): void {
  const url = event.url ?? subscription.url;
  if (url === undefined) return;
  const body = JSON.stringify({
    eventId, eventType: event.name, eventDate: new Date(context.now() * 1000).toISOString(), subscriptionId: subscription.subscriptionId,
    webhookEventId: event.webhookEventId, payload,
  });
  // Real time, not the sandbox's clock: listeners refuse a timestamp that is far from their own.
  const timestamp = String(Date.now());
  context.notify({
    url, body,
    headers: {
      'Content-Type': 'application/json', 'X-Mastercard-Signature': signWebhook(context.world.seed, body, timestamp),
      'X-Mastercard-Signature-Timestamp': timestamp, 'X-Mastercard-Signature-Algorithm': 'SHA256withECDSA', 'X-Mastercard-Webhook-Message-Id': nextUuid(context, 'webhookMessage'),
    },
  });
}

function fits(condition: WebhookCondition | undefined, payload: Readonly<Record<string, unknown>>): boolean {
  if (!condition) return true;
  const field = condition.subscribeFor.toLowerCase();
  const values = Object.entries(payload).filter(([name]) => name.toLowerCase() === field).flatMap(([, value]) => value).map(String);
  const { includes, excludes = [] } = condition;
  return (!includes || values.some((value) => includes.includes(value))) && !values.some((value) => excludes.includes(value));
}
