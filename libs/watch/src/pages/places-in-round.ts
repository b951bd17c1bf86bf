import type { Round } from '#contracts';

/**
 * The place of each removal page in its round, given the group of each page in order: all that one round of delta takes away is judged
 * together, over all its groups (invariant 5). A single page stands for itself.
 */
export function placesInRound(id: string, groupIds: readonly string[]): (index: number) => Round | undefined {
  const pages = groupIds.length;
  const spansGroups = new Set(groupIds).size > 1;
  return (index) => (pages <= 1 ? undefined : { id, index, pages, ...(spansGroups ? { spansGroups } : {}) });
}
