import type { Tx } from '#database';
import { currentTraceparent, TRACEPARENT } from '#tracing';
import { RecordTooLargeError } from '../errors.js';
import type { PublishedRecord } from '../log-engine.js';
import { bucketOf } from '../partitioner.js';
import { MAX_RECORD_BYTES, OUTBOX_CHANNEL, OUTBOX_SHARDS, type OutboxRecord } from './outbox-record.js';

/**
 * Puts facts into the outbox, in their order, in one statement. They reach the log once and only if `tx` commits; a repetition of
 * the transaction repeats them, so their event ids must be stable. Throws `RecordTooLargeError` before anything is written.
 */
export async function enqueue(tx: Tx, records: readonly OutboxRecord[]): Promise<void> {
  await enqueueRaw(tx, records.map(encode));
}

/** The same for records that are bytes already: dead letters and their replays. */
export async function enqueueRaw(tx: Tx, records: readonly PublishedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const shards = records.map(({ key }) => bucketOf(key, OUTBOX_SHARDS));
  await tx.query(
    `INSERT INTO messaging.outbox (shard, topic, key, headers, value)
     SELECT shard, topic, key, headers, value
       FROM unnest($1::smallint[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[])
            WITH ORDINALITY AS input (shard, topic, key, headers, value, position)
      ORDER BY position`,
    [
      shards,
      records.map(({ topic }) => topic),
      records.map(({ key }) => key),
      records.map(({ headers }) => JSON.stringify(headers)),
      records.map(({ value }) => value),
    ],
  );
  // Names the shards to look at. Postgres folds equal notifications of one transaction into one.
  await tx.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, [...new Set(shards)].sort().join()]);
}

/**
 * Publishing happens later and elsewhere, so the record itself carries the trace that it belongs to: as a header, where tools look for
 * it, and in the event, as CloudEvents' extension has it, for whoever gets the event without the record.
 */
function encode({ topic, key, event, headers }: OutboxRecord): PublishedRecord {
  const traceparent = currentTraceparent();
  const value = Buffer.from(JSON.stringify(traceparent === null ? event : { ...event, traceparent }));
  if (value.length > MAX_RECORD_BYTES) throw new RecordTooLargeError(event.type, value.length, MAX_RECORD_BYTES);
  return {
    topic,
    key,
    value,
    headers: {
      ...headers,
      'event-type': event.type,
      'content-type': 'application/cloudevents+json',
      ...(traceparent === null ? {} : { [TRACEPARENT]: traceparent }),
    },
  };
}
