import { describe, expect, it } from 'vitest';
import { GraphUnavailableError } from '#graph-client';
import { judgeCandidate } from './confirm-removals.js';

const candidate = { memberId: 'person', groupIds: ['one', 'two'] };
const outcomes = (...args: Parameters<typeof judgeCandidate>) => judgeCandidate(...args).map(({ outcome }) => outcome);

describe('a member whom a complete read did not list (invariant 4)', () => {
  it('is out of those groups that their own side does not name', () => {
    expect(outcomes(candidate, { named: ['two'] }, new Set())).toEqual(['confirmed', 'unconfirmed']);
  });

  it('stays where the answer is an error or missing', () => {
    const error = new GraphUnavailableError('Graph does not answer', { operation: 'checkMemberGroups' });
    expect(outcomes(candidate, { error }, new Set())).toEqual(['unconfirmed', 'unconfirmed']);
    expect(outcomes(candidate, undefined, new Set())).toEqual(['unconfirmed', 'unconfirmed']);
  });

  it('is deleted only with the entry among the deleted items as proof', () => {
    expect(outcomes(candidate, { notFound: true }, new Set(['person']))).toEqual(['deleted', 'deleted']);
    expect(outcomes(candidate, { notFound: true }, new Set())).toEqual(['unconfirmed', 'unconfirmed']);
  });
});
