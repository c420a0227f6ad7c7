// Money on other ways, in words: switches of salaries and bill payments, micro-deposits.
import { tooltip } from './markdown.ts';
import type { NodeOf } from './nodes.ts';
import type { DescribeContext, NodeIcon, NodeWords } from './view.ts';
import { age, dateTime, day } from './words.ts';
import { moment, number, text } from './wire.ts';

export const describeTransfers = (): NodeWords => ({
  label: 'Transfers', icon: { id: 'arrow-swap' }, tooltip: tooltip('Transfers', [], 'Switches that the person made in Connect Transfer: of the salary to another account, of a bill to another card or account.'),
});

export const describeDepositSwitches = (): NodeWords => ({
  label: 'Deposit Switches', icon: { id: 'inbox' }, tooltip: tooltip('Deposit switches', [], 'The salary to another account: the latest ten, which is all that the API lists.'),
});

export const describeBillPaySwitches = (): NodeWords => ({
  label: 'Bill Pay Switches', icon: { id: 'credit-card' }, tooltip: tooltip('Bill pay switches', [], 'A bill to another card or account: the latest ten, which is all that the API lists.'),
});

const switchIcons: Readonly<Record<string, NodeIcon>> = {
  processing: { id: 'loading~spin' }, completed: { id: 'pass', color: 'testing.iconPassed' }, failed: { id: 'error', color: 'testing.iconFailed' },
};

/** What follows from a reason, by who can do something about it. */
const remedies: readonly (readonly [reasons: readonly string[], remedy: string])[] = [
  [['bad-credentials', 'expired', 'user-abandon', 'session-timeout', 'account-lockout', 'account-setup-incomplete'], 'The person can mend it: send a new link.'],
  [['connection-error', 'system-unavailable'], 'It passes: send a new link later.'],
  [['distribution-not-supported', 'product-not-supported', 'enrolled-in-paycard', 'transaction-pending', 'work-status-terminated'], 'The provider or the employer refuses.'],
];

export function describeSwitch({ kind, switchId, data }: NodeOf<'depositSwitch' | 'billPaySwitch'>, { locale, now }: DescribeContext): NodeWords {
  const status = text(data.status) ?? 'unknown';
  const reason = text(data.failureReason);
  const created = moment(data.createdDate);
  const name = kind === 'depositSwitch' ? 'Deposit switch' : 'Bill pay switch';
  const made = day(created, locale);
  return {
    label: made ?? name, description: [reason ? `${status}: ${reason.replaceAll('-', ' ')}` : status, created && age(created, now)].filter(Boolean).join(' · '),
    flags: [status], icon: switchIcons[status] ?? { id: 'question' }, opens: true, spoken: [name, made && `of ${made}`, status, reason?.replaceAll('-', ' ')].filter(Boolean).join(', '),
    tooltip: tooltip(name, [
      ['State', status], ['Why', reason], ['What to do', remedies.find(([reasons]) => reason !== undefined && reasons.includes(reason))?.[1]], ['Made', dateTime(created, locale)], ['Switch id', switchId],
    ], status === 'processing' ? 'It turns into a completed or failed one by itself while this branch is open.' : 'Opens the details: the provider, and where the money goes.'),
  };
}

export const describeMicroDeposits = (): NodeWords => ({
  label: 'Micro-Deposits', icon: { id: 'verified' },
  tooltip: tooltip('Micro-deposits', [], 'Two small deposits to an account that need not be linked, whose amounts its owner tells back. The API cannot list them: shown are those sent from this editor.'),
});

interface DepositState { words: string; icon: NodeIcon; next?: string }
const depositStates: Readonly<Record<string, DepositState>> = {
  Pending: { words: 'on their way', icon: { id: 'watch', color: 'charts.yellow' }, next: 'They usually arrive after a banking day or two.' },
  Completed: { words: 'arrived, to be verified', icon: { id: 'circle-outline' }, next: 'Run an Operation Here verifies the two amounts. The API does not say how many tries are left; after a few wrong ones the deposits fail for good.' },
  Verified: { words: 'verified', icon: { id: 'pass', color: 'testing.iconPassed' } },
  Rejected: { words: 'rejected by the bank', icon: { id: 'error', color: 'testing.iconFailed' }, next: 'Check the account and send two more.' },
  Returned: { words: 'sent back by the bank', icon: { id: 'error', color: 'testing.iconFailed' }, next: 'Check the account and send two more.' },
  Failed: { words: 'failed', icon: { id: 'error', color: 'testing.iconFailed' }, next: 'No more tries, or another failure: send two more.' },
  Expired: { words: 'expired', icon: { id: 'circle-slash' }, next: 'They waited too long: send two more.' },
};

export function describeMicroDeposit({ depositAccountId, data }: NodeOf<'microDeposit'>, { locale }: DescribeContext): NodeWords {
  const status = text(data.status) ?? 'unknown';
  const { words, icon, next }: DepositState = (Object.hasOwn(depositStates, status) ? depositStates[status] : undefined) ?? { words: status, icon: { id: 'question' } };
  const four = text(data.accountNumberLast4);
  // The API's own date has no time zone; ours is when they were sent from here.
  const sent = number(data.notedAt);
  return {
    label: four ? `Account ··${four}` : `Account ${depositAccountId}`, description: [words, day(sent, locale)].filter(Boolean).join(' · '), flags: [status], icon, opens: true,
    tooltip: tooltip('Micro-deposits', [
      ['State', words === status ? status : `${status} (${words})`], ['Next', next], ['Routing number', text(data.routingNumber)], ['Account number ends in', four], ['Rail', text(data.railType)], ['Found in account', text(data.autoVerifiedAccount)],
      ['Sent', dateTime(sent, locale)], ['Account id', depositAccountId],
    ], 'Opens the details. The account id is of its own kind: it is none of the customer\'s linked accounts.'),
  };
}
