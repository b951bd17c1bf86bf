import { describe, expect, it } from 'vitest';
import { lostRecipients, recipientWords } from './recipient-words.js';

const admins = [
  { id: 'a', displayName: 'Ada', email: 'ada@contoso.example' },
  { id: 'b', displayName: 'Bob', email: null },
];

describe('whom a rule names', () => {
  it('is everybody where nobody was chosen, else the chosen by name', () => {
    expect(recipientWords([], admins)).toBe('All super admins');
    expect(recipientWords(['b', 'a'], admins)).toBe('Ada and Bob');
  });

  it('counts those who are no super admins any more', () => {
    expect(recipientWords(['a', 'gone'], admins)).toBe('Ada and 1 former super admin');
    expect(lostRecipients(['a', 'gone'], admins)).toEqual(['gone']);
  });
});
