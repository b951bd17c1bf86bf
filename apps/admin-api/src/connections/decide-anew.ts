import type { Connection } from '#connections';
import type { Tx } from '#database';
import { redecideConnection } from '#people';
import type { AdminApiServices } from '../admin-api-services.js';
import { peopleTools } from '../people-tools.js';

/**
 * Scope, settings and state decide about people as much as the directory does: what follows from a change of them happens in its
 * transaction, through the guard. Nothing follows where live sync is off.
 */
export async function decideAnew(tx: Tx, services: AdminApiServices, connection: Connection): Promise<Connection> {
  const { id: connectionId, organisationId, version } = connection;
  const cause = { kind: 'settings', id: `${connectionId}:v${version}` } as const;
  await redecideConnection(tx, peopleTools(services), { organisationId, connectionId, cause });
  return connection;
}
