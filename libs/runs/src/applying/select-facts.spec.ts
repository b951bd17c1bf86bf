import { describe, expect, it } from 'vitest';
import type { PlannedAction } from '../plans/planned-change.js';
import { lineOf, selectFacts, type DecidedChange, type FoundFact } from './select-facts.js';

const at = new Date('2026-03-01T10:00:00Z');
const fact = (kind: FoundFact['kind'], groupId: string | null = null): FoundFact => ({
  personId: 'person',
  groupId,
  kind,
  memberType: 'user',
  attributes: kind === 'attributes' ? { displayName: 'Ada', mail: 'ada@example.com', accountEnabled: true } : null,
  readNo: 1,
  page: 0,
  readStartedAt: at,
  readAt: at,
});
const change = (action: PlannedAction, groupId: string | null, decision: 'apply' | 'skip'): DecidedChange => ({
  id: `${action} ${groupId ?? ''}`,
  action,
  groupId,
  decision,
  keptFields: [],
});
const kinds = (facts: readonly FoundFact[]) => facts.map(({ kind, groupId }) => `${kind} ${groupId ?? ''}`.trim());

describe('the facts that an approved plan publishes', () => {
  it('are all of them where nothing was taken out', () => {
    const facts = [fact('attributes'), fact('added', 'one')];
    expect(selectFacts(facts, [change('create', null, 'apply'), change('grant', 'one', 'apply')])).toEqual(facts);
  });

  it('leave out the membership whose grant or revocation was taken out', () => {
    const facts = [fact('added', 'one'), fact('added', 'two'), fact('removed', 'three')];
    const changes = [change('grant', 'one', 'skip'), change('grant', 'two', 'apply'), change('revoke', 'three', 'skip')];
    expect(kinds(selectFacts(facts, changes))).toEqual(['added two']);
  });

  it('bring nobody in whose account was taken out', () => {
    const facts = [fact('attributes'), fact('added', 'one')];
    expect(kinds(selectFacts(facts, [change('create', null, 'skip'), change('grant', 'one', 'apply')]))).toEqual(['attributes']);
  });

  it('take nobody out whose deactivation was taken out', () => {
    const facts = [fact('removed', 'one'), fact('softDeleted')];
    expect(selectFacts(facts, [change('revoke', 'one', 'apply'), change('deactivate', null, 'skip')])).toEqual([]);
  });

  it('say nothing of the fields that stay ours', () => {
    const update = { ...change('update', null, 'apply'), keptFields: ['email'] };
    expect(selectFacts([fact('attributes')], [update])[0]?.attributes).toEqual({ displayName: 'Ada', accountEnabled: true });
  });

  it('are known to people who are only listed as skipped', () => {
    expect(selectFacts([fact('attributes')], [change('skip', null, 'skip')])).toHaveLength(1);
  });
});

describe('the line of the plan that a fact stands for', () => {
  it('is the one that it brings about', () => {
    const changes = [change('create', null, 'apply'), change('grant', 'one', 'apply')];
    expect(lineOf(fact('added', 'one'), changes)?.action).toBe('grant');
    expect(lineOf(fact('attributes'), changes)?.action).toBe('create');
  });

  it('is any approved one of the person, and none where nothing was to be done', () => {
    expect(lineOf(fact('removed', 'one'), [change('deactivate', null, 'apply')])?.action).toBe('deactivate');
    expect(lineOf(fact('attributes'), [change('skip', null, 'skip')])).toBeNull();
  });
});
