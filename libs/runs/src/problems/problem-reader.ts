import type { Clock, Log } from '#contracts';
import { LeaseLostError, type Lease } from '#database';
import type { Halt } from '../lifecycle/halt.js';
import type { RunConnection, RunGraph } from '../ports.js';
import { judgeReadFailure } from '../reading/judge-read-failure.js';
import type { SyncRun } from '../run.js';
import type { PersonReader } from './person-reader.js';

export interface ProblemReaderOptions {
  readonly people: PersonReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads the people of a run of kind problems. */
export class ProblemReader {
  constructor(private readonly options: ProblemReaderOptions) {}

  /** Null when everybody is read; else why the run must stop here for now or for good. */
  async read(run: SyncRun, lease: Lease, connection: RunConnection, graph: RunGraph, signal: AbortSignal): Promise<Halt | null> {
    let attempts = run.attempts;
    try {
      while (await this.options.people.readNext(lease, connection, graph)) {
        signal.throwIfAborted();
        attempts = 0;
      }
      return null;
    } catch (error) {
      if (signal.aborted || error instanceof LeaseLostError) throw error;
      return this.judge(run, error, attempts);
    }
  }

  /** There is no group to leave out: what cannot be read now is waited for, what cannot be read at all ends the run. */
  private judge(run: SyncRun, error: unknown, attempts: number): Halt {
    const failure = judgeReadFailure(error, attempts);
    if (failure === null) throw error;
    const isKnown = failure.kind === 'wait' && failure.code === run.waitCode;
    this.options.log[isKnown ? 'debug' : 'warn'](
      { runId: run.id, connectionId: run.connectionId, error },
      'reading people failed',
    );
    if (failure.kind === 'run') return failure;
    if (failure.kind === 'group') return { kind: 'run', code: failure.code, message: 'people could not be read by their ids' };
    const until = new Date(this.options.clock().getTime() + failure.delayMs);
    return { kind: 'wait', until, failedAttempt: !failure.isAsked && attempts === run.attempts, code: failure.code };
  }
}
