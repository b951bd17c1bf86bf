import type { Log } from '#contracts';
import type { Database, NotificationListener } from '#database';
import { backOffMs } from '../back-off.js';
import type { LogRecord, LogSource, PartitionLag, Subscription } from '../log-engine.js';
import { Signal } from '../signal.js';
import { LOG_CHANNEL } from './embedded-log-publisher.js';
import { commitPosition, findLag, readRecords } from './log-position.js';

export interface EmbeddedLogSourceOptions {
  readonly db: Database;
  readonly listener: Pick<NotificationListener, 'on'>;
  readonly log: Log;
  readonly group: string;
}

const LOOK_MS = 1000;

/** Reads the log tables for one group. One loop finds partitions with something to read; each is drained by a task of its own. */
export class EmbeddedLogSource implements LogSource {
  private readonly signal = new Signal();
  private readonly draining = new Map<string, Promise<void>>();
  private readonly resumeAt = new Map<string, number>();
  private subscription: Subscription | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly options: EmbeddedLogSourceOptions) {}

  start(subscription: Subscription): void {
    this.stopped = false;
    this.subscription = subscription;
    this.running ??= this.run(subscription);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.signal.raise();
    await this.running;
    this.running = undefined;
  }

  async lag(): Promise<PartitionLag[]> {
    return findLag(this.options.db, this.options.group, this.subscription?.topics ?? []);
  }

  private async run(subscription: Subscription): Promise<void> {
    const unlisten = this.options.listener.on(LOG_CHANNEL, () => this.signal.raise());
    let failures = 0;
    while (!this.stopped) {
      try {
        await this.drainWhatLags(subscription);
        failures = 0;
        await this.signal.wait(this.nextLookMs());
      } catch (error) {
        failures++;
        const waitMs = backOffMs({ firstMs: 100, maxMs: 2_000 }, failures);
        this.options.log.warn(
          { err: error, group: this.options.group, waitMs },
          'the embedded log cannot be read; it is tried again',
        );
        await this.signal.wait(waitMs);
      }
    }
    unlisten();
    await Promise.all(this.draining.values());
  }

  private async drainWhatLags(subscription: Subscription): Promise<void> {
    const now = performance.now();
    for (const [name, resumeAt] of this.resumeAt) if (resumeAt <= now) this.resumeAt.delete(name);
    // What is being drained while the question is on its way is answered with a place that may be behind: it is looked at anew.
    const busy = new Set(this.draining.keys());
    for (const lag of await findLag(this.options.db, this.options.group, subscription.topics)) {
      const name = `${lag.topic}/${lag.partition}`;
      if (busy.has(name) || this.resumeAt.has(name)) continue;
      this.draining.set(name, this.drain(name, lag, subscription));
    }
  }

  /** Until the partition is empty, has to wait, or fails: the loop comes back to it. */
  private async drain(name: string, lag: PartitionLag, subscription: Subscription): Promise<void> {
    try {
      let { nextOffset } = lag;
      const commit = async (offset: number) => {
        await commitPosition(this.options.db, this.options.group, lag, offset);
        nextOffset = offset;
      };
      let records: readonly LogRecord[] = [];
      while (!this.stopped) {
        // A slow reader takes a part of a batch at a time: the rest is at hand and never changes.
        const rest = records.filter(({ offset }) => offset >= nextOffset);
        records = rest.length > 0 ? rest : await readRecords(this.options.db, lag, nextOffset);
        if (records.length === 0) {
          if (nextOffset < lag.endOffset) await commit(lag.endOffset); // retention took what was never read
          return;
        }
        const { topic, partition } = lag;
        const verdict = await subscription.onBatch({ topic, partition, records, commit, isActive: () => !this.stopped });
        if (verdict.resumeAfterMs === 0 && nextOffset >= lag.endOffset) return; // the loop looks whether more has come, for all at once
        if (verdict.resumeAfterMs === 0) continue;
        this.resumeAt.set(name, performance.now() + verdict.resumeAfterMs);
        return;
      }
    } catch (error) {
      this.options.log.warn(
        { err: error, group: this.options.group, partition: name },
        'a partition cannot be read; it is tried again',
      );
      this.resumeAt.set(name, performance.now() + LOOK_MS);
    } finally {
      this.draining.delete(name);
      // What came while the last read was on its way may have been taken for still being drained.
      this.signal.raise();
    }
  }

  private nextLookMs(): number {
    const next = Math.min(...this.resumeAt.values()) - performance.now();
    return Math.max(1, Math.min(LOOK_MS, next));
  }
}
