import { describe, expect, it } from 'vitest';
import { isStorable, toStorable } from './storable-text.js';

describe('text that is to be stored', () => {
  it.each(['', 'Ann', 'Zoë', '😀', '\u202Eabc', '\t\n'])('takes %j as it is', (text) => {
    expect([isStorable(text), toStorable(text)]).toEqual([true, text]);
  });

  it.each([
    ['a\0b', 'a�b'],
    ['cut \ud83d', 'cut �'],
    ['\ude00 cut', '� cut'],
    ['\ude00\ud83d😀\0\0', '��😀��'],
  ])('takes %j with a replacement character', (text, stored) => {
    expect([isStorable(text), toStorable(text)]).toEqual([false, stored]);
  });
});
