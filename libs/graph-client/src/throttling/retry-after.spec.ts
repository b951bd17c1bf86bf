import { expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.js';

const NOW = new Date('2026-03-01T12:00:00Z');

test.each<[string | null, number | null]>([
  ['10', 10_000],
  ['2.128', 2_128],
  ['0', 0],
  ['-5', 0],
  ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
  ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['99999999', 86_400_000],
  ['soon', null],
  ['', null],
  [null, null],
])('Retry-After %j is a wait of %j ms', (value, expected) => {
  expect(parseRetryAfter(value, NOW)).toBe(expected);
});
