import type { ConnectionState } from '#contracts';
import type { Queryable } from '#database';
import { ConnectionNotFoundError } from '../errors.js';
import type { Connection } from './connection.js';
import { CONNECTION_COLUMNS, toConnection, type ConnectionRow } from './connection-rows.js';

/** Throws `ConnectionNotFoundError` also for a connection of another organisation (invariant 9). */
export async function getConnection(db: Queryable, organisationId: string, connectionId: string): Promise<Connection> {
  const [row] = await db.query<ConnectionRow>(
    `SELECT ${CONNECTION_COLUMNS} FROM connections.connections c WHERE c.organisation_id = $1 AND c.id = $2`,
    [organisationId, connectionId],
  );
  if (row === undefined) throw new ConnectionNotFoundError(connectionId);
  return toConnection(row);
}

/** For the services, which act for every organisation; answers to people go through `getConnection`. */
export async function findConnection(db: Queryable, connectionId: string): Promise<Connection | null> {
  const [row] = await db.query<ConnectionRow>(`SELECT ${CONNECTION_COLUMNS} FROM connections.connections c WHERE c.id = $1`, [
    connectionId,
  ]);
  return row === undefined ? null : toConnection(row);
}

export interface ConnectionListing {
  readonly state?: ConnectionState | undefined;
  /** The id after which the page begins. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/** In id order. */
export async function listConnections(db: Queryable, organisationId: string, listing: ConnectionListing): Promise<Connection[]> {
  const rows = await db.query<ConnectionRow>(
    `SELECT ${CONNECTION_COLUMNS} FROM connections.connections c
     WHERE c.organisation_id = $1 AND ($2::text IS NULL OR c.state = $2) AND ($3::uuid IS NULL OR c.id > $3)
     ORDER BY c.id LIMIT $4`,
    [organisationId, listing.state ?? null, listing.afterId ?? null, listing.limit],
  );
  return rows.map(toConnection);
}

/** Which of these connections have ended. */
export async function findDisconnected(db: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM connections.connections WHERE id = ANY ($1::uuid[]) AND state = 'disconnected'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** For metrics: how many connections are in each state. */
export async function connectionStateCounts(db: Queryable): Promise<Record<ConnectionState, number>> {
  const rows = await db.query<{ state: ConnectionState; count: number }>(
    'SELECT state, count(*)::int AS count FROM connections.connections GROUP BY state',
  );
  const counts: Record<ConnectionState, number> = { created: 0, enabled: 0, paused: 0, quarantined: 0, disconnected: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
