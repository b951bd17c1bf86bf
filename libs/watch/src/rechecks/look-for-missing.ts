import { EVERYBODY, isCodedError } from '#contracts';
import type { Queryable } from '#database';
import type { GraphClient } from '#graph-client';
import { isEverybodyWatched } from '../chains/is-everybody-watched.js';
import type { WatchContext } from '../watch-context.js';
import type { Recheck } from './claim-rechecks.js';

/**
 * What became of somebody whom a read by ids left out. `readAgain`: nothing shows them, but it was seen only once. `unknown`: still
 * there somewhere, or somebody could not be asked.
 */
export type MissingVerdict = 'softDeleted' | 'deleted' | 'readAgain' | 'unknown';

/**
 * Proves a deletion: by the entry among the deleted items; without one, by a complete read of the group that named the person (of everybody,
 * where the whole tenant is in scope), which lacks them, together with a 404 on the person, both twice, `settle` apart (invariant 4). Answers a verdict per recheck id.
 */
export async function lookForMissing(
  context: WatchContext,
  graph: GraphClient,
  missing: readonly Recheck[],
): Promise<Map<number, MissingVerdict>> {
  const verdicts = new Map<number, MissingVerdict>();
  const unseen: Recheck[] = [];
  for (const recheck of missing) {
    if ((await graph.deletedUser(recheck.memberId)) !== null) verdicts.set(recheck.id, 'softDeleted');
    else if ((await graph.user(recheck.memberId)) !== null) verdicts.set(recheck.id, 'unknown');
    else unseen.push(recheck);
  }
  const listed = await listedInTheirGroups(context, graph, unseen);
  for (const recheck of unseen) {
    const isListed = listed.get(recheck.id);
    if (isListed !== false) verdicts.set(recheck.id, 'unknown');
    else verdicts.set(recheck.id, recheck.stage === 'second' ? 'deleted' : 'readAgain');
  }
  return verdicts;
}

/** Whether the group that named each person still lists them; absent where that group could not be read to its end. */
async function listedInTheirGroups(
  { db }: WatchContext,
  graph: GraphClient,
  rechecks: readonly Recheck[],
): Promise<Map<number, boolean>> {
  const listed = new Map<number, boolean>();
  const [first] = rechecks;
  if (first === undefined) return listed;
  for (const { groupId, members } of await groupsOf(db, first.connectionId, rechecks)) {
    const present = await membersAmong(graph, groupId, new Set(members));
    if (present === null) continue;
    for (const { id, memberId } of rechecks.filter((recheck) => members.includes(recheck.memberId)))
      listed.set(id, present.has(memberId));
  }
  return listed;
}

/** Which group's list decides about whom: the one that named them, or that of everybody where the whole tenant is in scope. */
async function groupsOf(
  db: Queryable,
  connectionId: string,
  rechecks: readonly Recheck[],
): Promise<{ groupId: string; members: string[] }[]> {
  const members = rechecks.map(({ memberId }) => memberId);
  if (await isEverybodyWatched(db, connectionId)) return [{ groupId: EVERYBODY, members }];
  return db.query(
    `SELECT group_id AS "groupId", array_agg(object_id) AS members FROM watch.principals
      WHERE connection_id = $1 AND object_id = ANY ($2::text[]) AND group_id IS NOT NULL GROUP BY group_id ORDER BY group_id`,
    [connectionId, members],
  );
}

/** Null where the group is not there: its absence says nothing about people. */
async function membersAmong(graph: GraphClient, groupId: string, asked: ReadonlySet<string>): Promise<Set<string> | null> {
  const present = new Set<string>();
  try {
    for await (const page of graph.members(groupId)) {
      for (const { id } of page.members) if (asked.has(id)) present.add(id);
    }
    return present;
  } catch (error) {
    if (isCodedError(error) && error.code === 'GROUP_NOT_FOUND') return null;
    throw error;
  }
}
