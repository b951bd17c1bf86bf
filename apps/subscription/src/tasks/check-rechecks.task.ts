import type { Task } from '#service-host';
import { WATCH_CHANNELS, type Rechecker } from '#watch';

/** Reads directly what contradicted itself, once it has settled. */
export class CheckRechecksTask implements Task {
  readonly name = 'check-rechecks';
  readonly channels = [WATCH_CHANNELS.rechecks];
  readonly intervalMs = 1_000;
  readonly width = 2;

  constructor(private readonly rechecker: Rechecker) {}

  run(): Promise<boolean> {
    return this.rechecker.checkOne();
  }
}
