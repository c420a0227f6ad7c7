// The code tables: every code that is known is explained, and what has no code is explained by its status.
import { describe, expect, test } from 'vitest';
import { aggregationStatusCodes, errorCodes, explainAggregationStatus, explainError } from '../../src/api/codes.ts';

const known = `325 331 977 1000 1001 1002 1003 1501 1502 1503 1504 1618 1643 3001 3002 3003 3004 3005 3006 3007 3008 3009 4004 4041 5006
10000 10001 10002 10003 10004 10005 10006 10007 10008 10009 10010 10013 10020 10021 10022 10023 10024 10025 10026 10027 10030 10100 10106 10215
10405 10406 11000 12017 12019 12022 12401 13002 14001 14003 14006 14016 14020 14023 14025 15001 18017 20000 20007 20024 20400 24302 24437 24553
38003 38006 38007 38008 41002 41003 41004 44000 45003 50016 50051 50052 60007 60013 110002 110039
3000000 3000001 3000003 3100001 3200001 3200002 3200003 3200004 3300001`.split(/\s+/);
const aggregation = '0 102 103 106 108 109 169 185 187 320 325 580 938 940 945 946 947 948 959 961 971 5006'.split(' ');

test('every known error code has a title, a meaning and a way out', () => {
  expect(known.filter((code) => !(code in errorCodes))).toEqual([]);
  for (const [code, entry] of Object.entries(errorCodes)) {
    for (const variant of [entry, ...Object.values(entry.byStatus ?? {})]) {
      expect(variant.meaning, code).toMatch(/^[A-Z].*\.$/);
      for (const cause of variant.causes ?? []) expect(cause, code).toMatch(/^[A-Za-z].*\.$/);
      if (variant.fix !== undefined) expect(variant.fix, code).toMatch(/^[A-Z].*\.$/);
      expect(Object.keys(variant).filter((key) => !['title', 'meaning', 'fix', 'http', 'retryable', 'action', 'causes', 'byStatus'].includes(key)), code).toEqual([]);
    }
    expect(entry.title, code).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.fix, code).toBeTruthy();
  }
});

test('every known aggregation status code has a state, a meaning and a way out', () => {
  expect(aggregation.filter((code) => !(code in aggregationStatusCodes))).toEqual([]);
  for (const [code, { state, meaning, fix }] of Object.entries(aggregationStatusCodes)) {
    expect(['ok', 'wait', 'attention', 'reconnect', 'gone'], code).toContain(state);
    expect(meaning, code).toMatch(/\.$/);
    expect(fix, code).toMatch(/\.$/);
  }
});

describe('explainError', () => {
  test('one code may mean another thing under another status', () => {
    expect(explainError('10100', 404).title).not.toBe(explainError('10100', 400).title);
    expect(explainError('10030', 408)).toMatchObject({ retryable: true, action: 'waitAndRetry' });
    expect(explainError('10030', 400).retryable).toBe(false);
    expect(explainError('10100', 400).causes?.[0]).toMatch(/no consumer record/);
    expect(explainError('10100', 404).causes).not.toEqual(explainError('10100', 400).causes);
    expect(explainError('20000', 400).action).toBe('chooseOtherAccount');
    expect(explainError('20000', 406)).toMatchObject({ title: 'Only JSON is available' });
    expect(explainError('20000', 406).action).toBeUndefined();
  });
  test('without a code the status and the media type explain', () => {
    expect(explainError(undefined, 401, 'text/plain').meaning).toMatch(/key.*plan/);
    expect(explainError(undefined, 401, 'application/json').title).not.toBe(explainError(undefined, 401, 'text/plain').title);
    expect(explainError(undefined, 403).meaning).toMatch(/United States/);
    expect(explainError(undefined, 429)).toMatchObject({ retryable: true });
    expect(explainError(undefined, 503)).toMatchObject({ retryable: true });
    expect(explainError('987654', 418).title).toBeTruthy();
  });
  test('an aggregation code that comes with a 500 is the bank\'s', () => {
    expect(explainError('103', 500)).toMatchObject({ action: 'connectFix', retryable: false });
    expect(explainError('102', 500)).toMatchObject({ action: 'waitAndRetry', retryable: true });
  });
  test('a code named like a part of every object is unknown', () => {
    expect(explainError('constructor', 400).title).toBe(explainError(undefined, 400).title);
  });
});

test('explainAggregationStatus: none before the first refresh, attention for an unknown one', () => {
  expect(explainAggregationStatus(undefined)).toBeUndefined();
  expect(explainAggregationStatus(null)).toBeUndefined();
  expect(explainAggregationStatus(0)).toMatchObject({ state: 'ok' });
  expect(explainAggregationStatus('185')).toMatchObject({ state: 'reconnect' });
  expect(explainAggregationStatus(4242)).toMatchObject({ state: 'attention' });
  expect(explainAggregationStatus(4242)?.meaning).toContain('4242');
});
