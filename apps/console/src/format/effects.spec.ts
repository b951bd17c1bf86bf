import { describe, expect, it } from 'vitest';
import { changedFields, effectTone, effectVerb } from './effects.js';

describe('changedFields', () => {
  it('names only what differs', () => {
    expect(changedFields({ displayName: 'A', email: 'a@x' }, { displayName: 'B', email: 'a@x' })).toEqual([
      { field: 'displayName', before: 'A', after: 'B' },
    ]);
  });

  it('shows a newcomer as coming from nothing', () => {
    expect(changedFields(null, { status: 'inactive' })).toEqual([{ field: 'status', before: '', after: 'inactive' }]);
  });
});

describe('effectVerb', () => {
  it('falls back to the type of an event of a newer version', () => {
    expect(effectVerb('rollcall.account.moved')).toBe('account.moved');
    expect(effectTone('rollcall.account.moved')).toBe('plain');
  });
});
