import type { UserDelta } from '#graph-client';

/** One report per person: the last occurrence of a property wins, and whoever was removed last is removed (Graph sheet 3.2). */
export function mergeUserDeltas(deltas: readonly UserDelta[]): UserDelta[] {
  const people = new Map<string, UserDelta>();
  for (const delta of deltas) {
    const before = people.get(delta.id);
    const isContinued = before !== undefined && before.removed === undefined && delta.removed === undefined;
    people.set(delta.id, isContinued ? { ...delta, attributes: { ...before.attributes, ...delta.attributes } } : delta);
  }
  return [...people.values()];
}
