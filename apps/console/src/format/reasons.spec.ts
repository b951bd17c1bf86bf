import { describe, expect, it } from 'vitest';
import { countedReasons, reasonWords } from './reasons.js';

describe('reasonWords', () => {
  it('says a code in words, and keeps one that it does not know', () => {
    expect(reasonWords('NOT_IN_SCOPE')).toBe('not in a watched group');
    expect(reasonWords('OF_A_NEWER_VERSION')).toBe('OF_A_NEWER_VERSION');
  });
});

describe('countedReasons', () => {
  it('says how many were left out for which reason', () => {
    expect(countedReasons({ NOT_IN_SCOPE: 2, ACCOUNT_DISABLED: 1 })).toBe('not in a watched group (2), disabled in Entra (1)');
  });
});
