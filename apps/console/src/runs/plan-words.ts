import type { PlanDecision, PlannedAction, PlannedChange } from '../api/types.js';
import type { Tone } from '../format/effects.js';

export const actionVerbs: Readonly<Record<Exclude<PlannedAction, 'skip'>, string>> = {
  create: 'create an account',
  update: 'update an account',
  reactivate: 'reactivate an account',
  deactivate: 'deactivate an account',
  grant: 'add to a group',
  revoke: 'remove from a group',
};

export const actionNames: Readonly<Record<PlannedAction, string>> = {
  create: 'Create',
  update: 'Update',
  reactivate: 'Reactivate',
  deactivate: 'Deactivate',
  grant: 'Join',
  revoke: 'Leave',
  skip: 'Skipped',
};

export const decisionNames: Readonly<Record<PlanDecision, string>> = { apply: 'Apply', skip: 'Left out' };

export const outcomeNames: Readonly<Record<NonNullable<PlannedChange['outcome']>, string>> = {
  applied: 'Applied',
  skipped: 'Left out',
  stale: 'Moved on meanwhile',
  failed: 'Failed',
};

export const actionTones: Readonly<Record<PlannedAction, Tone>> = {
  create: 'good',
  update: 'plain',
  reactivate: 'good',
  deactivate: 'bad',
  grant: 'good',
  revoke: 'bad',
  skip: 'warning',
};
