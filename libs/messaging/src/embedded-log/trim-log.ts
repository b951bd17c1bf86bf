import { TOPICS, type Clock } from '#contracts';
import type { Queryable } from '#database';

const ROWS_A_STATEMENT = 5_000;
const DEAD_LETTER_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes what is older than its topic's retention. Bounded: at most `maxRows` a call, in short statements; returns how many went,
 * so a caller that gets `maxRows` comes back soon.
 */
export async function trimLog(db: Queryable, clock: Clock, maxRows = 100_000): Promise<number> {
  const topics = await db.query<{ topic: string }>('SELECT DISTINCT topic FROM messaging.log_partitions');
  let removed = 0;
  for (const { topic } of topics) {
    const cutOff = new Date(clock().getTime() - retentionMs(topic));
    let last = ROWS_A_STATEMENT;
    while (last === ROWS_A_STATEMENT && removed < maxRows) {
      last = await removeOlderThan(db, topic, cutOff);
      removed += last;
    }
  }
  return removed;
}

function retentionMs(topic: string): number {
  return Object.values(TOPICS).find(({ name }) => name === topic)?.retentionMs ?? DEAD_LETTER_RETENTION_MS;
}

async function removeOlderThan(db: Queryable, topic: string, cutOff: Date): Promise<number> {
  const rows = await db.query(
    `DELETE FROM messaging.log_records WHERE ctid IN (
       SELECT ctid FROM messaging.log_records WHERE topic = $1 AND published_at < $2 ORDER BY published_at LIMIT $3)
     RETURNING 1`,
    [topic, cutOff, ROWS_A_STATEMENT],
  );
  return rows.length;
}
