import type { Task } from '#service-host';
import { WATCH_CHANNELS, type ChainReader } from '#watch';

/** Reads chains that are due: after a notification, again a little later, and at every sweep. */
export class ReadDueChainsTask implements Task {
  readonly name = 'read-due-chains';
  readonly channels = [WATCH_CHANNELS.due];
  readonly intervalMs = 1_000;
  readonly width = 4;

  private readAt = -Infinity;

  constructor(
    private readonly reader: ChainReader,
    private readonly gatherMs: number,
  ) {}

  async run(): Promise<boolean> {
    const hasRead = await this.reader.readOne();
    if (hasRead) this.readAt = performance.now();
    return hasRead;
  }

  /** What was noticed while a chain was read is gathered, and no nudge tells when that is over. */
  nextLookMs(): number {
    const restMs = this.readAt + this.gatherMs - performance.now();
    return restMs > 0 ? restMs : this.intervalMs;
  }
}
