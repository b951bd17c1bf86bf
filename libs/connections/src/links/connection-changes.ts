import { randomUUID } from 'node:crypto';
import { buildEvent, type connectionEvents } from '#contracts';
import { lockOrganisation, type Tx } from '#database';
import { enqueue } from '#messaging';
import { writeAudit } from '../audit/audit.js';
import type { Actor } from '../organisations/actor.js';
import { ConnectionNotFoundError } from '../errors.js';
import type { Connection } from './connection.js';
import { findConnection, getConnection } from './connection-queries.js';

/** Woken with the connection's id as payload after every change; whoever listens also looks on a timer. */
export const CONNECTIONS_CHANNEL = 'rollcall_connections';

/**
 * Reads the connection for a change: the organisation's lock first, since every change of a connection decides about people, then
 * the row's. Throws `ConnectionNotFoundError`.
 */
export async function lockConnection(tx: Tx, actor: Actor, connectionId: string): Promise<Connection> {
  await lockOrganisation(tx, actor.organisationId);
  const rows = await tx.query('SELECT 1 FROM connections.connections WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [
    actor.organisationId,
    connectionId,
  ]);
  if (rows.length === 0) throw new ConnectionNotFoundError(connectionId);
  return getConnection(tx, actor.organisationId, connectionId);
}

export interface ConnectionChange {
  readonly action: string;
  readonly connectionId: string;
  readonly before: Connection | null;
  /** The fact that happened, where it has an event. */
  readonly event?: (typeof connectionEvents)[number];
}

/** Ends every change of a connection: audit entry, outbox event, nudge. Answers the connection as it is now. */
export async function recordChange(tx: Tx, actor: Actor, change: ConnectionChange): Promise<Connection> {
  const after = await findConnection(tx, change.connectionId);
  if (after === null) throw new ConnectionNotFoundError(change.connectionId);
  await writeAudit(tx, actor, {
    action: change.action,
    connectionId: after.id,
    before: change.before === null ? null : auditView(change.before),
    after: auditView(after),
  });
  if (change.event !== undefined) await publishConnectionFact(tx, change.event, after);
  await nudge(tx, after.id);
  return after;
}

export async function nudge(tx: Tx, connectionId: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [CONNECTIONS_CHANNEL, connectionId]);
}

async function publishConnectionFact(
  tx: Tx,
  definition: (typeof connectionEvents)[number],
  connection: Connection,
): Promise<void> {
  const { id, organisationId, name, tenantId, clientId, cloud, state, reason } = connection;
  const event = buildEvent(
    definition,
    { id: randomUUID(), source: '/rollcall/connections', key: id, time: new Date(), subject: id },
    {
      organisationId,
      connectionId: id,
      code: reason?.code ?? null,
      message: reason?.message ?? null,
      object: { id, name, tenantId, clientId, cloud, state },
    },
  );
  await enqueue(tx, [{ topic: definition.topic, key: id, event }]);
}

/** What an audit entry keeps of a connection: everything that a person can set, and no secret. */
function auditView(connection: Connection): Record<string, unknown> {
  const { name, tenantId, clientId, cloud, state, reason, settings, credential } = connection;
  return {
    name,
    tenantId,
    clientId,
    cloud,
    state,
    reason,
    settings,
    credential: { version: credential.version, expiresAt: credential.expiresAt },
  };
}
