import { connectionCreatedV1, type ConnectionSettings } from '#contracts';
import { lockNamed, lockOrganisation, onlyRow, type Tx } from '#database';
import type { Cloud } from '#graph-client';
import type { SecretBox } from '../credentials/secret-box.js';
import { storeCredential } from '../credentials/stored-credential.js';
import { ConnectionExistsError } from '../errors.js';
import type { Actor } from '../organisations/actor.js';
import type { Connection, WatchedGroup } from './connection.js';
import { recordChange } from './connection-changes.js';
import { replaceWatchedGroups } from './watched-groups.js';

export interface NewCredential {
  readonly clientSecret: string;
  readonly expiresAt: Date | null;
}

export interface NewConnection {
  readonly name: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly credential: NewCredential;
  /** Validated; `scope.groups` is not read, the groups stand in `watchedGroups` with what resolving them found. */
  readonly settings: ConnectionSettings;
  readonly watchedGroups: readonly WatchedGroup[];
}

/**
 * Stores a connection, switched off. A disconnected connection of the same organisation and tenant comes back under its old id, so
 * that the same people are found again. Throws `ConnectionExistsError`.
 */
export async function createConnection(tx: Tx, actor: Actor, input: NewConnection, secretBox: SecretBox): Promise<Connection> {
  await lockOrganisation(tx, actor.organisationId);
  await lockNamed(tx, `tenant:${input.tenantId}`);
  await assertNotConnected(tx, actor, input);
  const former = await findDisconnected(tx, actor, input);
  const connectionId = former === null ? await insertConnection(tx, actor, input) : await reviveConnection(tx, former, input);
  await storeCredential(tx, secretBox, connectionId, input.credential.clientSecret);
  await replaceWatchedGroups(tx, connectionId, input.watchedGroups);
  return recordChange(tx, actor, { action: 'connection.create', connectionId, before: null, event: connectionCreatedV1 });
}

async function assertNotConnected(tx: Tx, actor: Actor, { tenantId, clientId }: NewConnection): Promise<void> {
  const [taken] = await tx.query<{ id: string; organisation_id: string }>(
    `SELECT id, organisation_id FROM connections.connections WHERE tenant_id = $1 AND client_id = $2 AND state <> 'disconnected'`,
    [tenantId, clientId],
  );
  if (taken === undefined) return;
  const ownId = taken.organisation_id === actor.organisationId ? taken.id : null;
  throw new ConnectionExistsError(tenantId, clientId, ownId);
}

async function findDisconnected(tx: Tx, actor: Actor, { tenantId, clientId }: NewConnection): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `SELECT id FROM connections.connections WHERE organisation_id = $1 AND tenant_id = $2 AND state = 'disconnected'
     ORDER BY (client_id = $3) DESC, updated_at DESC LIMIT 1 FOR UPDATE`,
    [actor.organisationId, tenantId, clientId],
  );
  return row?.id ?? null;
}

async function insertConnection(tx: Tx, actor: Actor, input: NewConnection): Promise<string> {
  const { name, tenantId, clientId, cloud, settings, credential } = input;
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO connections.connections (organisation_id, name, tenant_id, client_id, cloud, settings, credential_expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [actor.organisationId, name, tenantId, clientId, cloud, settings, credential.expiresAt],
  );
  return onlyRow(rows).id;
}

async function reviveConnection(tx: Tx, connectionId: string, input: NewConnection): Promise<string> {
  await tx.query(
    `UPDATE connections.connections
     SET name = $2, client_id = $3, cloud = $4, settings = $5, credential_expires_at = $6, state = 'created',
         reason_code = NULL, reason_message = NULL, next_try_at = NULL, credential_code = NULL, credential_failed_at = NULL,
         credential_tried_at = NULL, credential_version = credential_version + 1, version = version + 1, updated_at = now()
     WHERE id = $1`,
    [connectionId, input.name, input.clientId, input.cloud, input.settings, input.credential.expiresAt],
  );
  return connectionId;
}
