import type { PlannedChange } from '../api/types.js';
import type { PlanSearch } from '../app/search-params.js';

/** The rows of a plan that fit the filters of the page. Pure. */
export function filterPlan(changes: readonly PlannedChange[], filter: PlanSearch): PlannedChange[] {
  const { action, decision, group, field } = filter;
  const q = filter.q?.toLowerCase();
  return changes.filter(
    (change) =>
      (action === undefined || change.action === action) &&
      (decision === undefined || change.decision === decision) &&
      (group === undefined || change.groupId === group) &&
      (field === undefined ||
        (change.after !== null && field in change.after) ||
        (change.before !== null && field in change.before)) &&
      (q === undefined || textsOf(change).some((text) => text.toLowerCase().includes(q))),
  );
}

export function personOf({ before, after, entraObjectId }: PlannedChange): string {
  for (const name of ['displayName', 'email', 'userPrincipalName']) {
    const value = after?.[name] ?? before?.[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return entraObjectId;
}

/** The fields that the plan changes, each once. Pure. */
export function fieldsOf(changes: readonly PlannedChange[]): string[] {
  const names = changes
    .filter(({ action }) => action === 'update')
    .flatMap(({ before, after }) => [...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...new Set(names)].sort();
}

function textsOf({ before, after, entraObjectId }: PlannedChange): string[] {
  const values = [...Object.values(before ?? {}), ...Object.values(after ?? {})];
  return [entraObjectId, ...values.filter((value) => typeof value === 'string')];
}
