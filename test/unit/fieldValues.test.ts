// What a person types into a field, and what stands in the request for it.
import { describe, expect, it } from 'vitest';
import { longTextMark, type FieldKind, type FieldSpec } from '../../src/webviews/protocol/request.ts';
import { byField, dayOf, glimpse, isTyped, keyOf, middleCut, momentsOf, momentWords, notSentWords, placeWords, relativeMoments, secondsOf, startOf, textOf, tooLongWords, valueAt, valueOf, withValue } from '../../src/webviews/ui/fieldValues.ts';

const spec = (kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({ name: 'x', label: 'X', kind, required: false, ...more });

describe('a typed text', () => {
  it.each<[FieldKind, string, unknown]>([
    ['integer', '12', 12], ['integer', '-3', -3], ['integer', '1.5', 1.5], ['integer', 'abc', 'abc'], ['integer', ' ', ' '], ['integer', '9007199254740993', '9007199254740993'], ['integer', '1e3', 1000],
    ['number', '1.', 1], ['number', '0.10', 0.1], ['number', 'NaN', 'NaN'], ['number', 'Infinity', 'Infinity'], ['epochSeconds', '1767225600', 1767225600], ['boolean', 'true', true], ['boolean', 'false', false],
    ['text', '007', '007'], ['choice', 'active', 'active'], ['text', '', undefined], ['integer', '', undefined],
  ])('in a field of kind %s: %j becomes %j', (kind, text, value) => {
    expect(valueOf(spec(kind), text)).toEqual(value);
  });

  it('that is emptied leaves an optional field out and keeps a required text', () => {
    expect(valueOf(spec('text', { required: true }), '')).toBe('');
    expect(valueOf(spec('integer', { required: true }), '')).toBeUndefined();
  });
});

describe('a long text', () => {
  it('is the one that was typed when the document has one as long, so that its field stays', () => {
    const typed = 'x'.repeat(100_000);
    expect(isTyped(`${longTextMark}100000`, typed)).toBe(true);
    expect(isTyped(`${longTextMark}99999`, typed)).toBe(false);
    expect(isTyped('abc', 'abc')).toBe(true);
    expect(isTyped('abd', 'abc')).toBe(false);
  });

  it('is told in kilobytes, as typed and as the document has it', () => {
    expect([tooLongWords('x'.repeat(100_000)), tooLongWords(`${longTextMark}100000`)]).toEqual(Array(2).fill('98 KB long: too long to be edited here'));
    expect(tooLongWords('x'.repeat(50_000))).toBeUndefined();
  });

  it('loses its middle in the address', () => {
    const cut = middleCut(`a${'x'.repeat(100_000)}z`, 80);
    expect(cut.length).toBeLessThanOrEqual(80);
    expect(cut).toMatch(/^ax+…x+z$/);
    expect(middleCut('7200000001', 80)).toBe('7200000001');
  });
});

describe('a body that is not sent', () => {
  it('is told with the place of its fault, once', () => {
    expect(notSentWords('{\n  "a": }', 'A value is missing.', 9)).toBe('Not sent: the body is not JSON: line 2, column 8: A value is missing.');
    expect(notSentWords('{ "a": }', 'A value is missing at column 8.', 7)).toBe('Not sent: the body is not JSON: A value is missing at column 8.');
    expect(notSentWords('{ "a": 1, "a": 2 }', '"a" stands twice.', undefined)).toBe('Not sent: the body as typed cannot be taken: "a" stands twice.');
  });
});

describe('a value', () => {
  it('stands as text', () => {
    expect([undefined, null, 'a', 5, false, { a: [1] }].map(textOf)).toEqual(['', '', 'a', '5', 'false', '{\n  "a": [\n    1\n  ]\n}']);
  });

  it('is set in its place, with what lacks on the way, and never on a prototype', () => {
    expect(withValue({ a: 1, b: 2 }, ['a'], 3)).toEqual({ a: 3, b: 2 });
    expect(Object.keys(withValue({ a: 1, b: 2 }, ['a'], 3) as object)).toEqual(['a', 'b']);
    expect(withValue({}, ['a', 'b', 1, 'c'], 1)).toEqual({ a: { b: [undefined, { c: 1 }] } });
    expect(withValue({ a: [1, 2, 3] }, ['a', 1], undefined)).toEqual({ a: [1, 3] });
    expect(withValue({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(valueAt({ a: 1 }, ['toString'])).toBeUndefined();
    expect(valueAt({ a: { b: [5] } }, ['a', 'b', 0])).toBe(5);
  });

  it('of a new entry has what is required and no more', () => {
    expect(startOf(spec('group', { fields: [spec('text', { name: 'a', required: true }), spec('text', { name: 'b' }), spec('list', { name: 'c', required: true })] }))).toEqual({ a: '', c: [] });
    expect(startOf(spec('choice', { choices: ['x', 'y'] }))).toBe('x');
    expect(startOf(spec('integer', { minimum: 1 }))).toBe(1);
  });

  it('is told in a few words while it is folded, but nothing personal', () => {
    const group = spec('group', { fields: [spec('text', { name: 'ssn', personal: true }), spec('text', { name: 'name' })] });
    expect(glimpse(group, { ssn: '999601111', name: 'Dana' })).toBe('Dana');
    expect(glimpse(group, { ssn: '999601111' })).toBe('1 field');
    expect([undefined, {}, [1], [1, 2]].map((value) => glimpse(group, value))).toEqual(['not set', 'empty', '1 entry', '2 entries']);
  });
});

describe('a moment', () => {
  it('is a day in UTC and in words', () => {
    expect(dayOf(1767225600)).toBe('2026-01-01');
    expect(dayOf('1767225600')).toBe('2026-01-01');
    expect([undefined, 'x', NaN, 1767225600000, {}].map(dayOf)).toEqual(['', '', '', '', '']);
    expect(momentWords(1767225600, 'en-US')).toBe('Jan 1, 2026, 12:00 AM UTC');
    expect(momentWords('soon', 'en-US')).toBe('');
  });

  it('keeps its time of day when its day is changed', () => {
    expect(secondsOf('2026-01-02', 1767225600 + 3600)).toBe(1767225600 + 86_400 + 3600);
    expect(secondsOf('2026-01-02', undefined)).toBe(1767225600 + 86_400);
    expect(secondsOf('1969-12-31', -1)).toBe(-1);
    expect(secondsOf('soon', 1)).toBeUndefined();
  });

  it('counted back in months never falls into the next one', () => {
    const now = Date.UTC(2026, 4, 31, 15);
    const back = Object.fromEntries(relativeMoments.map(({ label, seconds }) => [label, new Date(seconds(now) * 1000).toISOString()]));
    expect(back['3 months back']).toBe('2026-02-28T00:00:00.000Z');
    expect(back['24 months back']).toBe('2024-05-31T00:00:00.000Z');
    expect(back['Start of today (UTC)']).toBe('2026-05-31T00:00:00.000Z');
  });

  it('counted back are offered as far as the field allows', () => {
    expect(momentsOf({ monthsBack: 12 }).at(-1)?.label).toBe('12 months back');
    expect(momentsOf({}).at(-1)?.label).toBe('24 months back');
    expect(momentsOf({ monthsBack: 2 }).map(({ label }) => label)).toEqual(['Now', 'Start of today (UTC)', '30 days back']);
  });
});

it('problems belong to their own field and are named by where it stands', () => {
  const problems = [{ path: ['body', 'a', 0, 'ssn'], message: 'm', severity: 'error' as const }, { path: ['body'], message: 'n', severity: 'error' as const }];
  expect([...byField(problems).keys()]).toEqual([keyOf(['body', 'a', 0, 'ssn']), keyOf(['body'])]);
  expect(placeWords(['body', 'a', 0, 'ssn'])).toBe('body › a › 1 › ssn');
  expect(placeWords(['parameters', 'customerId'])).toBe('customerId');
});
