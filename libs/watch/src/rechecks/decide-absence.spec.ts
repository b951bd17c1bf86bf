import { describe, expect, it } from 'vitest';
import { GraphUnavailableError } from '#graph-client';
import { afterSecondRead, afterTheirSide } from './decide-absence.js';

describe('afterTheirSide', () => {
  it('proves the removal where their side does not name the group', () => {
    expect(afterTheirSide({ named: ['other'] }, 'g')).toBe('removed');
  });

  it('reads again where a nested path may be the cause, or nobody of that id was found', () => {
    expect(afterTheirSide({ named: ['g'] }, 'g')).toBe('readAgain');
    expect(afterTheirSide({ notFound: true }, 'g')).toBe('readAgain');
  });

  it('never takes an error for an answer (invariant 4)', () => {
    expect(afterTheirSide({ error: new GraphUnavailableError('away', { operation: 'x' }) }, 'g')).toBe('unknown');
    expect(afterTheirSide(undefined, 'g')).toBe('unknown');
  });
});

describe('afterSecondRead', () => {
  const read = { groupId: 'g', isEmpty: false };

  it('lets the second complete read decide, also where a nested path names the group or nobody was found twice', () => {
    for (const outcome of [{ named: ['g'] }, { named: [] }, { notFound: true as const }])
      expect(afterSecondRead(outcome, read)).toBe('removed');
  });

  it('does not believe a group that is shown as empty, unless their own side does not name it (invariant 4)', () => {
    const empty = { groupId: 'g', isEmpty: true };
    expect(afterSecondRead({ named: ['g'] }, empty)).toBe('unknown');
    expect(afterSecondRead({ notFound: true }, empty)).toBe('unknown');
    expect(afterSecondRead({ named: [] }, empty)).toBe('removed');
  });

  it('waits where their side cannot be asked', () => {
    expect(afterSecondRead({ error: new GraphUnavailableError('away', { operation: 'x' }) }, read)).toBe('unknown');
  });
});
