import type { TopicName } from '#contracts';

/** A dead-letter topic of a consumer group, see `deadLetterTopic` in contracts. */
export type DeadLetterTopicName = `${string}.dead-letter`;

/** What is handed to a log: names are Rollcall's own, a broker's prefix is added by its adapter. */
export interface PublishedRecord {
  readonly topic: TopicName | DeadLetterTopicName;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

/** What a log gives back. Offsets are dense on the embedded log, only rising on Kafka. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

export interface LogPublisher {
  /**
   * Durable on return, in the given order per key. On failure any part of the records may have been written, so the caller sends
   * all of them again, and readers drop the repeats by event id or version. One call at a time keeps the order over retries.
   */
  publish(records: readonly PublishedRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Consecutive records of one partition, handed to one reader at a time. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  /** False as soon as the partition is lost, or the source is stopping: end after the record in work. */
  isActive(): boolean;
  /** Everything before `nextOffset` is done: it is not delivered again, except after a crash of the log itself. */
  commit(nextOffset: number): Promise<void>;
}

/** What the reader made of a batch: go on at the committed offset, at once or after a wait. */
export interface BatchVerdict {
  readonly resumeAfterMs: number;
}

export interface Subscription {
  readonly topics: readonly TopicName[];
  /** Must not throw. Called for several partitions at once, for each partition one batch after the other. */
  readonly onBatch: (batch: RecordBatch) => Promise<BatchVerdict>;
}

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Where the group goes on, and where the next record will be written. */
  readonly nextOffset: number;
  readonly endOffset: number;
}

/** The reading side of one consumer group in this process. */
export interface LogSource {
  /** Returns at once; waits for an engine that is away without bound. */
  start(subscription: Subscription): void;
  /** The record in work is finished and committed first. Safe to call twice. */
  stop(): Promise<void>;
  /** Throws what the engine throws when it is away. */
  lag(): Promise<PartitionLag[]>;
}

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** A log: Kafka for real deployments, the embedded one for a single process. */
export interface LogEngine {
  /** What traces call it (`messaging.system`). */
  readonly system: string;
  /** Creates the fact topics, and the dead-letter topics of the given group, where they are missing. */
  ensureTopics(group?: string): Promise<void>;
  publisher(): LogPublisher;
  source(group: string): LogSource;
  /** Sets where a group goes on. Its consumers must be stopped. */
  rewind(group: string, topic: TopicName, partition: number, nextOffset: number): Promise<void>;
  /** Answers within 5 s, whatever the engine does. */
  isReady(): Promise<Readiness>;
  close(): Promise<void>;
}
