// The partner's webhook subscriptions with their events, which come in one list.
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import { webhookPath } from '../paths.ts';
import type { LoadResult } from '../source.ts';
import { number, record, records, text, type Wire } from '../wire.ts';
import { asTree, nextPage, open, unlessAbsent, window, type Loader } from './reading.ts';

export const loadWebhookSubscriptions: Loader<'webhookSubscriptions'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { start, limit: wanted } = window(request);
  // This list gives 100 at most in one answer.
  const limit = Math.min(100, wanted);
  const body = await unlessAbsent(client.call('listWebhookSubscriptions', { offset: start, limit }, asTree(request)));
  const nodes = records(body, 'subscriptions').flatMap((data) => subscriptionNode(node.connectionId, data));
  const found = number(record(body).total) ?? (start === 1 && nodes.length < limit ? nodes.length : undefined);
  const more = nodes.length > 0 && (found === undefined ? nodes.length >= limit : start * limit < found);
  return {
    nodes, found, next: more ? nextPage(start, limit) : undefined, summary: found === 0 ? 'none yet' : found?.toLocaleString('en-US'),
    preloaded: new Map(nodes.map((subscription) => [subscription.path, events(subscription)])),
    empty: [{
      text: 'No subscriptions yet: subscribe', command: 'openBanking.runOperation', argument: node, operationId: 'createWebhookSubscription',
      detail: 'A listener of yours is told of consents, expiring sign-ins, linked accounts and refreshed transactions. This opens the request that subscribes.',
    }],
  };
};

function subscriptionNode(connectionId: string, data: Wire): NodeOf<'webhookSubscription'>[] {
  const id = text(data.subscriptionId);
  return id === undefined ? [] : [{ kind: 'webhookSubscription', path: webhookPath(connectionId, id), connectionId, webhookSubscriptionId: id, data }];
}

/** A subscription's events come with the list; asked for alone, only that subscription is read. */
export const loadWebhookSubscription: Loader<'webhookSubscription'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  return events({ ...node, data: record(await client.call('getWebhookSubscriptionById', { subscription_id: node.webhookSubscriptionId }, asTree(request))) });
};

function events(node: NodeOf<'webhookSubscription'>): LoadResult {
  const { path, connectionId, webhookSubscriptionId, data } = node;
  return {
    nodes: records(data, 'events').flatMap((event): ExplorerNode[] => {
      const id = text(event.webhookEventId);
      return id === undefined ? [] : [{ kind: 'webhookEvent', path: `${path}/${encodeURIComponent(id)}`, connectionId, webhookSubscriptionId, webhookEventId: id, data: event }];
    }),
    empty: [{
      text: 'No events left: name some', command: 'openBanking.runOperation', argument: node, operationId: 'updateWebhookSubscription',
      detail: 'A subscription without events delivers nothing. This opens the request that replaces its address and events.',
    }],
  };
}
