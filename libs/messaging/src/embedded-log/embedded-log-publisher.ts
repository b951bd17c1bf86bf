import { TOPIC_PARTITIONS } from '#contracts';
import { COMMIT_WITHOUT_FLUSH, onlyRow, type Database, type Queryable } from '#database';
import { LogUnavailableError } from '../errors.js';
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
    if (await append(this.db, placed)) return;
    await createPartitions(this.db, placed);
    if (!(await append(this.db, placed))) throw new LogUnavailableError('partitions of the embedded log are missing');
  }

  async close(): Promise<void> {
    // Holds nothing of its own.
  }
}

/**
 * One statement, hence one commit: partitions are locked in a fixed order, so that two publishers never wait for each other in a circle,
 * and all of it is left undone, with the answer false, where one is missing. The commit is not flushed by itself: the rows stay in the
 * outbox until they are removed by a later one, so a crash that takes this one brings them again.
 */
async function append(db: Queryable, placed: readonly Placed[]): Promise<boolean> {
  const { isPlaced } = onlyRow(
    await db.query<{ isPlaced: boolean }>(APPEND, [
      placed.map(({ topic }) => topic),
      placed.map(({ partition }) => partition),
      placed.map(({ key }) => key),
      placed.map(({ headers }) => JSON.stringify(headers)),
      placed.map(({ value }) => value),
      LOG_CHANNEL,
    ]),
  );
  return isPlaced;
}

async function createPartitions(db: Queryable, placed: readonly Placed[]): Promise<void> {
  await db.query(
    `INSERT INTO messaging.log_partitions (topic, partition)
     SELECT DISTINCT topic, partition FROM unnest($1::text[], $2::smallint[]) AS wanted (topic, partition) ORDER BY topic, partition
     ON CONFLICT DO NOTHING`,
    [placed.map(({ topic }) => topic), placed.map(({ partition }) => partition)],
  );
}

const APPEND = `
  WITH input AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY topic, partition ORDER BY position) - 1 AS index
      FROM unnest($1::text[], $2::smallint[], $3::text[], $4::jsonb[], $5::bytea[])
           WITH ORDINALITY AS record (topic, partition, key, headers, value, position)
  ), wanted AS MATERIALIZED (
    SELECT topic, partition, count(*) AS records FROM input GROUP BY topic, partition
  ), locked AS MATERIALIZED (
    SELECT topic, partition FROM messaging.log_partitions
     WHERE (topic, partition) IN (SELECT topic, partition FROM wanted) ORDER BY topic, partition FOR UPDATE
  ), is_complete AS MATERIALIZED (
    SELECT (SELECT count(*) FROM locked) = (SELECT count(*) FROM wanted) AS yes
  ), moved AS (
    UPDATE messaging.log_partitions head SET next_offset = head.next_offset + wanted.records
      FROM wanted, is_complete
     WHERE is_complete.yes AND head.topic = wanted.topic AND head.partition = wanted.partition
    RETURNING head.topic, head.partition, head.next_offset - wanted.records AS first_offset
  ), appended AS (
    INSERT INTO messaging.log_records (topic, partition, "offset", key, headers, value)
    SELECT topic, partition, moved.first_offset + input.index, key, headers, value
      FROM input JOIN moved USING (topic, partition)
  )
  SELECT is_complete.yes AS "isPlaced", CASE WHEN is_complete.yes THEN pg_notify($6, '') END, ${COMMIT_WITHOUT_FLUSH} FROM is_complete`;
