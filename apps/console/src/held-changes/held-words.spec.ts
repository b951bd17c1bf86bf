import { describe, expect, it } from 'vitest';
import { endingOf } from './held-words.js';

const me = { id: '7', displayName: 'Ada' };
const closed = (by: { id: string; displayName: string | null } | null) => ({ at: '2026-11-01T10:00:00.000Z', by, note: null });

describe('how a held change ended', () => {
  it('names who decided, and nobody where it dissolved by itself', () => {
    expect(endingOf({ state: 'released', closed: closed({ id: '7', displayName: 'Ada' }) }, me)).toBe('Released by Ada (you)');
    expect(endingOf({ state: 'rejected', closed: closed({ id: '8', displayName: 'Bob' }) }, me)).toBe('Rejected by Bob');
    expect(endingOf({ state: 'void', closed: closed(null) }, me)).toBe('Dissolved');
  });
});
