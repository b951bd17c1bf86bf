import { rollcallIdSchema, type Clock } from '#contracts';
import type { Queryable, Tx } from '#database';
import { REPLAYED_FOR_GROUP, REPLAYED_FROM } from '../consumer/record-processor.js';
import type { PublishedRecord } from '../log-engine.js';
import { enqueueRaw } from '../outbox/enqueue.js';

export interface DeadLetterDecision {
  readonly id: string;
  /** Left out only by operators who may decide for every organisation. */
  readonly organisationId?: string;
  /** Who decides, for the record. */
  readonly actor: string;
}

export type SettleResult = 'settled' | 'not-found' | 'already-settled';

/**
 * Puts the record back on its topic, with the same event id, for the one group that could not take it. It comes after whatever
 * was published meanwhile: consumers drop what is older by version, or by the place that it keeps. Repeating is `already-settled`.
 */
export async function replayDeadLetter(tx: Tx, decision: DeadLetterDecision): Promise<SettleResult> {
  const settled = await settle(tx, decision, 'replayed');
  if (typeof settled === 'string') return settled;
  const { topic, key, headers, value, group, partition, offset } = settled;
  const marks = { [REPLAYED_FROM]: headers[REPLAYED_FROM] ?? `${partition}:${offset}`, [REPLAYED_FOR_GROUP]: group };
  await enqueueRaw(tx, [{ topic, key, value, headers: { ...headers, ...marks } }]);
  return 'settled';
}

/** Takes the letter off the list; the record stays stored until retention takes it. */
export async function discardDeadLetter(tx: Tx, decision: DeadLetterDecision): Promise<SettleResult> {
  const settled = await settle(tx, decision, 'discarded');
  return typeof settled === 'string' ? settled : 'settled';
}

const SETTLED_RETENTION_MS = 90 * 24 * 60 * 60 * 1000;

/** Forgets letters that were settled 90 days ago; open ones stay. Returns how many went. */
export async function trimDeadLetters(db: Queryable, clock: Clock, maxRows = 5_000): Promise<number> {
  const rows = await db.query(
    `DELETE FROM messaging.dead_letters WHERE id IN (
       SELECT id FROM messaging.dead_letters WHERE state <> 'open' AND settled_at < $1 LIMIT $2) RETURNING 1`,
    [new Date(clock().getTime() - SETTLED_RETENTION_MS), maxRows],
  );
  return rows.length;
}

type Settled = PublishedRecord & { readonly group: string; readonly partition: number; readonly offset: number };

async function settle(
  tx: Tx,
  { id, organisationId, actor }: DeadLetterDecision,
  state: 'replayed' | 'discarded',
): Promise<Settled | 'not-found' | 'already-settled'> {
  if (!rollcallIdSchema.safeParse(id).success) return 'not-found';
  const [settled] = await tx.query<Settled>(
    `UPDATE messaging.dead_letters SET state = $4, settled_by = $3, settled_at = now()
      WHERE id = $1 AND ($2::text IS NULL OR organisation_id = $2) AND state = 'open'
     RETURNING topic, key, headers, value, consumer_group AS "group", partition, "offset"`,
    [id, organisationId ?? null, actor, state],
  );
  if (settled !== undefined) return settled;
  const known = await tx.query(
    'SELECT 1 FROM messaging.dead_letters WHERE id = $1 AND ($2::text IS NULL OR organisation_id = $2)',
    [id, organisationId ?? null],
  );
  return known.length > 0 ? 'already-settled' : 'not-found';
}
