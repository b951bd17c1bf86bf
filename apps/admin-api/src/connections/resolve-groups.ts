import { entraIdSchema } from '#contracts';
import type { WatchedGroup } from '#connections';
import type { GraphClient } from '#graph-client';
import { ProblemError } from '../http/problem.js';

const AT_ONCE = 4;

/** The part of the Graph client that resolving needs. */
export type GroupFinder = Pick<GraphClient, 'group' | 'groupsByName'>;

/** Whether an entry of `scope.groups` names a group by its object id, rather than by its exact name. */
export function asGroupId(entry: string): string | null {
  return entraIdSchema.safeParse(entry).data ?? null;
}

/**
 * Ids and exact names to the groups they mean, in their order, each once. Throws GROUP_NOT_FOUND or GROUP_NAME_AMBIGUOUS with the
 * candidates, naming the entry.
 */
export async function resolveGroups(finder: GroupFinder, entries: readonly string[]): Promise<WatchedGroup[]> {
  const groups = new Map<string, WatchedGroup>();
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const found = await Promise.all(entries.slice(start, start + AT_ONCE).map((entry) => resolveGroup(finder, entry)));
    for (const group of found) groups.set(group.id, group);
  }
  return [...groups.values()];
}

async function resolveGroup(finder: GroupFinder, entry: string): Promise<WatchedGroup> {
  const id = asGroupId(entry);
  if (id !== null) {
    const { displayName } = await finder.group(id);
    return { id, displayName };
  }
  const named = await finder.groupsByName(entry);
  const [group] = named;
  if (group === undefined)
    throw new ProblemError('GROUP_NOT_FOUND', `The tenant has no group with the exact name "${entry}".`, { group: entry });
  if (named.length > 1) {
    throw new ProblemError('GROUP_NAME_AMBIGUOUS', `The tenant has ${named.length} groups with the name "${entry}".`, {
      group: entry,
      candidates: named.map(({ id, displayName, kind, mail }) => ({ id, displayName, kind, mail })),
    });
  }
  return { id: group.id.toLowerCase(), displayName: group.displayName };
}
