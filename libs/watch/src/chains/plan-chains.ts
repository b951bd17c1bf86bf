/** Graph's limit of ids in a delta filter (sheet 3.1). */
export const MAX_GROUPS_PER_CHAIN = 50;

export interface ChainPlan {
  /** Sets of groups that start a chain of their own; the set of a chain never changes. */
  readonly newChains: readonly (readonly string[])[];
  /** Groups that were taken out of the scope. */
  readonly unwatched: readonly string[];
}

/** Compares the groups that the scope names with those that chains stand for. */
export function planChains(wanted: readonly string[], watched: readonly string[]): ChainPlan {
  const known = new Set(watched);
  const asked = new Set(wanted);
  const added = [...asked].filter((id) => !known.has(id));
  const newChains: string[][] = [];
  for (let start = 0; start < added.length; start += MAX_GROUPS_PER_CHAIN)
    newChains.push(added.slice(start, start + MAX_GROUPS_PER_CHAIN));
  return { newChains, unwatched: watched.filter((id) => !asked.has(id)) };
}

export interface MergeableChain {
  readonly id: string;
  readonly groups: number;
}

/** The largest set of small chains that fit into one, smallest first; fewer than two is nothing to do. */
export function planMerge(chains: readonly MergeableChain[]): readonly string[] {
  const merged: string[] = [];
  let groups = 0;
  for (const chain of [...chains].sort((a, b) => a.groups - b.groups || a.id.localeCompare(b.id))) {
    if (groups + chain.groups > MAX_GROUPS_PER_CHAIN) break;
    merged.push(chain.id);
    groups += chain.groups;
  }
  return merged.length < 2 ? [] : merged;
}
