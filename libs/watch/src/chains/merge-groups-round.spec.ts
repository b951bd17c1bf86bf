import { describe, expect, it } from 'vitest';
import { GroupsRound } from './merge-groups-round.js';

const user = (id: string, removed = false) => ({ id, type: 'user' as const, removed });

describe('GroupsRound', () => {
  it('joins the slices of one group that are spread over pages', () => {
    const round = new GroupsRound();
    round.add([{ id: 'g', displayName: 'Team', members: [user('a')] }]);
    round.add([{ id: 'g', members: [user('b')] }]);
    expect(round.groups.get('g')).toMatchObject({ removed: null, displayName: 'Team' });
    expect([...(round.groups.get('g')?.members.keys() ?? [])]).toEqual(['a', 'b']);
    expect(round.changes).toBe(4);
  });

  it('takes the last occurrence of a member and marks an add and a remove in one round (invariant 2)', () => {
    const round = new GroupsRound();
    round.add([{ id: 'g', members: [user('a'), user('b'), user('a', true)] }]);
    expect(round.groups.get('g')?.members.get('a')).toEqual({ type: 'user', removed: true, contradicted: true });
    expect(round.groups.get('g')?.members.get('b')?.contradicted).toBe(false);
  });

  it('keeps the contradiction when the same change is repeated after it', () => {
    const round = new GroupsRound();
    round.add([{ id: 'g', members: [user('a'), user('a', true), user('a', true)] }]);
    expect(round.groups.get('g')?.members.get('a')?.contradicted).toBe(true);
  });

  it('does not take a repetition for a contradiction', () => {
    const round = new GroupsRound();
    round.add([
      { id: 'g', members: [user('a')] },
      { id: 'g', members: [user('a')] },
    ]);
    expect(round.groups.get('g')?.members.get('a')?.contradicted).toBe(false);
  });

  it('lets a group that returned in the same round be there', () => {
    const round = new GroupsRound();
    round.add([
      { id: 'g', removed: 'changed', members: [] },
      { id: 'g', displayName: 'Back', members: [] },
    ]);
    expect(round.groups.get('g')).toMatchObject({ removed: null, displayName: 'Back' });
  });
});
