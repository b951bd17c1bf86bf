import type { Task } from '#service-host';
import { WATCH_CHANNELS, type ChainReader } from '#watch';

/** Reads chains that are due: after a notification, again a little later, and at every sweep. */
export class ReadDueChainsTask implements Task {
  readonly name = 'read-due-chains';
  readonly channels = [WATCH_CHANNELS.due];
  readonly intervalMs = 1_000;
  readonly width = 4;

  constructor(private readonly reader: ChainReader) {}

  run(): Promise<boolean> {
    return this.reader.readOne();
  }
}
