import { listConnections, type Connection } from '#connections';
import type { Queryable } from '#database';

/** An organisation ends few connections; more than these are not looked through. */
const ENDED_CONNECTIONS = 1_000;

const newestFirst = (a: Connection, b: Connection) => b.updatedAt.getTime() - a.updatedAt.getTime();

/** The disconnected connections of a tenant, the newest first: a new one of the same tenant finds their people. */
export async function endedConnections(db: Queryable, organisationId: string, tenantId: string): Promise<Connection[]> {
  const ended = await listConnections(db, organisationId, { state: 'disconnected', limit: ENDED_CONNECTIONS });
  return ended.filter((connection) => connection.tenantId === tenantId.toLowerCase()).toSorted(newestFirst);
}
