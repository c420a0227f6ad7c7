// Customers, consumers, businesses, reports, institutions and app registrations in words.
import { certifiedProducts } from './filters.ts';
import { isRunning } from './loaders/reports.ts';
import { tooltip } from './markdown.ts';
import type { NodeOf } from './nodes.ts';
import type { DescribeContext, NodeIcon, NodeWords } from './view.ts';
import { age, customerName, dateTime } from './words.ts';
import { moment, record, records, text, truth } from './wire.ts';

export function describeCustomer({ customerId, data }: NodeOf<'customer'>, { locale }: DescribeContext): NodeWords {
  const name = customerName(data, customerId);
  const username = text(data.username);
  const type = data.type === 'active' ? 'active' : data.type === 'testing' ? 'testing' : undefined;
  return {
    label: name, description: username === name ? undefined : username, flags: type ? [type] : [], icon: { id: 'person' },
    tooltip: tooltip(name, [
      ['Username', username], ['Customer id', customerId], ['Type', type === 'active' ? 'active (billable)' : type], ['E-mail', text(data.email)], ['Phone', text(data.phone)],
      ['Enrolled', dateTime(moment(data.createdDate), locale)], ['Changed', dateTime(moment(data.lastModifiedDate), locale)],
    ]),
    spoken: [name, username === name ? undefined : `username ${username}`, type && `${type} customer`].filter(Boolean).join(', '),
  };
}

export function describeConsumer({ recordId, data }: NodeOf<'consumerRecord'>, { locale }: DescribeContext): NodeWords {
  const name = customerName(data, recordId);
  return {
    label: name, description: [text(data.city), text(data.state)].filter(Boolean).join(', ') || undefined, icon: { id: 'account' }, opens: true,
    tooltip: tooltip(name, [['Consumer id', recordId], ['E-mail', text(data.email)], ['Phone', text(data.phone)], ['Created', dateTime(moment(data.createdDate), locale)]], 'Opens the consumer record.'),
  };
}

export function describeBusiness({ recordId, data }: NodeOf<'businessRecord'>, { locale }: DescribeContext): NodeWords {
  const name = text(data.name) ?? text(data.businessName) ?? recordId;
  return {
    label: name, icon: { id: 'briefcase' }, opens: true,
    tooltip: tooltip(name, [['Business id', recordId], ['Type', text(data.type)], ['Created', dateTime(moment(data.createdDate), locale)]], 'Opens the business record.'),
  };
}

const reportStates: Readonly<Record<'running' | 'success' | 'failure', { icon: NodeIcon; words: string }>> = {
  running: { icon: { id: 'loading~spin' }, words: 'being made' },
  success: { icon: { id: 'pass', color: 'testing.iconPassed' }, words: 'finished' },
  failure: { icon: { id: 'error', color: 'testing.iconFailed' }, words: 'failed' },
};

export function describeReport({ reportId, title, data }: NodeOf<'report'>, { locale, now }: DescribeContext): NodeWords {
  const state = isRunning(data) ? 'running' : data.status === 'failure' ? 'failure' : 'success';
  const created = moment(data.createdDate);
  const { icon, words } = reportStates[state];
  const errors = records(data, 'errors').map((error) => [text(error.code), text(error.message)].filter(Boolean).join(': ')).join('; ');
  return {
    label: title, description: [state === 'success' ? undefined : words, created && age(created, now)].filter(Boolean).join(' · '), flags: [state], icon, opens: true,
    tooltip: tooltip(title, [
      ['State', words], ['Errors', errors], ['Type', text(data.type)], ['Report id', reportId], ['Made for', text(data.requesterName)], ['Asked for', dateTime(created, locale)],
      ['Portfolio', text(data.portfolioId)], ['Consumer id', text(data.consumerId)], ['Request id', text(data.requestId)],
    ], state === 'running' ? 'It turns into a finished one by itself while this branch is open.' : undefined),
    spoken: [title, words, created && age(created, now)].filter(Boolean).join(', '),
  };
}

export function describeInstitution({ institutionId, data }: NodeOf<'institution'>): NodeWords {
  const name = text(data.name) ?? `Institution ${institutionId}`;
  const oauth = truth(data.oauthEnabled);
  const certified = Object.keys(certifiedProducts).filter((product) => truth(data[product]));
  const address = record(data.address);
  const status = text(data.status);
  const unavailable = status === 'offline' || status === 'maintenance';
  return {
    label: name, description: [status === 'online' ? undefined : status, institutionId].filter(Boolean).join(' · '), flags: oauth ? ['oauth'] : [], opens: true,
    icon: unavailable ? { id: 'warning', color: 'list.warningForeground' } : { id: 'home' },
    tooltip: tooltip(name, [
      ['Institution id', institutionId], ['Kind', text(data.accountTypeDescription)], ['State', status], ['Sign-in', oauth ? 'OAuth, at the institution' : 'credentials'],
      ['Moves to', text(data.newInstitutionId) ?? text(data.oauthInstitutionId)], ['Certified for', certified.map((product) => certifiedProducts[product]).join(', ') || 'nothing'],
      ['Currency', text(data.currency)], ['Site', text(data.urlHomeApp)], ['Phone', text(data.phone)], ['Place', [text(address.city), text(address.state), text(address.country)].filter(Boolean).join(', ')],
    ]),
  };
}

const registrationStates: Readonly<Record<string, { words: string; icon: NodeIcon }>> = {
  A: { words: 'approved', icon: { id: 'pass', color: 'testing.iconPassed' } },
  P: { words: 'pending', icon: { id: 'watch' } },
  R: { words: 'rejected', icon: { id: 'error', color: 'testing.iconFailed' } },
  S: { words: 'not needed', icon: { id: 'circle-slash' } },
  D: { words: 'deleted', icon: { id: 'trash' } },
};

export function describeAppRegistration({ preAppId, data }: NodeOf<'appRegistration'>, { locale }: DescribeContext): NodeWords {
  const name = text(data.name) ?? text(data.appName) ?? `Application ${preAppId}`;
  const status = text(data.status);
  const state = status === undefined ? undefined : registrationStates[status];
  return {
    label: name, description: state?.words ?? status, flags: status ? [status] : [], icon: state?.icon ?? { id: 'window' }, opens: true,
    tooltip: tooltip(name, [
      ['State', state ? `${state.words} (${status})` : status], ['Note', text(data.note)], ['Pre-app id', preAppId], ['Application id', text(data.applicationId)], ['Scopes', text(data.scopes)],
      ['Submitted', dateTime(moment(data.submittedDate), locale)], ['Changed', dateTime(moment(data.modifiedDate), locale)],
    ]),
  };
}
