import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../api/types.js';
import { fieldsOf, filterPlan, personOf } from './filter-plan.js';

const change = (overrides: Partial<PlannedChange>): PlannedChange => ({
  id: '1',
  action: 'update',
  entraObjectId: 'entra-1',
  accountId: 'a',
  groupId: null,
  before: { displayName: 'Ada' },
  after: { displayName: 'Ada B.' },
  decision: 'apply',
  outcome: null,
  reason: null,
  ...overrides,
});

describe('filterPlan', () => {
  const plan = [change({}), change({ id: '2', action: 'revoke', groupId: 'g', before: null, after: null, decision: 'skip' })];

  it('finds by kind, decision, group and text', () => {
    expect(filterPlan(plan, { action: 'revoke' }).map(({ id }) => id)).toEqual(['2']);
    expect(filterPlan(plan, { decision: 'apply' }).map(({ id }) => id)).toEqual(['1']);
    expect(filterPlan(plan, { group: 'g' }).map(({ id }) => id)).toEqual(['2']);
    expect(filterPlan(plan, { q: 'ada b' }).map(({ id }) => id)).toEqual(['1']);
  });

  it('finds by field', () => {
    expect(filterPlan(plan, { field: 'displayName' })).toHaveLength(1);
    expect(fieldsOf(plan)).toEqual(['displayName']);
  });

  it('names a person by what is known', () => {
    expect(personOf(plan[0]!)).toBe('Ada B.');
    expect(personOf(plan[1]!)).toBe('entra-1');
  });
});
