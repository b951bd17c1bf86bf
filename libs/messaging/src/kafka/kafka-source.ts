import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Log } from '#contracts';
import { backOffMs } from '../back-off.js';
import { withDeadline } from '../deadline.js';
import { LogUnavailableError } from '../errors.js';
import type { LogRecord, LogSource, PartitionLag, Subscription } from '../log-engine.js';
import { CONSUMER_RETRY } from './kafka-client.js';

export interface KafkaSourceOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  /** Without prefix. */
  readonly group: string;
  readonly log: Log;
  readonly ensureTopics: () => Promise<void>;
  readonly lag: (topics: readonly string[]) => Promise<PartitionLag[]>;
}

const HEARTBEAT_MS = 1_000;
const DISCONNECT_DEADLINE_MS = 3_000;
/** Waiting partitions hold a place each, so there are more places than partitions; handlers are limited by the reader. */
const PARTITIONS_AT_ONCE = 64;

/** Reads Kafka for one group. kafkajs ends a consumer for good on some errors: then another one is built, without end. */
export class KafkaSource implements LogSource {
  private readonly stopping = new AbortController();
  private readonly batches = new Set<Promise<void>>();
  private readonly pauses = new Set<NodeJS.Timeout>();
  private topics: readonly string[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly options: KafkaSourceOptions) {}

  start(subscription: Subscription): void {
    this.topics = subscription.topics;
    this.running ??= this.run(subscription);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  async lag(): Promise<PartitionLag[]> {
    return this.options.lag(this.topics);
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(subscription: Subscription): Promise<void> {
    let failures = 0;
    while (!this.isStopping) {
      const startedAt = performance.now();
      try {
        await this.consumeUntilEnd(subscription);
      } catch (error) {
        failures = performance.now() - startedAt > 60_000 ? 1 : failures + 1;
        const waitMs = backOffMs({ firstMs: 200, maxMs: 2_000 }, failures);
        this.options.log.warn({ err: error, group: this.options.group, waitMs }, 'the Kafka consumer ended; it is built anew');
        await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Returns when stopped, throws when the consumer cannot go on. */
  private async consumeUntilEnd(subscription: Subscription): Promise<void> {
    const { kafka, prefix, group } = this.options;
    await this.options.ensureTopics();
    const consumer = kafka.consumer({
      groupId: prefix + group,
      allowAutoTopicCreation: false,
      sessionTimeout: 10_000,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: 30_000,
      maxWaitTimeInMs: 250,
      retry: CONSUMER_RETRY,
    });
    try {
      const crashed = this.crashOf(consumer);
      await consumer.connect();
      await consumer.subscribe({ topics: this.topics.map((topic) => prefix + topic), fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => this.track(this.takeBatch(payload, subscription)),
      });
      await Promise.race([crashed, this.stopRequested()]);
      // The records in work are committed while the consumer still lives.
      await Promise.all(this.batches);
    } finally {
      for (const pause of this.pauses) clearTimeout(pause);
      await this.disconnect(consumer);
    }
  }

  private async takeBatch(payload: EachBatchPayload, subscription: Subscription): Promise<void> {
    if (this.isStopping) return;
    const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale, pause } = payload;
    const { partition } = batch;
    const topic = batch.topic.slice(this.options.prefix.length);
    let lost: Error | undefined;
    const pulse = setInterval(() => void heartbeat().catch((error: unknown) => (lost ??= asError(error))), HEARTBEAT_MS);
    try {
      const verdict = await subscription.onBatch({
        topic,
        partition,
        records: batch.messages.map((message) => toRecord(topic, partition, message)),
        isActive: () => !this.isStopping && lost === undefined && isRunning() && !isStale(),
        commit: async (nextOffset) => {
          resolveOffset(String(nextOffset - 1));
          const partitions = [{ partition, offset: String(nextOffset) }];
          await commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions }] });
        },
      });
      if (verdict.resumeAfterMs > 0) this.resumeLater(pause(), verdict.resumeAfterMs);
    } finally {
      clearInterval(pulse);
    }
    // kafkajs learns of a rebalance, and joins again, by what its own heartbeat threw.
    if (lost !== undefined) throw lost;
  }

  private resumeLater(resume: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.pauses.delete(timer);
      resume();
    }, ms);
    this.pauses.add(timer);
  }

  private async track(work: Promise<void>): Promise<void> {
    this.batches.add(work);
    try {
      await work;
    } finally {
      this.batches.delete(work);
    }
  }

  /** Rejects when kafkajs gives the consumer up; where it restarts it by itself, that is only told. */
  private crashOf(consumer: Consumer): Promise<never> {
    const crashed = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
        if (!restart) return reject(error);
        this.options.log.warn(
          { err: error, group: this.options.group },
          'the Kafka consumer lost its broker; it goes on by itself',
        );
      });
    });
    crashed.catch(() => undefined);
    return crashed;
  }

  private stopRequested(): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private async disconnect(consumer: Consumer): Promise<void> {
    const late = () => new LogUnavailableError('the consumer did not disconnect in time');
    await withDeadline(consumer.disconnect(), DISCONNECT_DEADLINE_MS, late).catch((error: unknown) =>
      this.options.log.debug({ err: error, group: this.options.group }, 'a Kafka consumer was left without a goodbye'),
    );
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new LogUnavailableError(String(thrown));
}

function toRecord(topic: string, partition: number, { offset, key, headers, value }: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: Number(offset),
    key: key?.toString('utf8') ?? '',
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, header]) => [name, headerText(header)])),
    value: value ?? Buffer.alloc(0),
  };
}

/** A header that is given several times counts by its last value. */
function headerText(header: Buffer | string | (Buffer | string)[] | undefined): string {
  const last = Array.isArray(header) ? header.at(-1) : header;
  return last?.toString() ?? '';
}
