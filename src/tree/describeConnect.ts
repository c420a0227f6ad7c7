// The partner's own settings in words: webhook subscriptions and their events, experiences, saved configurations.
import { tooltip } from './markdown.ts';
import type { NodeOf } from './nodes.ts';
import type { DescribeContext, NodeIcon, NodeWords } from './view.ts';
import { counted, dateTime } from './words.ts';
import { moment, record, records, text, truth, type Wire } from './wire.ts';

const deprecated = 'Deprecated: all twelve operations of this family are to be replaced by a service of their own.';

export const describeWebhookSubscriptions = (): NodeWords => ({
  label: 'Webhook Subscriptions', icon: { id: 'broadcast' }, tooltip: tooltip('Webhook subscriptions', [], 'Listeners of yours that are told of events of several families.', deprecated),
});

const webhookIcons: Readonly<Record<string, NodeIcon>> = {
  active: { id: 'pass', color: 'testing.iconPassed' }, pending: { id: 'watch', color: 'charts.yellow' }, inactive: { id: 'circle-slash' }, removed: { id: 'trash' },
};
const webhookStates: Readonly<Record<string, string>> = {
  active: 'delivered', pending: 'asked for, not in force yet', inactive: 'switched off, can be switched on again', removed: 'over for good',
};
const iconOf = (status: string): NodeIcon => webhookIcons[status] ?? { id: 'question' };
const stateOf = (status: string): string => (webhookStates[status] === undefined ? status : `${status} (${webhookStates[status]})`);

/** The host alone: path and query of a listener may carry its password. */
function hostOf(url: unknown): string | undefined {
  const address = text(url);
  return address !== undefined && URL.canParse(address) ? new URL(address).host : undefined;
}

export function describeWebhookSubscription({ webhookSubscriptionId, data }: NodeOf<'webhookSubscription'>, { locale }: DescribeContext): NodeWords {
  const status = text(data.status) ?? 'unknown';
  const events = records(data, 'events');
  const hosts = [...new Set([data.url, ...events.map(({ url }) => url)].map(hostOf).filter((host) => host !== undefined))];
  const name = hosts.length === 0 ? webhookSubscriptionId : hosts.length === 1 ? hosts[0]! : `${hosts[0]} and ${hosts.length - 1} more`;
  return {
    label: name, description: [status, counted(events.length, 'event')].join(' · '), flags: [status], icon: iconOf(status),
    tooltip: tooltip(`Webhook subscription: ${name}`, [
      ['State', stateOf(status)], ['Events', events.map((event) => text(event.name)).filter(Boolean).join(', ')], ['Made', dateTime(moment(data.createdDate), locale)],
      ['Changed', dateTime(moment(data.lastUpdatedDate), locale)], ['Subscription id', webhookSubscriptionId],
    ], 'Run an Operation Here tests it, switches it on or off, changes or ends it. Open as JSON shows the whole addresses.', deprecated),
  };
}

export function describeWebhookEvent({ webhookEventId, data }: NodeOf<'webhookEvent'>): NodeWords {
  const name = text(data.name) ?? webhookEventId;
  const status = text(data.status) ?? 'unknown';
  const condition = conditionWords(record(data.condition));
  return {
    label: name, description: [status, condition].filter(Boolean).join(' · '), flags: [status], icon: iconOf(status), opens: true,
    tooltip: tooltip(name, [['State', stateOf(status)], ['Condition', condition], ['Listener', hostOf(data.url) ?? 'the subscription\'s'], ['Event id', webhookEventId]],
      'Opens the subscription. Its subscription must be active too for the event to be delivered.', deprecated),
  };
}

function conditionWords(condition: Wire): string | undefined {
  const field = text(condition.subscribeFor);
  const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).filter(Boolean).join(', ') : '');
  const [only, except] = [list(condition.includes), list(condition.excludes)];
  return field === undefined ? undefined : [only && `only ${field} ${only}`, except && `not ${field} ${except}`].filter(Boolean).join(', ') || field;
}

export const describeConnectBranch = (): NodeWords => ({
  label: 'Connect', icon: { id: 'link' }, tooltip: tooltip('Connect', [], 'How people link their accounts: experiences of Connect, saved configurations of Connect Components.'),
});

export const describeExperiences = (): NodeWords => ({
  label: 'Experiences', icon: { id: 'paintcan' }, tooltip: tooltip('Experiences', [], 'How Connect looks and which reports it makes at the end, by registered application. A link names one by its id.'),
});

export const describeExperienceApp = ({ appName }: NodeOf<'experienceApp'>): NodeWords => ({
  label: appName, icon: { id: 'window' }, tooltip: tooltip(appName, [], 'Experiences are listed by the name with which the application was registered.'),
});

export function describeExperience({ appName, experienceId, data }: NodeOf<'experience'>): NodeWords {
  const codes = list(data.productCode).join(', ');
  return {
    label: codes || 'No product codes', description: experienceId, icon: { id: 'paintcan' }, opens: true,
    tooltip: tooltip(`Experience of ${appName}`, [['Product codes', codes], ['Experience id', experienceId]], 'Opens the application\'s experiences. A Connect link names it by its id; Run an Operation Here copies it for an indirect partner.'),
  };
}

export const describeConfigurations = (): NodeWords => ({
  label: 'Components Configurations', icon: { id: 'settings-gear' },
  tooltip: tooltip('Connect Components configurations', [], 'Saved rules for the sign-ins that you draw yourself with Connect Components. They cannot be changed, only deleted.'),
});

export function describeConfiguration({ configurationId, data }: NodeOf<'configuration'>): NodeWords {
  const [kinds, classes] = [list(data.filterAccounts).join(', '), list(data.accountClassificationType).join(', ')];
  const owner = truth(data.aoRequired);
  return {
    label: [kinds, classes, owner && 'account owner required'].filter(Boolean).join(' · ') || 'No restrictions', description: configurationId, icon: { id: 'settings-gear' }, opens: true,
    tooltip: tooltip('Connect Components configuration', [
      ['Kinds of account', kinds || 'all'], ['Classifications', classes || 'all'], ['Account owner', owner ? 'must be shared' : 'need not be shared'], ['Configuration id', configurationId],
    ], 'Opens the configuration. A form or an OAuth address is made with it by its id; Run an Operation Here deletes it.'),
  };
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(text).filter((item) => item !== undefined) : []);
