import { describe, expect, it } from 'vitest';
import { describeNow, ruleSentence } from './explain.js';

describe('ruleSentence', () => {
  it('says what the rule saw', () => {
    expect(ruleSentence({ rule: 'usableEmail', passed: true, seen: { chosen: 'ada@example.org' } })).toBe(
      'Has a usable mail address: ada@example.org.',
    );
    expect(ruleSentence({ rule: 'kind', passed: false, seen: { userType: 'Guest', guests: false } })).toContain(
      'guests are not taken',
    );
  });

  it('names a rule of a newer version by itself', () => {
    expect(ruleSentence({ rule: 'moonPhase', passed: true, seen: {} })).toBe('moonPhase.');
  });
});

describe('describeNow', () => {
  const nothing = { deactivate: null, reactivate: false, fields: {}, grants: [], revocations: [], held: [] };

  it('is empty where the account is as it should be, and null where nobody can say', () => {
    expect(describeNow(nothing, String)).toEqual([]);
    expect(describeNow(null, String)).toBeNull();
  });

  it('names fields as a person does', () => {
    expect(describeNow({ ...nothing, fields: { email: 'a@x', displayName: 'A' } }, String)).toEqual([
      'change the mail address and display name',
    ]);
  });

  it('names groups by their names', () => {
    expect(describeNow({ ...nothing, revocations: ['g'] }, () => 'Sales')).toEqual(['take them out of Sales']);
  });
});
