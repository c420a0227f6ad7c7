// What the transactions view is told and what it sends on: answers are read as they come, and an enrichment names nobody.
import { describe, expect, it } from 'vitest';
import { accountFacts, customerTitle, recurringStreams } from '../../src/commands/transactions/accountRules.ts';
import { enrichBody } from '../../src/commands/transactions/enrichRules.ts';
import { operation } from '../../src/api/catalogue.ts';
import { checkRequest } from '../../src/requests/check.ts';
import { createMasker } from '../../src/masking/masker.ts';
import { requestTextOf } from '../../src/requests/newRequest.ts';
import { netPlace } from '../../src/webviews/ui/transactionLines.ts';
import { pageTitle } from '../../src/webviews/ui/transactionWords.ts';
import { transaction } from './transactionRows.ts';

describe('accounts', () => {
  it('of one answer or of a list, numbers as text too; what is no account is left out', () => {
    const account = { id: 8100000011, name: 'Checking', type: 'checking', currency: 'USD', balance: '12.5', balanceDate: 1_780_000_000 };
    expect(accountFacts(account)).toMatchObject([{ id: '8100000011', type: 'checking', currency: 'USD', balance: 12.5, balanceDate: 1_780_000_000 }]);
    for (const told of [1_780_000_000_000, '1780000000000']) expect(accountFacts({ ...account, balanceDate: told })).toMatchObject([{ balanceDate: 1_780_000_000 }]);
    expect(accountFacts({ accounts: [account, null, 'x', { name: 'no id' }] })).toHaveLength(1);
    expect([undefined, null, 'text', [], { accounts: null }].flatMap(accountFacts)).toEqual([]);
  });
});

describe('the heading', () => {
  it('names account and customer as far as they are known and may be shown', () => {
    const accounts = accountFacts({ id: 8100000011, name: 'Everyday', type: 'checking', accountNumberDisplay: '1234' });
    const customer = { id: '7', username: 'dana-reyes', firstName: 'Dana', lastName: 'Reyes' };
    expect(pageTitle({ accounts }, '8100000011', customerTitle(customer, '7'))).toBe('Transactions of Everyday ··1234 · Dana Reyes');
    expect(pageTitle({ accounts }, '9', undefined)).toBe('Transactions of account ID 9');
    expect([customer, { username: 'dana-reyes' }, {}, undefined, createMasker().data(customer, 'account')].map((one) => pageTitle({ accounts }, undefined, customerTitle(one, '7')))).toEqual([
      'Transactions of Dana Reyes', 'Transactions of dana-reyes', 'Transactions of customer ID 7', 'Transactions of customer ID 7', 'Transactions of customer ID 7',
    ]);
    expect(pageTitle({ accounts }, undefined, undefined)).toBe('Transactions of the customer');
  });

  it('of a group has its net sum below the amounts, where there is room', () => {
    const columns = (...widths: [string, number][]) => widths.map(([key, width]) => ({ key, width }));
    expect(netPlace(columns(['transactionDate', 110], ['description', 300], ['amount', 120], ['status', 90]), 'payee')).toEqual({ column: 2, flows: 'before' });
    expect(netPlace(columns(['transactionDate', 130], ['amount', 120], ['description', 300]), 'month')).toEqual({ column: 1, flows: 'after' });
    expect(netPlace(columns(['transactionDate', 130], ['amount', 120], ['description', 300]), 'payee')).toBeUndefined();
    expect(netPlace(columns(['transactionDate', 90], ['amount', 120]), 'month')).toBeUndefined();
    for (const none of [columns(['amount', 120], ['description', 500]), columns(['description', 500]), []]) expect(netPlace(none, 'month')).toBeUndefined();
  });
});

describe('recurring streams', () => {
  it('are taken account by account, so that no row counts twice', () => {
    const stream = { normalizedPayeeName: 'Rent', transactionIds: ['1', 2, null], cadence: 30, status: 'INACTIVE', expectedNextTransactionDate: '2026-06-01', expectedNextTransactionAmount: -900 };
    expect(recurringStreams({ customerRecurringTransactions: { recurringOutflows: [stream] }, accountRecurringTransactions: [{ accountId: '8', recurringOutflows: [stream], recurringInflows: null }] })).toEqual([
      { payee: 'Rent', flow: 'out', cadence: 30, active: false, transactionIds: ['1', '2'], nextDate: '2026-06-01', nextAmount: -900 }]);
    expect(recurringStreams({ customerRecurringTransactions: { recurringInflows: [{}] } })).toEqual([{ payee: 'No payee', flow: 'in', active: true, transactionIds: [] }]);
    expect(recurringStreams('none')).toEqual([]);
  });
});

describe('an enrichment', () => {
  it('carries no plain id, and is a request that may be sent as it is', () => {
    const body = enrichBody([{ ...transaction(0), '#accountType': 'checking' }, transaction(1, { description: '', memo: 'only this', '#accountType': 'roth' })]);
    const text = JSON.stringify(body);
    for (const id of ['8100000011', '7000000001', '31500000000']) expect(text).not.toContain(id);
    expect(body.transactions[0]).toMatchObject({ accountType: 'checking', amount: -10, description: 'PAYEE 0 STORE', transactionTimestamp: '2026-05-28T00:00:00.000Z' });
    expect(body.transactions[1]).toMatchObject({ accountType: 'unknown', description: 'only this' });
    expect(body.transactions[0]!.externalAccountId).toBe(body.transactions[1]!.externalAccountId);
    expect(body.transactions[0]!.externalTransactionId).not.toBe(body.transactions[1]!.externalTransactionId);
    const entry = operation('enrichTransactions');
    const sent = JSON.parse(requestTextOf(entry, { parameters: {}, body })) as { body: unknown };
    expect(checkRequest(entry, { parameters: {}, body: sent.body }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
