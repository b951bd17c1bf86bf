import { expect, it } from 'vitest';
import { asSentence } from './as-sentence.js';

it.each([
  ['application a of tenant b is connected already', 'Application a of tenant b is connected already.'],
  ['The tenant has no group with the exact name "Sales".', 'The tenant has no group with the exact name "Sales".'],
  ['Is it yours?', 'Is it yours?'],
])('begins large and ends: %s', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence);
});
