import { expect, it } from 'vitest';
import { isAboveUsual } from './is-above-usual.js';

it.each([
  [1, 0, false],
  [2, 0, false],
  [3, 0, true],
  [6, 2.5, false],
  [8, 2.5, true],
  [120, 100, false],
  [131, 100, true],
])('%d missed notices a day, where %d are usual: news is %s', (missed, usual, news) => {
  expect(isAboveUsual(missed, usual)).toBe(news);
});
