import type { UserDelta } from '#graph-client';

export interface MergedUserDelta extends UserDelta {
  /** Gone and there in one round: read directly again (invariant 2b). */
  readonly contradicted?: true;
}

/** One report per person: the last occurrence of a property wins, and whoever was removed last is removed (Graph sheet 3.2). */
export function mergeUserDeltas(deltas: readonly UserDelta[]): MergedUserDelta[] {
  const people = new Map<string, MergedUserDelta>();
  for (const delta of deltas) people.set(delta.id, merge(people.get(delta.id), delta));
  return [...people.values()];
}

function merge(before: MergedUserDelta | undefined, delta: UserDelta): MergedUserDelta {
  if (before === undefined) return delta;
  const wasThere = before.removed === undefined;
  const isThere = delta.removed === undefined;
  const mark = before.contradicted === true || wasThere !== isThere ? { contradicted: true as const } : {};
  return wasThere && isThere
    ? { ...delta, attributes: { ...before.attributes, ...delta.attributes }, ...mark }
    : { ...delta, ...mark };
}
