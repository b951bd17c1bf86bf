import type { Queryable } from '#database';
import type { WatchedGroup } from './connection.js';

/** Makes the watched groups exactly these. A name that resolving did not find keeps what is stored. */
export async function replaceWatchedGroups(tx: Queryable, connectionId: string, groups: readonly WatchedGroup[]): Promise<void> {
  const ids = groups.map((group) => group.id);
  await tx.query('DELETE FROM connections.watched_groups WHERE connection_id = $1 AND group_id <> ALL ($2::text[])', [
    connectionId,
    ids,
  ]);
  await tx.query(
    `INSERT INTO connections.watched_groups AS w (connection_id, group_id, display_name, added_at)
     SELECT $1, id, name, now() + position * interval '1 microsecond'
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS given (id, name, position)
     ON CONFLICT (connection_id, group_id) DO UPDATE SET display_name = COALESCE(EXCLUDED.display_name, w.display_name)`,
    [connectionId, ids, groups.map((group) => group.displayName)],
  );
}

/** Follows renames that a read or a delta round saw; unknown groups are left alone. True where a name changed. */
export async function renameWatchedGroup(db: Queryable, connectionId: string, group: WatchedGroup): Promise<boolean> {
  const rows = await db.query(
    `UPDATE connections.watched_groups SET display_name = $3
     WHERE connection_id = $1 AND group_id = $2 AND display_name IS DISTINCT FROM $3 RETURNING 1`,
    [connectionId, group.id, group.displayName],
  );
  return rows.length > 0;
}
