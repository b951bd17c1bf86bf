import type { Clock, Log } from '#contracts';
import type { LogRecord } from '../log-engine.js';

interface Wait {
  readonly since: Date;
  failures: number;
}

/**
 * Tells of an outage once for each partition, however many records are at work in it and however often they are tried, and once
 * more when the partition goes on.
 */
export class PartitionWaits {
  private readonly waits = new Map<string, Wait>();

  constructor(
    private readonly group: string,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** A record waits for an engine that is away. */
  note({ topic, partition, offset }: LogRecord, error: unknown, waitMs: number): void {
    const known = this.waits.get(placeOf(topic, partition));
    if (known !== undefined) {
      known.failures += 1;
      return;
    }
    this.waits.set(placeOf(topic, partition), { since: this.clock(), failures: 1 });
    const where = { err: error, group: this.group, topic, partition, offset, waitMs };
    this.log.warn(where, 'a partition waits: something that its records need is away; they are tried until it is back');
  }

  /** A record of it was handled. */
  end({ topic, partition }: LogRecord): void {
    const wait = this.waits.get(placeOf(topic, partition));
    if (wait === undefined) return;
    this.waits.delete(placeOf(topic, partition));
    const { since, failures } = wait;
    this.log.info({ group: this.group, topic, partition, since, failures }, 'a partition that waited goes on');
  }
}

const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`;
