import type { Connection } from '#connections';
import type { Queryable } from '#database';
import { listGroups, type GroupView } from '#people';

/** The groups that these connections watch, or have heard of, by the names that are known of them. */
export function groupsOf(db: Queryable, organisationId: string, connections: readonly Connection[]): Promise<GroupView[]> {
  const watched = connections.flatMap((connection) =>
    connection.watchedGroups.map(({ id, displayName }) => ({ connectionId: connection.id, groupId: id, displayName })),
  );
  return listGroups(db, organisationId, watched);
}
