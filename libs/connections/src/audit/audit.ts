import type { Queryable } from '#database';
import type { Actor } from '../organisations/actor.js';

export interface AuditEntry {
  readonly action: string;
  readonly connectionId: string | null;
  /** What the change replaced, and what it made; never a secret. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly id: number;
  readonly actor: { readonly kind: Actor['kind']; readonly id: string };
  readonly at: Date;
}

/** Written inside the transaction of the change, by whoever makes it: there is no change without its entry. */
export async function writeAudit(tx: Queryable, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO connections.audit (organisation_id, connection_id, actor_kind, actor_id, action, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [actor.organisationId, entry.connectionId, actor.kind, actor.id, entry.action, entry.before, entry.after],
  );
}

export interface AuditListing {
  readonly connectionId?: string | undefined;
  /** Entries older than this one. */
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listAudit(db: Queryable, organisationId: string, listing: AuditListing): Promise<StoredAuditEntry[]> {
  return db.query<StoredAuditEntry>(
    `SELECT id, connection_id AS "connectionId", jsonb_build_object('kind', actor_kind, 'id', actor_id) AS actor,
            action, before, after, at
     FROM connections.audit
     WHERE organisation_id = $1 AND ($2::uuid IS NULL OR connection_id = $2) AND ($3::bigint IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [organisationId, listing.connectionId ?? null, listing.beforeId ?? null, listing.limit],
  );
}
