import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { backOffMs } from '../back-off.js';
import type { LogPublisher } from '../log-engine.js';
import type { MessagingMetrics } from '../metrics.js';
import { Signal } from '../signal.js';
import { whileTracingSends } from './send-spans.js';
import type { ShardLease, ShardLeases } from './shard-leases.js';
import { nextBatch, removeBatch, type OutboxRow } from './shard-outbox.js';

export interface ShardRelayOptions {
  readonly db: Database;
  readonly publisher: LogPublisher;
  readonly leases: ShardLeases;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: MessagingMetrics;
  readonly system: string;
}

const LONGEST_WAIT_MS = 60_000;

/** Publishes one shard, one send in flight, as long as its lease is held. */
export class ShardRelay {
  private readonly signal = new Signal();
  private readonly stopping = new AbortController();
  /** When the send in flight is over and no other will follow. */
  readonly ended: Promise<void>;

  constructor(
    private readonly options: ShardRelayOptions,
    public lease: ShardLease,
    /** The end of this process's former relay of the shard: never two sends in flight. */
    former: Promise<void> = Promise.resolve(),
  ) {
    this.ended = former.then(() => this.run());
  }

  wake(): void {
    this.signal.raise();
  }

  /** Waits for the send in flight. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.signal.raise();
    await this.ended;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        const published = await this.publishBatch();
        failures = 0;
        if (published === 0) await this.signal.wait(LONGEST_WAIT_MS);
      } catch (error) {
        failures++;
        await this.waitAfterFailure(error, failures);
      }
    }
  }

  /** Sends the head of the shard and removes it. A crash between the two sends it again: readers drop repeats. */
  private async publishBatch(): Promise<number> {
    if (!this.options.leases.isFresh(this.lease)) return 0;
    const rows = await nextBatch(this.options.db, this.lease.shard);
    if (rows.length === 0) return 0;
    const publishedAt = this.options.clock().toISOString();
    await whileTracingSends(rows, this.options.system, (traceHeaders) =>
      this.options.publisher.publish(
        rows.map(({ topic, key, headers, value }, index) => ({
          topic,
          key,
          value,
          headers: { ...headers, ...traceHeaders[index], 'published-at': publishedAt },
        })),
      ),
    );
    for (const [topic, records] of countByTopic(rows)) this.options.metrics.published(topic, records);
    if (!(await removeBatch(this.options.db, this.lease, rows))) this.stopping.abort();
    return rows.length;
  }

  private async waitAfterFailure(error: unknown, failures: number): Promise<void> {
    const waitMs = backOffMs({ firstMs: 100, maxMs: 5_000 }, failures);
    this.options.metrics.publishFailed();
    this.options.log.warn(
      { err: error, shard: this.lease.shard, failures, waitMs },
      'the outbox could not be published; it is tried again',
    );
    await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function countByTopic(rows: readonly OutboxRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { topic } of rows) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return counts;
}
