import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '#database';

export interface Notification {
  readonly subscriptionId: string;
  readonly clientState: string;
  readonly tenantId: string;
  readonly changeType: 'updated';
  readonly resource: string;
  readonly resourceData: { readonly id: string };
}

const GROUPS = 50;
const NOTIFICATIONS_A_BATCH = 10;

/** A live connection with one full chain of groups and a subscription for each; answers a batch about ten of them. */
export async function seedSubscriptions(db: Database, connectionId: string): Promise<Notification[]> {
  const tenantId = randomUUID();
  const organisationId = randomUUID();
  const chainId = randomUUID();
  const groups = Array.from({ length: GROUPS }, () => ({
    groupId: randomUUID(),
    subscriptionId: randomUUID(),
    clientState: randomBytes(32).toString('hex'),
  }));
  const ids = groups.map(({ groupId }) => groupId);
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO watch.watched_connections (connection_id, organisation_id, tenant_id, live) VALUES ($1, $2, $3, true)`,
      [connectionId, organisationId, tenantId],
    );
    await tx.query(
      `INSERT INTO watch.chains (id, connection_id, organisation_id, kind, state, group_ids) VALUES ($1, $2, $3, 'groups', 'live', $4)`,
      [chainId, connectionId, organisationId, ids],
    );
    await tx.query('INSERT INTO watch.due_marks (chain_id) VALUES ($1)', [chainId]);
    await tx.query(
      `INSERT INTO watch.groups (connection_id, group_id, chain_id) SELECT $1, id, $2 FROM unnest($3::text[]) AS id`,
      [connectionId, chainId, ids],
    );
    await tx.query(
      `INSERT INTO watch.subscriptions (id, connection_id, organisation_id, tenant_id, purpose, group_id, resource, notification_url,
         client_state_hash, graph_id)
       SELECT gen_random_uuid(), $1, $2, $3, 'group', s.group_id, '/groups/' || s.group_id, 'https://rollcall.example', s.hash, s.graph_id
         FROM unnest($4::text[], $5::bytea[], $6::text[]) AS s (group_id, hash, graph_id)`,
      [
        connectionId,
        organisationId,
        tenantId,
        ids,
        groups.map(({ clientState }) => createHash('sha256').update(clientState).digest()),
        groups.map(({ subscriptionId }) => subscriptionId),
      ],
    );
  });
  return groups.slice(0, NOTIFICATIONS_A_BATCH).map(({ groupId, subscriptionId, clientState }) => ({
    subscriptionId,
    clientState,
    tenantId,
    changeType: 'updated',
    resource: `Groups/${groupId}`,
    resourceData: { id: groupId },
  }));
}
