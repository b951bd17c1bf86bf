import type { Queryable } from '#database';
import type { GraphConnection } from '#graph-client';
import { CredentialMissingError, CredentialRestingError } from '../errors.js';
import type { SecretBox } from './secret-box.js';

const FIELD = 'clientSecret';
const REST_MS = 60_000;

/** Replaces the sealed secret. The caller raises `credential_version` in the same transaction. */
export async function storeCredential(
  tx: Queryable,
  secretBox: SecretBox,
  connectionId: string,
  clientSecret: string,
): Promise<void> {
  const { keyId, sealed } = secretBox.seal(clientSecret, { connectionId, field: FIELD });
  await tx.query(
    `INSERT INTO connections.credentials (connection_id, field, key_id, sealed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (connection_id, field) DO UPDATE SET key_id = EXCLUDED.key_id, sealed = EXCLUDED.sealed, sealed_at = now()`,
    [connectionId, FIELD, keyId, sealed],
  );
}

export async function eraseCredential(tx: Queryable, connectionId: string): Promise<void> {
  await tx.query('DELETE FROM connections.credentials WHERE connection_id = $1', [connectionId]);
}

/** The unsealed credential, with the version that `recordTokenRefused` and caches of clients want. */
export interface OpenedCredential extends GraphConnection {
  readonly organisationId: string;
  readonly credentialVersion: number;
}

/**
 * Opens the credential for work with Graph. Past `expiresAt`, or after Entra said SECRET_EXPIRED, only one caller a minute, over all
 * processes, gets it; the others get `CredentialRestingError` with the wait. Throws `CredentialMissingError` for a disconnected or
 * unknown connection, `SealBrokenError` where SECRETS_KEY lacks the key.
 */
export async function openCredential(
  db: Queryable,
  secretBox: SecretBox,
  connectionId: string,
  now: Date = new Date(),
): Promise<OpenedCredential> {
  const [row] = await db.query<SealedRow>(
    `SELECT c.organisation_id, c.tenant_id, c.client_id, c.cloud, c.credential_version, s.sealed, c.credential_tried_at,
            (c.credential_code = 'SECRET_EXPIRED' OR c.credential_expires_at <= $2) IS TRUE AS expired
     FROM connections.connections c JOIN connections.credentials s ON s.connection_id = c.id AND s.field = $3
     WHERE c.id = $1`,
    [connectionId, now, FIELD],
  );
  if (row === undefined) throw new CredentialMissingError(connectionId);
  if (row.expired && !(await claimAttempt(db, connectionId, now))) {
    throw new CredentialRestingError(connectionId, remainingRest(row.credential_tried_at, now));
  }
  return {
    connectionId,
    organisationId: row.organisation_id,
    tenantId: row.tenant_id,
    cloud: row.cloud,
    clientId: row.client_id,
    clientSecret: secretBox.open(row.sealed, { connectionId, field: FIELD }),
    credentialVersion: row.credential_version,
  };
}

/** Entra refused the secret. Ignored when a newer secret was stored meanwhile; the first refusal keeps its instant. */
export async function recordTokenRefused(
  db: Queryable,
  credential: { readonly connectionId: string; readonly credentialVersion: number },
  code: string,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE connections.connections
     SET credential_failed_at = CASE WHEN credential_code = $3 THEN credential_failed_at ELSE $4 END,
         credential_code = $3, credential_tried_at = $4
     WHERE id = $1 AND credential_version = $2`,
    [credential.connectionId, credential.credentialVersion, code, now],
  );
}

/** Entra issued a token: an earlier refusal is over. */
export async function recordTokenIssued(
  db: Queryable,
  credential: { readonly connectionId: string; readonly credentialVersion: number },
): Promise<void> {
  await db.query(
    `UPDATE connections.connections SET credential_failed_at = NULL, credential_code = NULL
     WHERE id = $1 AND credential_version = $2 AND credential_code IS NOT NULL`,
    [credential.connectionId, credential.credentialVersion],
  );
}

interface SealedRow {
  organisation_id: string;
  tenant_id: string;
  client_id: string;
  cloud: GraphConnection['cloud'];
  credential_version: number;
  sealed: string;
  credential_tried_at: Date | null;
  expired: boolean;
}

async function claimAttempt(db: Queryable, connectionId: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    `UPDATE connections.connections SET credential_tried_at = $2
     WHERE id = $1 AND (credential_tried_at IS NULL OR credential_tried_at <= $3) RETURNING 1`,
    [connectionId, now, new Date(now.getTime() - REST_MS)],
  );
  return rows.length > 0;
}

function remainingRest(triedAt: Date | null, now: Date): number {
  return triedAt === null ? REST_MS : Math.max(1, triedAt.getTime() + REST_MS - now.getTime());
}
