// Sizes and durations in words, the same wherever they are said.
import { expect, test } from 'vitest';
import { bytesInWords, durationInWords, spanInWords, waitInWords } from '../../src/client/inWords.ts';
import { bytesInWords as inView } from '../../src/webviews/ui/answerWords.ts';

test('sizes', () => {
  expect([0, 1, 812, 1023, 1024, 3_500, 51_199, 1_500_000, 5 * 1024 * 1024, 4_000_000_000].map(bytesInWords))
    .toEqual(['0 bytes', '1 byte', '812 bytes', '1023 bytes', '1 KB', '3.4 KB', '50 KB', '1.4 MB', '5 MB', '3,815 MB']);
});

test('sizes in the answer\'s view, which may not know this side, read alike', () => {
  for (const bytes of [0, 1, 812, 3_500, 51_199, 1_500_000, 21_000_000]) expect(inView(bytes)).toBe(bytesInWords(bytes));
});

test('durations, spans and waits', () => {
  expect([0, 311.7, 999, 1_000, 12_340, 59_949, 59_951, 125_000].map(durationInWords)).toEqual(['0 ms', '312 ms', '999 ms', '1.0 s', '12.3 s', '59.9 s', '1 min', '2 min 5 s']);
  expect([0, 12_400, 60_000, 160_000, 3_600_000, 3_900_000].map(spanInWords)).toEqual(['0 s', '12 s', '1 min', '2 min 40 s', '1 h', '1 h 5 min']);
  expect([1, 1_000, 1_001, 90_000, 120_000, 121_000, 7_200_000].map(waitInWords)).toEqual(['1 second', '1 second', '2 seconds', '90 seconds', '2 minutes', '3 minutes', '2 hours']);
});
