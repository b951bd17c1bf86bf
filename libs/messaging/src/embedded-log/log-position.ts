import { COMMIT_WITHOUT_FLUSH, type Queryable } from '#database';
import type { LogRecord, PartitionLag } from '../log-engine.js';

const MAX_BATCH_RECORDS = 500;
const MAX_BATCH_BYTES = 2 * 1024 * 1024;

interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

/** Partitions of the topics where the group is behind. */
export async function findLag(db: Queryable, group: string, topics: readonly string[]): Promise<PartitionLag[]> {
  return db.query<PartitionLag>(
    `SELECT head.topic, head.partition, coalesce(mine.next_offset, 0) AS "nextOffset", head.next_offset AS "endOffset"
       FROM messaging.log_partitions head
       LEFT JOIN messaging.log_positions mine
         ON mine.consumer_group = $1 AND mine.topic = head.topic AND mine.partition = head.partition
      WHERE head.topic = ANY($2::text[]) AND head.next_offset > coalesce(mine.next_offset, 0)
      ORDER BY head.topic, head.partition`,
    [group, topics],
  );
}

/** The next records, at least one where there is any; what retention has taken is passed over. */
export async function readRecords(db: Queryable, { topic, partition }: PartitionName, from: number): Promise<LogRecord[]> {
  return db.query<LogRecord>(
    `SELECT topic, partition, "offset", key, headers, value
       FROM (SELECT *, sum(octet_length(value)) OVER (ORDER BY "offset") AS bytes
               FROM (SELECT * FROM messaging.log_records
                      WHERE topic = $1 AND partition = $2 AND "offset" >= $3 ORDER BY "offset" LIMIT $4) head) sized
      WHERE bytes <= $5
      ORDER BY "offset"`,
    [topic, partition, from, MAX_BATCH_RECORDS, MAX_BATCH_BYTES],
  );
}

/** Not flushed by itself: the handlers' commits are, and a position that a crash takes means that they see the records again. */
export async function commitPosition(
  db: Queryable,
  group: string,
  { topic, partition }: PartitionName,
  nextOffset: number,
): Promise<void> {
  await db.query(
    `INSERT INTO messaging.log_positions (consumer_group, topic, partition, next_offset)
     SELECT $1, $2, $3::smallint, $4::bigint FROM ${COMMIT_WITHOUT_FLUSH}
     ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
    [group, topic, partition, nextOffset],
  );
}
