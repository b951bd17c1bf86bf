import type { Queryable } from '#database';
import { CONNECTION_COLUMNS, toConnection, type ConnectionRow } from './connection-rows.js';
import type { Connection } from './connection.js';

/** A connection without the names of its groups: these follow Entra, and the connection does not change with them. */
export type KnownConnection = Omit<Connection, 'watchedGroups'>;

/**
 * The connections of all organisations as a process keeps them in memory, for work that goes through all of them every few seconds.
 * A look reads the row versions of all, and in full only those that changed since: a connection that did not change stays the same
 * object.
 */
export class KnownConnections {
  private known = new Map<string, { readonly rowVersion: string; readonly connection: KnownConnection }>();

  /** In id order, disconnected ones too. */
  async all(db: Queryable): Promise<readonly KnownConnection[]> {
    // Postgres writes its transaction into every row that it changes: no change can be forgotten here.
    const rows = await db.query<{ id: string; rowVersion: string }>(
      `SELECT id, xmin::text AS "rowVersion" FROM connections.connections ORDER BY id`,
    );
    const changed = rows.filter(({ id, rowVersion }) => this.known.get(id)?.rowVersion !== rowVersion).map(({ id }) => id);
    const read = changed.length === 0 ? [] : await readWithVersion(db, changed);
    const fresh = new Map(read.map(({ rowVersion, ...row }) => [row.id, { rowVersion, connection: toConnection(row) }]));
    this.known = new Map(
      rows.flatMap(({ id }) => {
        const entry = fresh.get(id) ?? this.known.get(id);
        return entry === undefined ? [] : [[id, entry]];
      }),
    );
    return [...this.known.values()].map(({ connection }) => connection);
  }

  /** Those that live sync works for now: enabled ones, and quarantined ones whose next try is due. */
  async active(db: Queryable, now: Date): Promise<readonly KnownConnection[]> {
    return (await this.all(db)).filter(
      ({ state, nextTryAt }) => state === 'enabled' || (state === 'quarantined' && (nextTryAt === null || nextTryAt <= now)),
    );
  }
}

function readWithVersion(db: Queryable, ids: readonly string[]): Promise<(ConnectionRow & { rowVersion: string })[]> {
  return db.query(
    `SELECT ${CONNECTION_COLUMNS}, c.xmin::text AS "rowVersion" FROM connections.connections c WHERE c.id = ANY ($1::uuid[])`,
    [ids],
  );
}
