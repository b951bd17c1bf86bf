import { RUNS_CHANNEL, type RunWorker } from '#runs';
import type { Task } from '#service-host';

/** Carries runs on, several at a time, so that one tenant's long run delays no other's (invariant 9). */
export class WorkOnRunsTask implements Task {
  readonly name = 'work-on-runs';
  readonly channels = [RUNS_CHANNEL];
  readonly intervalMs = 1_000;
  readonly width = 4;

  constructor(private readonly worker: RunWorker) {}

  run(signal: AbortSignal): Promise<boolean> {
    return this.worker.workOnce(signal);
  }
}
