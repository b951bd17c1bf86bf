import { describe, expect, it } from 'vitest';
import { hasMoved, type PersonOfPlan } from './has-moved.js';

const person: PersonOfPlan = {
  seq: 1,
  personId: 'person',
  attributes: { displayName: 'Ada', otherMails: ['a@example.com'], mail: null },
  softDeleted: false,
  added: ['one'],
  removed: ['two'],
  goes: false,
  known: [],
};
const user = { id: 'person', unreadable: false, attributes: { displayName: 'Ada', otherMails: ['a@example.com'], mail: null } };

describe('a person of a plan that waited (invariant 6)', () => {
  it('stands where attributes and memberships are as the plan has them', () => {
    expect(hasMoved(person, user, { named: ['one'] })).toBe(false);
  });

  it.each([
    ['whose name changed', { ...user, attributes: { ...user.attributes, displayName: 'Ada L.' } }, { named: ['one'] }],
    ['who left the group that they had joined', user, { named: [] }],
    ['who returned to the group that they had left', user, { named: ['one', 'two'] }],
    ['who is not found any more', undefined, { notFound: true }],
    ['who cannot be read', { ...user, unreadable: true, attributes: {} }, { named: ['one'] }],
    ['whose groups are not known', user, undefined],
  ] as const)('has moved %s', (_what, found, groups) => {
    expect(hasMoved(person, found, groups)).toBe(true);
  });

  it('who was deleted has moved only by being there again', () => {
    const deleted = { ...person, attributes: null, softDeleted: true };
    expect(hasMoved(deleted, undefined, { notFound: true })).toBe(false);
    expect(hasMoved(deleted, user, { named: [] })).toBe(true);
  });
});
