import type { Log } from '#contracts';
import type { PartitionLag } from '../log-engine.js';
import type { MessagingMetrics } from '../metrics.js';

export interface LagWatchdogOptions {
  readonly group: string;
  readonly log: Log;
  readonly metrics: MessagingMetrics;
  readonly lag: () => Promise<PartitionLag[]>;
  /** Rises with every delivery that ended, however it ended. */
  readonly tried: () => number;
  readonly stuckAfterMs: number;
  readonly onStuck: () => void;
}

const LOOK_MS = 15_000;

/**
 * Finds a reader that is alive but no longer reads, as kafkajs was seen to become. Not stuck is who has nothing to read, whose
 * log is away, and who keeps trying.
 */
export class LagWatchdog {
  private timer: NodeJS.Timeout | undefined;
  private seen = '';
  private movedAt = performance.now();

  constructor(private readonly options: LagWatchdogOptions) {}

  start(): void {
    this.stop();
    this.movedAt = performance.now();
    const every = Math.min(LOOK_MS, this.options.stuckAfterMs / 4);
    this.timer = setInterval(() => void this.look(), every).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const now = performance.now();
    const lag = await this.options.lag().catch(() => undefined);
    if (lag !== undefined) this.report(lag);
    const state = lag === undefined ? undefined : `${this.options.tried()} ${lag.map(({ nextOffset }) => nextOffset).join()}`;
    if (state === undefined || state !== this.seen || lag?.every((each) => each.endOffset <= each.nextOffset)) {
      this.seen = state ?? '';
      this.movedAt = now;
      return;
    }
    if (now - this.movedAt < this.options.stuckAfterMs) return;
    this.movedAt = now;
    this.options.log.error(
      { group: this.options.group, stuckAfterMs: this.options.stuckAfterMs },
      'the consumer has stopped moving',
    );
    this.options.onStuck();
  }

  private report(lag: readonly PartitionLag[]): void {
    for (const { topic, partition, nextOffset, endOffset } of lag) {
      this.options.metrics.lag(this.options.group, topic, partition, endOffset - nextOffset);
    }
  }
}
