import { systemClock, type Clock, type EventDefinition, type Log } from '#contracts';
import type { Database, Tx } from '#database';
import { withDeadline } from '../deadline.js';
import { buryInTransaction, type DeadLetterFact } from '../dead-letters/bury.js';
import { LogUnavailableError } from '../errors.js';
import type { BatchVerdict, LogEngine, LogRecord, LogSource, RecordBatch } from '../log-engine.js';
import { noMetrics, type MessagingMetrics } from '../metrics.js';
import type { RegisteredHandler } from './delivery.js';
import { HandlerRegistry } from './handler-registry.js';
import { LagWatchdog } from './lag-watchdog.js';
import { correlation } from './middleware/correlation.js';
import { settled } from './middleware/settled.js';
import { timeout } from './middleware/timeout.js';
import { ProcessSpans } from './process-spans.js';
import { RecordProcessor } from './record-processor.js';
import { defaultRedelivery, type RedeliveryPolicy } from './redelivery.js';
import { Slots } from './slots.js';

export interface ConsumerOptions {
  /** The app's name. */
  readonly group: string;
  readonly engine: LogEngine;
  readonly db: Database;
  /** The app's list: the consumer does not start unless each of these has exactly one handler, and no other is there. */
  readonly events: readonly EventDefinition[];
  readonly handlers: readonly RegisteredHandler[];
  readonly log: Log;
  readonly clock?: Clock;
  readonly metrics?: MessagingMetrics;
  readonly redelivery?: RedeliveryPolicy;
  readonly handlerDeadlineMs?: number;
  /** Handlers at work at once, over all partitions. */
  readonly concurrency?: number;
  /**
   * Records of one partition at work at once, 1 when absent. More is for handlers that keep the order of their calls by themselves, and
   * bear that a record which comes again after a failure brings those behind it along.
   */
  readonly inARow?: number;
  /** Runs in the transaction that stores a dead letter, to open a repair. Its failure never keeps the letter from being stored. */
  readonly onDeadLetter?: (tx: Tx, fact: DeadLetterFact) => Promise<void>;
  /** Lag stood still for `stuckAfterMs` with nothing tried: end the process, or `restart` the consumer. */
  readonly onStuck?: (consumer: Consumer) => void;
  readonly stuckAfterMs?: number;
}

/** Uncommitted work after a crash stays small, and a slow partition lets the others of its fetch go on. */
const SLICE_MS = 500;
const COMMIT_EVERY_MS = 250;
const STOP_DEADLINE_MS = 5_000;

/** Reads one group's topics and hands each record to its handler, in order per partition. Outlives every handler's error. */
export class Consumer {
  private readonly registry: HandlerRegistry;
  private readonly processor: RecordProcessor;
  private readonly slots: Slots;
  private readonly watchdog: LagWatchdog;
  private source: LogSource;
  private tried = 0;

  constructor(private readonly options: ConsumerOptions) {
    const { group, log, clock = systemClock, metrics = noMetrics, redelivery = defaultRedelivery, db, onDeadLetter } = options;
    this.registry = new HandlerRegistry(group, options.events, options.handlers);
    this.slots = new Slots(options.concurrency ?? 4);
    this.source = options.engine.source(group);
    this.processor = new RecordProcessor({
      group,
      registry: this.registry,
      middlewares: [correlation, timeout(options.handlerDeadlineMs ?? 60_000), settled],
      policy: redelivery,
      bury: (undeliverable) => buryInTransaction({ db, group, log, onDeadLetter }, undeliverable),
      log,
      clock,
      metrics,
    });
    this.watchdog = new LagWatchdog({
      group,
      log,
      metrics,
      lag: () => this.source.lag(),
      tried: () => this.tried,
      stuckAfterMs: options.stuckAfterMs ?? 5 * 60_000,
      onStuck: () => options.onStuck?.(this),
    });
  }

  /** Returns at once; whatever is away is waited for. */
  start(): void {
    this.source.start({ topics: this.registry.topics, onBatch: (batch) => this.takeBatch(batch) });
    this.watchdog.start();
  }

  /** Finishes the records in work and commits them; a handler that takes longer than 5 s is left to redelivery. */
  async stop(): Promise<void> {
    this.watchdog.stop();
    const { group, log } = this.options;
    const late = () => new LogUnavailableError(`the consumer ${group} did not stop within ${STOP_DEADLINE_MS} ms`);
    await withDeadline(this.source.stop(), STOP_DEADLINE_MS, late).catch((error: unknown) =>
      log.warn({ err: error, group }, 'a record in work was left to redelivery'),
    );
  }

  /** A new reader in place of one that no longer moves; the old one is not waited for. */
  restart(): void {
    const stuck = this.source;
    void stuck.stop().catch((error: unknown) => this.options.log.warn({ err: error }, 'a stuck reader could not be stopped'));
    this.source = this.options.engine.source(this.options.group);
    this.start();
  }

  private inRows(records: readonly LogRecord[]): LogRecord[][] {
    const { inARow = 1 } = this.options;
    return Array.from({ length: Math.ceil(records.length / inARow) }, (_, row) =>
      records.slice(row * inARow, (row + 1) * inARow),
    );
  }

  private async takeBatch(batch: RecordBatch): Promise<BatchVerdict> {
    const progress = new BatchProgress(batch);
    const spans = new ProcessSpans({ group: this.options.group, system: this.options.engine.system }, batch);
    try {
      for (const row of this.inRows(batch.records)) {
        if (!batch.isActive() || progress.ageMs() > SLICE_MS) break;
        const verdicts = await Promise.all(
          row.map((record) => this.slots.run(() => spans.run(record, () => this.processor.process(record)))),
        );
        this.tried += row.length;
        for (const [index, verdict] of verdicts.entries()) {
          if (!verdict.done) {
            await progress.commit();
            return { resumeAfterMs: verdict.waitMs };
          }
          await progress.done((row[index] as LogRecord).offset);
        }
      }
      await progress.commit();
      return { resumeAfterMs: 0 };
    } catch (error) {
      // Only a commit can fail here: the records are delivered again, which handlers bear.
      const { topic, partition } = batch;
      this.options.log.warn({ err: error, group: this.options.group, topic, partition }, 'an offset could not be committed');
      return { resumeAfterMs: COMMIT_EVERY_MS };
    } finally {
      spans.end();
    }
  }
}

/** What of a batch is done, and what of it is committed. */
class BatchProgress {
  private readonly startedAt = performance.now();
  private committedAt = this.startedAt;
  private nextOffset: number | undefined;

  constructor(private readonly batch: RecordBatch) {}

  ageMs(): number {
    return performance.now() - this.startedAt;
  }

  async done(offset: number): Promise<void> {
    this.nextOffset = offset + 1;
    if (performance.now() - this.committedAt >= COMMIT_EVERY_MS) await this.commit();
  }

  async commit(): Promise<void> {
    if (this.nextOffset === undefined) return;
    await this.batch.commit(this.nextOffset);
    this.nextOffset = undefined;
    this.committedAt = performance.now();
  }
}
