import { describe, expect, it } from 'vitest';
import { changedFields, changeText, effectTone, effectVerb } from './effects.js';

describe('changedFields', () => {
  it('names only what differs', () => {
    expect(changedFields({ displayName: 'A', email: 'a@x' }, { displayName: 'B', email: 'a@x' })).toEqual([
      { field: 'displayName', before: 'A', after: 'B' },
    ]);
  });

  it('shows a newcomer as coming from nothing', () => {
    expect(changedFields(null, { status: 'inactive' })).toEqual([{ field: 'status', before: '', after: 'inactive' }]);
  });

  it('begins with the name, whatever the order of the answer', () => {
    const changes = changedFields(null, { zone: 'x', status: 'inactive', displayName: 'Ada' });
    expect(changes.map(({ field }) => field)).toEqual(['displayName', 'status', 'zone']);
  });

  it('says why in words, and takes only the reason for a code', () => {
    const held = changedFields({ held: false }, { held: true, code: 'GUARD_TRIPPED' }).map(changeText);
    expect(held).toEqual(['reason: more removals than the guard allows']);
    const left = changedFields({ status: 'active' }, { status: 'deactivated', reason: 'NOT_IN_SCOPE', displayName: 'REVIEW' });
    expect(left.map(changeText)).toEqual([
      'display name: REVIEW',
      'status: active → deactivated',
      'reason: not in a watched group',
    ]);
  });
});

describe('changeText', () => {
  it('names the field as a person does, and what it was where it was anything', () => {
    const texts = changedFields({ email: 'a@x', surname: 'B' }, { email: 'c@x', displayName: 'D' }).map(changeText);
    expect(texts).toEqual(['display name: D', 'surname: B → nothing', 'mail address: a@x → c@x']);
  });
});

describe('effectVerb', () => {
  it('falls back to the type of an event of a newer version', () => {
    expect(effectVerb('rollcall.account.moved')).toBe('account.moved');
    expect(effectTone('rollcall.account.moved')).toBe('plain');
  });
});
