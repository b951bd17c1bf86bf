import type { PlannedChange } from '../api/types.js';

/** The lines that touch a field; the other filters are the API's. Pure. */
export function linesOfField(changes: readonly PlannedChange[], field: string | undefined): PlannedChange[] {
  if (field === undefined) return [...changes];
  return changes.filter(({ before, after }) => (after !== null && field in after) || (before !== null && field in before));
}

export function personOf({ displayName, before, after, entraObjectId }: PlannedChange): string {
  if (displayName !== null) return displayName;
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
