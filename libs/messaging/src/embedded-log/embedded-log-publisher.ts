import { TOPIC_PARTITIONS } from '#contracts';
import { COMMIT_WITHOUT_FLUSH, type Database, type Tx } from '#database';
import type { LogPublisher, PublishedRecord } from '../log-engine.js';
import { bucketOf } from '../partitioner.js';

export const LOG_CHANNEL = 'messaging_log';

type Placed = PublishedRecord & { readonly partition: number };

/** Appends to the log tables. Offsets are dense, because they are given out under the partition's row lock, which the commit ends. */
export class EmbeddedLogPublisher implements LogPublisher {
  constructor(private readonly db: Database) {}

  async publish(records: readonly PublishedRecord[]): Promise<void> {
    if (records.length === 0) return;
    const placed = records.map((record) => ({ ...record, partition: bucketOf(record.key, TOPIC_PARTITIONS) }));
    await this.db.transaction(async (tx) => {
      await lockPartitions(tx, placed);
      await append(tx, placed);
      // The rows stay in the outbox until they are removed by a later commit: a crash that takes this one brings them again.
      await tx.query(`SELECT pg_notify($1, $2), ${COMMIT_WITHOUT_FLUSH}`, [LOG_CHANNEL, '']);
    });
  }

  async close(): Promise<void> {
    // Holds nothing of its own.
  }
}

/** In a fixed order, so that two publishers never wait for each other in a circle. Creates what is missing on the way. */
async function lockPartitions(tx: Tx, placed: readonly Placed[]): Promise<void> {
  const partitions = [placed.map(({ topic }) => topic), placed.map(({ partition }) => partition)];
  await tx.query(
    `INSERT INTO messaging.log_partitions (topic, partition)
     SELECT DISTINCT topic, partition FROM unnest($1::text[], $2::smallint[]) AS wanted (topic, partition)
      WHERE NOT EXISTS (SELECT 1 FROM messaging.log_partitions known
                         WHERE known.topic = wanted.topic AND known.partition = wanted.partition)
      ORDER BY topic, partition
     ON CONFLICT DO NOTHING`,
    partitions,
  );
  await tx.query(
    `SELECT 1 FROM messaging.log_partitions
      WHERE (topic, partition) IN (SELECT topic, partition FROM unnest($1::text[], $2::smallint[]) AS wanted (topic, partition))
      ORDER BY topic, partition FOR UPDATE`,
    partitions,
  );
}

async function append(tx: Tx, placed: readonly Placed[]): Promise<void> {
  await tx.query(
    `WITH input AS (
       SELECT *, row_number() OVER (PARTITION BY topic, partition ORDER BY position) - 1 AS index
         FROM unnest($1::text[], $2::smallint[], $3::text[], $4::jsonb[], $5::bytea[])
              WITH ORDINALITY AS record (topic, partition, key, headers, value, position)
     ), moved AS (
       UPDATE messaging.log_partitions head SET next_offset = head.next_offset + counted.records
         FROM (SELECT topic, partition, count(*) AS records FROM input GROUP BY topic, partition) counted
        WHERE head.topic = counted.topic AND head.partition = counted.partition
       RETURNING head.topic, head.partition, head.next_offset - counted.records AS first_offset
     )
     INSERT INTO messaging.log_records (topic, partition, "offset", key, headers, value)
     SELECT topic, partition, moved.first_offset + input.index, key, headers, value
       FROM input JOIN moved USING (topic, partition)`,
    [
      placed.map(({ topic }) => topic),
      placed.map(({ partition }) => partition),
      placed.map(({ key }) => key),
      placed.map(({ headers }) => JSON.stringify(headers)),
      placed.map(({ value }) => value),
    ],
  );
}
