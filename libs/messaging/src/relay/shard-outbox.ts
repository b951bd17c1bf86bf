import { COMMIT_WITHOUT_FLUSH, type Queryable } from '#database';
import type { PublishedRecord } from '../log-engine.js';
import { MAX_BATCH_BYTES } from '../outbox/outbox-record.js';
import type { ShardLease } from './shard-leases.js';

export type OutboxRow = PublishedRecord & { readonly id: number };

const MAX_BATCH_RECORDS = 1000;

/**
 * The next rows of a shard in id order, cut to one send. There is no cursor: rows commit out of sequence, so every look begins at
 * the lowest id that is left.
 */
export async function nextBatch(db: Queryable, shard: number): Promise<OutboxRow[]> {
  return db.query<OutboxRow>(
    `SELECT id, topic, key, headers, value
       FROM (SELECT *, sum(octet_length(value)) OVER (ORDER BY id) AS bytes
               FROM (SELECT * FROM messaging.outbox WHERE shard = $1 ORDER BY id LIMIT $2) head) sized
      WHERE bytes <= $3
      ORDER BY id`,
    [shard, MAX_BATCH_RECORDS, MAX_BATCH_BYTES],
  );
}

/**
 * Removes what is published; false, and nothing removed, where the shard has another holder by now. Not flushed by itself: rows that
 * a crash brings back are published again, and readers drop repeats.
 */
export async function removeBatch(db: Queryable, lease: ShardLease, rows: readonly OutboxRow[]): Promise<boolean> {
  const removed = await db.query(
    `DELETE FROM messaging.outbox USING ${COMMIT_WITHOUT_FLUSH}
      WHERE id = ANY($1::bigint[])
        AND EXISTS (SELECT 1 FROM messaging.outbox_shards WHERE shard = $2 AND lease_token = $3)
     RETURNING id`,
    [rows.map(({ id }) => id), lease.shard, lease.token],
  );
  return removed.length > 0;
}

/** Which of the given shards have something to send. */
export async function shardsWithRows(db: Queryable, shards: readonly number[]): Promise<number[]> {
  if (shards.length === 0) return [];
  const rows = await db.query<{ shard: number }>(
    `SELECT shard FROM unnest($1::smallint[]) AS held (shard)
      WHERE EXISTS (SELECT 1 FROM messaging.outbox WHERE outbox.shard = held.shard)`,
    [shards],
  );
  return rows.map(({ shard }) => shard);
}
