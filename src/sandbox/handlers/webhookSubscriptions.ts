// Webhook subscriptions (OBWMS). The family's errors are wrapped (errors.ts) and have two codes: 1501 for what is not there, 1502 for all
// that is not accepted. Records, statuses and deliveries are in webhookEvents.ts.
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { mayCall } from '../webhooks.ts';
import { nextUuid } from './newIds.ts';
import { OFFERED_EVENTS, sendTestEvent, subscriptionsOf, webhookStatus } from './webhookEvents.ts';
import type { SubscribedEvent, WebhookCondition, WebhookEventName, WebhookStatus, WebhookSubscription } from './webhookEvents.ts';

interface SentEvent { name: string; url?: string; condition?: WebhookCondition }
interface SentSubscription { url?: string; events: SentEvent[] }

const refused = (why: string) => new ApiFault(400, 1502, `Bad Request. ${why}`);
const missing = () => new ApiFault(404, 1501, 'Resource not found.');

// --- reading

function theSubscription({ path }: SandboxRequest, context: SandboxContext): WebhookSubscription {
  const found = subscriptionsOf(context).get(path.subscription_id ?? '');
  if (!found) throw missing();
  return found;
}

function theEvent({ path }: SandboxRequest, { events }: WebhookSubscription): SubscribedEvent {
  const found = events.find(({ webhookEventId }) => webhookEventId === path.webhook_event_id);
  if (!found) throw missing();
  return found;
}

const iso = (moment: number) => new Date(moment * 1000).toISOString().replace('.000', '');

const wireEvent = ({ webhookEventId, name, url, condition, ...standing }: SubscribedEvent, now: number) =>
  ({ webhookEventId, name, url, condition, status: webhookStatus(standing, now) });

const wire = (subscription: WebhookSubscription, now: number) => ({
  subscriptionId: subscription.subscriptionId, url: subscription.url, events: subscription.events.map((event) => wireEvent(event, now)),
  status: webhookStatus(subscription, now), createdDate: iso(subscription.createdDate), lastUpdatedDate: iso(subscription.lastUpdatedDate),
});

// --- checking

function checkAddress(url: string | undefined): void {
  if (url !== undefined && !mayCall(url)) throw refused('url must be https, or http on this machine');
}

function checkEvent({ name, url, condition }: SentEvent, general: string | undefined): void {
  const offered = OFFERED_EVENTS.find((event) => event.name === name);
  if (!offered) throw refused(`Unknown event (${name})`);
  if (url === undefined && general === undefined) throw refused(`No url for the event ${name}`);
  checkAddress(url);
  if (!condition) return;
  const fields = offered.fields.map((field) => field.toLowerCase());
  if (!fields.includes(condition.subscribeFor.toLowerCase())) throw refused(`The event ${name} cannot be subscribed to by ${condition.subscribeFor}`);
}

function readSubscription({ body }: SandboxRequest): SentSubscription {
  const sent = body as SentSubscription;
  if (sent.events.length === 0) throw refused('events must not be empty');
  checkAddress(sent.url);
  for (const event of sent.events) checkEvent(event, sent.url);
  return sent;
}

// --- changing

const newEvent = (sent: SentEvent, context: SandboxContext): SubscribedEvent => ({
  webhookEventId: nextUuid(context, 'webhookEvent'), name: sent.name as WebhookEventName, url: sent.url, condition: sent.condition, status: 'pending', statusDate: context.now(),
});

/** Events that stay, by their name, keep id and status; one that was removed begins anew. */
function mergedEvents(previous: readonly SubscribedEvent[], sent: readonly SentEvent[], context: SandboxContext): SubscribedEvent[] {
  const left = previous.filter(({ status }) => status !== 'removed');
  return sent.map((one) => {
    const at = left.findIndex(({ name }) => name === one.name);
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return kept ? { ...kept, url: one.url, condition: one.condition } : newEvent(one, context);
  });
}

function save(subscription: WebhookSubscription, context: SandboxContext): WebhookSubscription {
  const saved = { ...subscription, lastUpdatedDate: context.now() };
  subscriptionsOf(context).put(saved.subscriptionId, saved);
  return saved;
}

const withEvent = (subscription: WebhookSubscription, changed: SubscribedEvent): WebhookSubscription =>
  ({ ...subscription, events: subscription.events.map((event) => (event.webhookEventId === changed.webhookEventId ? changed : event)) });

