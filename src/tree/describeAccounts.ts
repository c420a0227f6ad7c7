// Accounts and what hangs under them, in words: names, types, money, and what an aggregation status means and asks for.
import { tooltip } from './markdown.ts';
import type { AccountState, NodeOf } from './nodes.ts';
import type { DescribeContext, NodeIcon, NodeWords } from './view.ts';
import { accountName, accountType, age, dateTime, lastFour, money, monthName } from './words.ts';
import { moment, number, text } from './wire.ts';

const icons: Readonly<Record<AccountState['level'], NodeIcon>> = {
  ok: { id: 'pass', color: 'testing.iconPassed' },
  new: { id: 'circle-outline' },
  wait: { id: 'watch', color: 'charts.yellow' },
  attention: { id: 'warning', color: 'list.warningForeground' },
  reconnect: { id: 'debug-disconnect', color: 'list.warningForeground' },
  gone: { id: 'circle-slash', color: 'list.errorForeground' },
};
const stateWords: Readonly<Record<AccountState['level'], string | undefined>> = {
  ok: undefined, new: 'not read yet', wait: 'waiting', attention: 'needs attention', reconnect: 'sign-in needed', gone: 'gone at the institution',
};

const stateFact = ({ code, meaning }: AccountState): readonly [string, string] => ['Aggregation status', code === undefined ? meaning : `${code}: ${meaning}`];

export function describeInstitutionLogin({ institutionId, institutionLoginId, institutionName, state, accountCount, shortId }: NodeOf<'institutionLogin'>): NodeWords {
  const words = stateWords[state.level];
  return {
    label: institutionName ?? `Institution ${institutionId || 'unknown'}`,
    description: [words, shortId && `login ··${shortId}`, `${accountCount} ${accountCount === 1 ? 'account' : 'accounts'}`].filter((part) => part !== undefined).join(' · '),
    flags: state.level === 'ok' ? [] : [state.level], expanded: true, icon: { id: 'home', ...(state.level !== 'ok' && { color: icons[state.level].color }) },
    tooltip: tooltip(institutionName ?? 'Institution', [['Institution id', institutionId], ['Institution login id', institutionLoginId], stateFact(state), ['What to do', state.fix]],
      'One sign-in of the customer at this institution, with the worst state among its accounts.'),
  };
}

export function describeAccount({ data, state, accountId, institutionName }: NodeOf<'account'>, { locale, now }: DescribeContext): NodeWords {
  const type = accountType(text(data.type));
  const four = lastFour(data);
  const balance = number(data.balance);
  const amount = balance === undefined ? undefined : money(balance, text(data.currency), locale);
  const balanceAt = moment(data.balanceDate);
  const name = accountName(data);
  return {
    label: name,
    // What matters most comes first: a narrow view cuts the end off.
    description: [stateWords[state.level], amount, four && `··${four}`, type === name ? undefined : type].filter((part) => part !== undefined && part !== '').join(' · '),
    flags: [state.level], icon: icons[state.level],
    tooltip: tooltip(name, [
      stateFact(state), ['What to do', state.level === 'ok' ? undefined : state.fix], ['Type', type], ['Number ends in', four], ['Balance', amount && (balanceAt ? `${amount}, ${age(balanceAt, now)}` : amount)],
      ['Institution', institutionName], ['Last read', dateTime(moment(data.aggregationSuccessDate), locale)], ['Last tried', dateTime(moment(data.aggregationAttemptDate), locale)],
      ['Linked', dateTime(moment(data.createdDate), locale)], ['Account id', accountId],
    ]),
    spoken: [name, type, four && `ending in ${four}`, amount, state.level === 'ok' ? 'up to date' : stateWords[state.level]].filter(Boolean).join(', '),
  };
}

export function describeAccountBranch({ kind, title, accountId, data }: NodeOf<'accountTransactions' | 'accountStatements' | 'accountSubscriptions'>): NodeWords {
  // Among the branches of other accounts it is told by its account.
  const four = data && lastFour(data);
  const named = title === undefined ? {} : { label: title, description: [four && `··${four}`, data ? accountType(text(data.type)) : 'not linked any more'].filter(Boolean).join(' · ') };
  const facts = title === undefined ? [] : [['Account', title], ['Account id', accountId]] as const;
  switch (kind) {
    case 'accountTransactions': return {
      label: 'Transactions', description: 'last 24 months', icon: { id: 'list-flat' }, opens: true,
      tooltip: tooltip('Transactions of this account', [], 'Opens them as a table that filters, groups, sums and exports; pages are read as it takes them. As JSON it is the last 90 days, 5,000 at most.'),
    };
    case 'accountStatements': return {
      label: 'Statements', icon: { id: 'file-pdf' }, ...named,
      tooltip: tooltip('Statements', facts, 'The bank\'s own PDF statements of the last 24 months. Opening one contacts the bank, may take three minutes and is billable on a real connection; you are asked first.'),
    };
    case 'accountSubscriptions': return {
      label: 'Subscriptions', icon: { id: 'rss' }, ...named,
      tooltip: tooltip('TxPUSH subscriptions', facts, 'The API cannot list them: shown are those made from this editor. Others may exist.'),
    };
  }
}

export function describeStatement({ index, month, accountId }: NodeOf<'statement'>, { locale }: DescribeContext): NodeWords {
  return {
    label: monthName(month, locale), description: index === 1 ? 'newest' : undefined, icon: { id: 'file-pdf' }, opens: true,
    tooltip: tooltip(`Statement of ${monthName(month, locale)}`, [['Index', `${index} (1 is the newest)`], ['Account id', accountId]],
      'Opens the PDF. This contacts the bank, may take three minutes and is billable on a real connection; you are asked first.',
      'The month is counted back from today. The API knows statements by index only, and a bank may be a month behind or keep fewer.'),
  };
}

export function describeSubscription({ subscriptionId, data, accountId }: NodeOf<'subscription'>, { locale }: DescribeContext): NodeWords {
  const type = text(data.type);
  return {
    label: type === undefined ? 'TxPUSH subscription' : `${type.charAt(0).toUpperCase()}${type.slice(1)} events`, description: subscriptionId, icon: { id: 'rss' },
    tooltip: tooltip('TxPUSH subscription', [['Tells of', type], ['Subscription id', subscriptionId], ['Account id', accountId], ['Made', dateTime(number(data.notedAt), locale)]],
      'Remembered from when it was made here; the API cannot say whether it still stands.'),
  };
}
