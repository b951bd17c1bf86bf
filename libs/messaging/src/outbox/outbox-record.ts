import type { Envelope, TopicName } from '#contracts';

/** One fact on its way to the log, written in the transaction that made it true. */
export interface OutboxRecord {
  readonly topic: TopicName;
  /** Records of one key keep their order. Writers of one key must be serial, as everything under the organisation lock is. */
  readonly key: string;
  readonly event: Envelope;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many shards the outbox has; changing it needs a migration and an empty outbox. */
export const OUTBOX_SHARDS = 8;

/** The payload names the shards that got rows, comma-separated; empty: any. */
export const OUTBOX_CHANNEL = 'messaging_outbox';

/** A batch of one send stays below this, so that no partition of it reaches the broker's limit of 1 MiB. */
export const MAX_BATCH_BYTES = 768 * 1024;

/** The most that one record may have; twice a page of `directory.changes.v1`, and still below a batch. */
export const MAX_RECORD_BYTES = 512 * 1024;
