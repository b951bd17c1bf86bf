import { describe, expect, it } from 'vitest';
import { pinReason, whatIsKept } from './pin-words.js';

describe('whatIsKept', () => {
  const pin = { keep: 'in', groupId: null, field: null, refused: null } as const;

  it('names the group, the field with what was refused, or the account', () => {
    const words = (part: Partial<Parameters<typeof whatIsKept>[0]>) => whatIsKept({ ...pin, ...part }, () => 'Sales');
    expect(words({ groupId: 'g' })).toBe('kept in Sales');
    expect(words({ field: 'email', refused: 'a@x' })).toBe('mail address kept, not “a@x”');
    expect(words({ keep: 'out' })).toBe('the account is kept out');
  });
});

describe('pinReason', () => {
  it('says a code in words', () => {
    expect(pinReason('REJECTED')).toBe('a held change was rejected');
  });
});
