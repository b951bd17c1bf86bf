import { describe, expect, it } from 'vitest';
import { decideGroupChange } from './decide-group-change.js';

const team = { groupId: 'g', state: 'present', displayName: 'Team' } as const;

describe('decideGroupChange', () => {
  it('says nothing of a group whose members alone changed', () => {
    expect(decideGroupChange(team, { removed: null, displayName: 'Team' }).fact).toBeNull();
    expect(decideGroupChange(team, { removed: null }).fact).toBeNull();
  });

  it('reports a rename', () => {
    expect(decideGroupChange(team, { removed: null, displayName: 'Crew' }).fact).toEqual({
      groupId: 'g',
      state: 'present',
      displayName: 'Crew',
    });
  });

  it('tells a soft deletion from one for good, and keeps the name', () => {
    expect(decideGroupChange(team, { removed: 'changed' }).fact).toEqual({
      groupId: 'g',
      state: 'softDeleted',
      displayName: 'Team',
    });
    expect(decideGroupChange(team, { removed: 'deleted' }).state).toBe('deleted');
  });

  it('recognises a group that returned', () => {
    const change = decideGroupChange({ ...team, state: 'softDeleted' }, { removed: null, displayName: 'Team' });
    expect(change).toMatchObject({ returned: true, state: 'present' });
    expect(change.fact?.state).toBe('present');
  });
});
