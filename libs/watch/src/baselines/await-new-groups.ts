import { readConnectionForDecisions, type ConnectionForDecisions } from '#connections';
import type { Queryable } from '#database';

type Watching = Pick<ConnectionForDecisions, 'connectionId' | 'settings' | 'watchedGroupIds' | 'effects'>;

/** A connection as decisions need it, with whether its picture is complete. */
export interface ConnectionWithPicture extends ConnectionForDecisions {
  readonly awaitsGroups: boolean;
}

/** Read it after the organisation lock, in the transaction that decides. Null where the connection is unknown. */
export async function readConnectionWithPicture(tx: Queryable, connectionId: string): Promise<ConnectionWithPicture | null> {
  const connection = await readConnectionForDecisions(tx, connectionId);
  if (connection === null) return null;
  return { ...connection, awaitsGroups: (await findAwaitingGroups(tx, [connection])).has(connectionId) };
}

/**
 * Of these connections, those whose scope names a group of which nobody knows the members yet: it has been added, and the run that
 * reads it has not ended. Where everybody of the tenant is in, or live sync is off, nothing waits for that.
 */
export async function findAwaitingGroups(db: Queryable, connections: readonly Watching[]): Promise<ReadonlySet<string>> {
  const pairs = connections
    .filter(({ settings, effects }) => effects.live && settings.scope.mode === 'groups')
    .flatMap(({ connectionId, watchedGroupIds }) => watchedGroupIds.map((groupId) => ({ connectionId, groupId })));
  if (pairs.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(AWAITING, [
    pairs.map(({ connectionId }) => connectionId),
    pairs.map(({ groupId }) => groupId),
  ]);
  return new Set(rows.map(({ id }) => id));
}

// Not taken up yet; taken up, but its chain has not begun; begun, and being read.
const AWAITING = `
  SELECT DISTINCT asked.connection_id AS id
    FROM unnest($1::uuid[], $2::text[]) AS asked (connection_id, group_id)
         LEFT JOIN watch.groups g ON g.connection_id = asked.connection_id AND g.group_id = asked.group_id
         LEFT JOIN watch.chains c ON c.id = g.chain_id
         LEFT JOIN watch.baselines b ON b.connection_id = asked.connection_id AND b.group_id = asked.group_id
   WHERE g.group_id IS NULL OR (c.link IS NULL AND c.baseline_reason IS NULL) OR b.reason = 'NEW_GROUP'`;
