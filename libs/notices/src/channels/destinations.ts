import { randomBytes } from 'node:crypto';
import type { Queryable } from '#database';
import type { SecretBox, SealBinding } from '#connections';
import type { SharedChannel } from '../kinds.js';

/** Where a shared channel sends to. A Teams Workflows address is itself a secret, so all of it is sealed. */
export interface Destination {
  readonly url: string;
  /** `whsec_` and base64: signs the messages. Only webhooks have one. */
  readonly secret: string | null;
}

/** What may be shown of a destination. */
export interface DestinationFacts {
  readonly channel: SharedChannel;
  readonly host: string;
  readonly updatedAt: Date;
}

/** Whose destination it is: of one connection, or, with null, the organisation's. */
export interface DestinationOwner {
  readonly organisationId: string;
  readonly connectionId: string | null;
}

const SECRET_BYTES = 32;

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export async function storeDestination(
  tx: Queryable,
  secretBox: SecretBox,
  owner: DestinationOwner,
  channel: SharedChannel,
  destination: Destination,
): Promise<void> {
  const { keyId, sealed } = secretBox.seal(JSON.stringify(destination), bindingOf(owner, channel));
  await tx.query(
    `INSERT INTO notices.destinations (organisation_id, connection_id, channel, host, key_id, sealed) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (organisation_id, connection_id, channel)
     DO UPDATE SET host = excluded.host, key_id = excluded.key_id, sealed = excluded.sealed, updated_at = now()`,
    [owner.organisationId, owner.connectionId, channel, new URL(destination.url).host, keyId, sealed],
  );
}

export async function removeDestination(tx: Queryable, owner: DestinationOwner, channel: SharedChannel): Promise<void> {
  await tx.query(
    'DELETE FROM notices.destinations WHERE organisation_id = $1 AND connection_id IS NOT DISTINCT FROM $2 AND channel = $3',
    [owner.organisationId, owner.connectionId, channel],
  );
}

export async function listDestinations(db: Queryable, owner: DestinationOwner): Promise<DestinationFacts[]> {
  return db.query<DestinationFacts>(
    `SELECT channel, host, updated_at AS "updatedAt" FROM notices.destinations
     WHERE organisation_id = $1 AND connection_id IS NOT DISTINCT FROM $2 ORDER BY channel`,
    [owner.organisationId, owner.connectionId],
  );
}

/** The connection's own destination, else the organisation's, else null. Throws `SealBrokenError` where SECRETS_KEY lacks the key. */
export async function openDestination(
  db: Queryable,
  secretBox: SecretBox,
  owner: DestinationOwner,
  channel: SharedChannel,
): Promise<Destination | null> {
  const [row] = await db.query<{ connectionId: string | null; sealed: string }>(
    `SELECT connection_id AS "connectionId", sealed FROM notices.destinations
     WHERE organisation_id = $1 AND channel = $3 AND (connection_id = $2 OR connection_id IS NULL)
     ORDER BY connection_id NULLS LAST LIMIT 1`,
    [owner.organisationId, owner.connectionId, channel],
  );
  if (row === undefined) return null;
  const binding = bindingOf({ organisationId: owner.organisationId, connectionId: row.connectionId }, channel);
  return JSON.parse(secretBox.open(row.sealed, binding)) as Destination;
}

/** Seals again under the newest key what an older one sealed, so that the older one can be taken out. Answers how many. */
export async function resealDestinations(tx: Queryable, secretBox: SecretBox): Promise<number> {
  const rows = await tx.query<DestinationOwner & { channel: SharedChannel; sealed: string }>(
    `SELECT organisation_id AS "organisationId", connection_id AS "connectionId", channel, sealed FROM notices.destinations
     WHERE key_id <> $1 FOR UPDATE SKIP LOCKED`,
    [secretBox.newestKeyId],
  );
  for (const { sealed, channel, ...owner } of rows) {
    const destination = JSON.parse(secretBox.open(sealed, bindingOf(owner, channel))) as Destination;
    await storeDestination(tx, secretBox, owner, channel, destination);
  }
  return rows.length;
}

function bindingOf({ organisationId, connectionId }: DestinationOwner, channel: SharedChannel): SealBinding {
  return { connectionId: connectionId ?? organisationId, field: `notices.${channel}` };
}