function standing<T extends Pick<SubscribedEvent, 'status' | 'statusDate'>>(record: T, status: WebhookStatus, context: SandboxContext): T {
  return record.status === 'removed' ? record : { ...record, status, statusDate: context.now() };
}

export const webhookSubscriptionHandlers: Handlers = {
  createWebhookSubscription: (request, context) => {
    const { url, events } = readSubscription(request);
    const now = context.now();
    const made = save({
      subscriptionId: nextUuid(context, 'webhookSubscription'), url, events: events.map((event) => newEvent(event, context)),
      status: 'pending', statusDate: now, createdDate: now, lastUpdatedDate: now,
    }, context);
    return { status: 201, json: wire(made, now) };
  },
  listWebhookSubscriptions: ({ query }, context) => {
    const [offset, limit] = [Number(query.offset ?? 1), Number(query.limit ?? 10)];
    const all = subscriptionsOf(context).entries().map(([, subscription]) => subscription);
    const shown = all.slice((offset - 1) * limit, offset * limit).map((subscription) => wire(subscription, context.now()));
    return { status: 200, json: { count: shown.length, offset, limit, total: all.length, subscriptions: shown } };
  },
  getWebhookSubscriptionById: (request, context) => ({ status: 200, json: wire(theSubscription(request, context), context.now()) }),
  updateWebhookSubscription: (request, context) => {
    const previous = theSubscription(request, context);
    const { url, events } = readSubscription(request);
    return { status: 200, json: wire(save({ ...previous, url, events: mergedEvents(previous.events, events, context) }, context), context.now()) };
  },
  deleteWebhookSubscription: (request, context) => {
    subscriptionsOf(context).delete(theSubscription(request, context).subscriptionId);
    return { status: 204 };
  },
  updateWebhookSubscriptionEvent: (request, context) => {
    const subscription = theSubscription(request, context);
    const event = theEvent(request, subscription);
    const { name, url, condition } = request.body as SentEvent;
    checkEvent({ name, url, condition }, subscription.url);
    save(withEvent(subscription, { ...event, name: name as WebhookEventName, url, condition }), context);
    return { status: 200, json: { name, url, condition } };
  },
  deleteWebhookSubscriptionEvent: (request, context) => {
    const subscription = theSubscription(request, context);
    const { webhookEventId } = theEvent(request, subscription);
    save({ ...subscription, events: subscription.events.filter((event) => event.webhookEventId !== webhookEventId) }, context);
    return { status: 204 };
  },
  changeWebhookSubscriptionEventStatus: (request, context) => {
    const subscription = theSubscription(request, context);
    const event = theEvent(request, subscription);
    const { status } = request.body as { status: WebhookStatus };
    if (event.status === 'removed' && status !== 'removed') throw refused('The event was removed');
    save(withEvent(subscription, standing(event, status, context)), context);
    return { status: 200, json: { status } };
  },
  changeWebhookSubscriptionStatus: (request, context) => {
    const subscription = theSubscription(request, context);
    const { status } = request.body as { status: WebhookStatus };
    if (subscription.status === 'removed' && status !== 'removed') throw refused('The subscription was removed');
    save({ ...standing(subscription, status, context), events: subscription.events.map((event) => standing(event, status, context)) }, context);
    return { status: 200, json: { status } };
  },
  listAvailableWebhookSubscriptionEvents: () => ({
    status: 200,
    json: {
      events: OFFERED_EVENTS.map(({ name, description, fields }) => ({
        name, description, status: 'active',
        conditionalSubscription: { applicable: fields.length > 0, ...(fields.length > 0 ? { fields: fields.join(',') } : {}), mandatory: false },
      })),
    },
  }),
  testWebhookSubscription: (request, context) => {
    const subscription = theSubscription(request, context);
    const events = subscription.events.filter(({ status }) => status !== 'removed');
    if (events.length === 0 || subscription.status === 'removed') throw refused('The subscription has no events to test');
    for (const event of events) sendTestEvent(context, subscription, event);
    return { status: 200 };
  },
  testWebhookSubscriptionBasedOnEventId: (request, context) => {
    const subscription = theSubscription(request, context);
    const event = theEvent(request, subscription);
    if (event.status === 'removed') throw refused('The event was removed');
    sendTestEvent(context, subscription, event);
    return { status: 200 };
  },
};
