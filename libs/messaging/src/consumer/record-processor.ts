import type { Clock, Log } from '#contracts';
import { currentSpan } from '#tracing';
import type { LogRecord } from '../log-engine.js';
import type { DeliveryOutcome, MessagingMetrics } from '../metrics.js';
import type { Delivery, LogPlace, Middleware } from './delivery.js';
import type { HandlerRegistry } from './handler-registry.js';
import { PartitionWaits } from './partition-waits.js';
import { readData, readEnvelope } from './read-event.js';
import { decideRedelivery, type RedeliveryPolicy } from './redelivery.js';

/** A record that no handler could take, and how it was tried. */
export interface Undeliverable {
  readonly record: LogRecord;
  readonly error: unknown;
  readonly attempts: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export interface RecordProcessorOptions {
  readonly group: string;
  readonly registry: HandlerRegistry;
  readonly middlewares: readonly Middleware[];
  readonly policy: RedeliveryPolicy;
  /** Durable on return. Throws where the database is away. */
  readonly bury: (undeliverable: Undeliverable) => Promise<void>;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: MessagingMetrics;
}

/** Either the record is done and its offset may be committed, or it waits. */
export type RecordVerdict = { readonly done: true } | { readonly done: false; readonly waitMs: number };

interface Trial {
  readonly firstAt: Date;
  attempts: number;
  delays: number;
}

/** Header of a replayed dead letter: only the group that could not take it does anything with it. */
export const REPLAYED_FOR_GROUP = 'replayed-for-group';
/** Header of a replayed dead letter: where it was published first, as `partition:offset`. */
export const REPLAYED_FROM = 'replayed-from';

/** What happens to one record, whatever a handler does: it never throws. Remembers the records that partitions are stuck at. */
export class RecordProcessor {
  private readonly trials = new Map<string, Trial>();
  private readonly waits: PartitionWaits;

  constructor(private readonly options: RecordProcessorOptions) {
    this.waits = new PartitionWaits(options.group, options.log, options.clock);
  }

  async process(record: LogRecord): Promise<RecordVerdict> {
    const startedAt = performance.now();
    const trial = this.trialOf(record);
    let handler = '';
    let outcome: DeliveryOutcome;
    let waitMs = 0;
    try {
      trial.attempts++;
      ({ handler, outcome } = await this.deliver(record, trial.attempts));
    } catch (error) {
      ({ outcome, waitMs } = await this.takeFailure(record, trial, error));
    }
    this.options.metrics.handled({ group: this.options.group, handler, outcome, durationMs: performance.now() - startedAt });
    if (waitMs > 0) return { done: false, waitMs };
    this.trials.delete(nameOf(record));
    this.waits.end(record);
    return { done: true };
  }

  private async deliver(record: LogRecord, attempt: number): Promise<{ handler: string; outcome: DeliveryOutcome }> {
    const replayedFor = record.headers[REPLAYED_FOR_GROUP];
    if (replayedFor !== undefined && replayedFor !== this.options.group) return { handler: '', outcome: 'not-for-us' };
    const envelope = readEnvelope(record.value);
    const registered = this.options.registry.find(envelope.type);
    if (registered === undefined) return { handler: '', outcome: 'unknown-type' };
    const delivery = {
      event: { ...envelope, data: readData(registered.definition, envelope) },
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      place: placeOf(record),
      attempt,
      publishedAt: publishedAtOf(record),
    } as Delivery;
    const { handle, name } = registered;
    await this.options.middlewares.reduceRight((next, middleware) => middleware(next, name), handle)(delivery);
    return { handler: name, outcome: 'handled' };
  }

  private async takeFailure(
    record: LogRecord,
    trial: Trial,
    error: unknown,
  ): Promise<{ outcome: DeliveryOutcome; waitMs: number }> {
    currentSpan().fail(error);
    const decision = decideRedelivery(error, trial, this.options.policy);
    const { topic, partition, offset } = record;
    const where = { err: error, group: this.options.group, topic, partition, offset, attempts: trial.attempts };
    if (decision.kind === 'dead-letter') return this.bury(record, trial, error);
    if (decision.kind === 'delay') {
      trial.attempts--;
      trial.delays++;
      this.waits.note(record, error, decision.waitMs);
    } else this.options.log.warn({ ...where, waitMs: decision.waitMs }, `a record could not be handled: ${decision.kind}`);
    return { outcome: decision.kind, waitMs: Math.max(1, decision.waitMs) };
  }

  private async bury(record: LogRecord, trial: Trial, error: unknown): Promise<{ outcome: DeliveryOutcome; waitMs: number }> {
    const { group, log, clock, bury, policy } = this.options;
    const { topic, partition, offset } = record;
    try {
      await bury({ record, error, attempts: trial.attempts, firstAt: trial.firstAt, lastAt: clock() });
      log.error({ err: error, group, topic, partition, offset, attempts: trial.attempts }, 'a record was dead-lettered');
      return { outcome: 'dead-letter', waitMs: 0 };
    } catch (burial) {
      log.error({ err: burial, group, topic, partition, offset }, 'a dead letter could not be stored; it is tried again');
      trial.attempts--;
      return { outcome: 'delay', waitMs: policy.delay.maxMs };
    }
  }

  private trialOf(record: LogRecord): Trial {
    const known = this.trials.get(nameOf(record));
    if (known !== undefined) return known;
    const trial = { firstAt: this.options.clock(), attempts: 0, delays: 0 };
    this.trials.set(nameOf(record), trial);
    return trial;
  }
}

function nameOf({ topic, partition, offset }: LogRecord): string {
  return `${topic}/${partition}/${offset}`;
}

function placeOf({ headers, partition, offset }: LogRecord): LogPlace {
  const [, first, at] = /^(\d+):(\d+)$/.exec(headers[REPLAYED_FROM] ?? '') ?? [];
  return first === undefined ? { partition, offset } : { partition: Number(first), offset: Number(at) };
}

function publishedAtOf({ headers }: LogRecord): Date | null {
  const published = new Date(headers['published-at'] ?? Number.NaN);
  return Number.isNaN(published.getTime()) ? null : published;
}
