import { createHash } from 'node:crypto';
import type { Queryable } from '#database';
import { IdempotencyKeyReusedError } from '../errors.js';

const KEEP_MS = 24 * 60 * 60 * 1000;
/** No request takes this long: its process died before it could answer. */
const ABANDONED_MS = 2 * 60 * 1000;

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One request that may come twice: its key, and everything that makes it the same request. */
export interface IdempotentRequest {
  readonly organisationId: string;
  readonly key: string;
  readonly content: unknown;
}

export type KeyClaim =
  { readonly kind: 'new' } | { readonly kind: 'answered'; readonly answer: StoredAnswer } | { readonly kind: 'inFlight' };

/**
 * Takes the key before the work begins. `answered` repeats the first answer, `inFlight` says that the first request still runs.
 * Throws `IdempotencyKeyReusedError` for another content. Keys are kept for 24 hours. The content is kept as a hash only: it may
 * hold a secret.
 */
export async function claimIdempotencyKey(db: Queryable, request: IdempotentRequest, now: Date): Promise<KeyClaim> {
  const hash = hashOf(request.content);
  await trimIdempotencyKeys(db, now);
  const [claimed] = await db.query(
    `INSERT INTO connections.idempotency_keys (organisation_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [request.organisationId, request.key, hash, now],
  );
  if (claimed !== undefined) return { kind: 'new' };
  const [known] = await db.query<{ request_hash: Buffer; status: number | null; answer: unknown }>(
    'SELECT request_hash, status, answer FROM connections.idempotency_keys WHERE organisation_id = $1 AND key = $2',
    [request.organisationId, request.key],
  );
  if (known === undefined) return { kind: 'inFlight' };
  if (!known.request_hash.equals(hash)) throw new IdempotencyKeyReusedError(request.key);
  return known.status === null
    ? { kind: 'inFlight' }
    : { kind: 'answered', answer: { status: known.status, body: known.answer } };
}

/** Forgets keys after 24 hours, and those whose request never got an answer; answers how many went. */
export async function trimIdempotencyKeys(db: Queryable, now: Date): Promise<number> {
  const rows = await db.query(
    `DELETE FROM connections.idempotency_keys WHERE created_at < $1 OR (status IS NULL AND created_at < $2) RETURNING 1`,
    [new Date(now.getTime() - KEEP_MS), new Date(now.getTime() - ABANDONED_MS)],
  );
  return rows.length;
}

export async function keepAnswer(db: Queryable, request: IdempotentRequest, answer: StoredAnswer): Promise<void> {
  await db.query('UPDATE connections.idempotency_keys SET status = $3, answer = $4 WHERE organisation_id = $1 AND key = $2', [
    request.organisationId,
    request.key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ]);
}

/** The work failed: the same key may try again. */
export async function releaseIdempotencyKey(db: Queryable, request: IdempotentRequest): Promise<void> {
  await db.query('DELETE FROM connections.idempotency_keys WHERE organisation_id = $1 AND key = $2 AND status IS NULL', [
    request.organisationId,
    request.key,
  ]);
}

function hashOf(content: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([content]))
    .digest();
}
