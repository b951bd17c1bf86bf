import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../api/types.js';
import { fieldsOf, linesOfField, personOf } from './filter-plan.js';

const change = (overrides: Partial<PlannedChange>): PlannedChange => ({
  id: '1',
  action: 'update',
  entraObjectId: 'entra-1',
  displayName: null,
  accountId: 'a',
  groupId: null,
  before: { displayName: 'Ada' },
  after: { displayName: 'Ada B.' },
  decision: 'apply',
  keptFields: [],
  carriedOver: false,
  outcome: null,
  reason: null,
  ...overrides,
});

describe('the lines of a plan', () => {
  const plan = [change({}), change({ id: '2', action: 'revoke', groupId: 'g', before: null, after: null })];

  it('are found by field', () => {
    expect(linesOfField(plan, 'displayName').map(({ id }) => id)).toEqual(['1']);
    expect(linesOfField(plan, undefined)).toHaveLength(2);
    expect(fieldsOf(plan)).toEqual(['displayName']);
  });

  it('name a person by what is known', () => {
    expect(personOf(change({ displayName: 'Countess' }))).toBe('Countess');
    expect(personOf(plan[0]!)).toBe('Ada B.');
    expect(personOf(plan[1]!)).toBe('entra-1');
  });
});
