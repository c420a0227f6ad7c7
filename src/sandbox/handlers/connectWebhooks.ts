// Events of Connect to the listener that a link was made with. The ping comes before the link is answered and must be taken with 2xx;
// the others while the person uses the link, in order. Signed with HMAC-SHA256 of the raw body by the partner secret, in hex.
// A listener elsewhere that this machine cannot reach is taken to be there: the sandbox is used without a network, too.
import { createHmac } from 'node:crypto';
import { isThisMachine } from '../loopback.ts';
import { seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { SandboxContext, WebhookDelivery } from '../types.ts';
import { mayCall } from '../webhooks.ts';
import { toXml } from '../xml.ts';
import type { ConnectLinkRecord, LinkListener } from './connectLinks.ts';

/** Sends and waits for the listener's status; undefined when it could not be reached. */
export type Ask = (delivery: WebhookDelivery) => Promise<number | undefined>;

export interface ListenerParameters {
  webhook?: string;
  webhookContentType?: string;
  webhookData?: Record<string, unknown>;
  webhookHeaders?: Record<string, unknown>;
}

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** Names that only the sender may set. */
const OWN_HEADERS = /^(host|connection|content-(length|type)|transfer-encoding|keep-alive|upgrade|expect|te|trailer|x-finicity-signature)$/i;

const wrongHeader = (name: string) => new ApiFault(400, 10010, `"webhookHeaders.${name}" cannot be sent as a header`);

/** Undefined when the request names no listener. */
export function listenerOf({ webhook, webhookContentType = 'application/json', webhookData: data, webhookHeaders = {} }: ListenerParameters): LinkListener | undefined {
  if (webhook === undefined || webhook === '') return undefined;
  const headers = Object.entries(webhookHeaders).map(([name, value]): [string, string] => {
    const text = String(value);
    if (typeof value === 'object' || !HEADER_NAME.test(name) || OWN_HEADERS.test(name) || /[^\t -~\u0080-\u00ff]/.test(text)) throw wrongHeader(name);
    return [name, text];
  });
  if (!mayCall(webhook)) throw new ApiFault(400, 10010, '"webhook" must be https, or http on this machine');
  return { url: webhook, contentType: webhookContentType, data, headers: Object.fromEntries(headers) };
}

/** Throws when the listener does not take the ping. */
export async function pingListener(listener: LinkListener, secret: string, ask: Ask): Promise<void> {
  const status = await ask(signed(listener, { eventType: 'ping', payload: {} }, secret));
  if (status === undefined ? isThisMachine(new URL(listener.url).hostname) : status < 200 || status > 299) {
    throw new ApiFault(400, 10010, `"webhook" did not take the ping: ${status === undefined ? 'nobody answered' : `it answered ${status}`}`);
  }
}

export interface ConnectEvent {
  customerId: string;
  consumerId?: string;
  eventType: string;
  eventId: string;
  payload: unknown;
}

/** One event of a session; waits until the listener has it, so that they come in order. */
export async function sendConnectEvent(
  context: SandboxContext, { customerId, consumerId, listener }: ConnectLinkRecord, eventType: string, payload: unknown, secret: string, ask: Ask,
): Promise<ConnectEvent> {
  const count = context.state.next('connectEvent');
  const eventId = `${Math.floor(context.now()) * 1000 + (count % 1000)}-${seedRandom(context.world.seed, 'connect event', count).hex(24)}`;
  const event: ConnectEvent = { customerId, ...(consumerId === undefined ? {} : { consumerId }), eventType, eventId, payload };
  if (listener) await ask(signed(listener, listener.data ? { ...event, webhookData: listener.data } : event, secret));
  return event;
}

function signed({ url, contentType, headers }: LinkListener, event: unknown, secret: string): WebhookDelivery {
  const body = contentType === 'application/xml' ? toXml('event', event, { accounts: 'account' }) : JSON.stringify(event);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { url, body, headers: { ...headers, 'Content-Type': contentType, 'X-Finicity-Signature': signature } };
}
