import { logFailure, type Clock, type Log } from '#contracts';
import { LeaseLostError, type Database, type Lease } from '#database';
import type { Halt } from '../lifecycle/halt.js';
import type { RunConnection, RunGraph } from '../ports.js';
import type { SyncRun } from '../run.js';
import { closeReadAsUnreadable, findUnfinishedReads, type GroupRead } from './group-read.js';
import type { GroupReader, Reading } from './group-reader.js';
import { judgeReadFailure } from './judge-read-failure.js';
import { Pace } from './pace.js';

export interface RunReaderOptions {
  readonly database: Database;
  readonly reader: GroupReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads the groups of a run, one after the other, and leaves out those that cannot be read. */
export class RunReader {
  constructor(private readonly options: RunReaderOptions) {}

  /** Null when every group is read or left out; else why the run must stop here for now or for good. */
  async read(run: SyncRun, lease: Lease, connection: RunConnection, graph: RunGraph, signal: AbortSignal): Promise<Halt | null> {
    const reading = { lease, connection, graph, signal, pace: new Pace(this.options.clock) };
    let attempts = run.attempts;
    for (const read of await findUnfinishedReads(this.options.database, run.id)) {
      const halt = await this.readGroup(reading, read, { attempts, waitCode: run.waitCode });
      if (halt !== null) return halt;
      attempts = 0;
    }
    return null;
  }

  private async readGroup(
    reading: Reading,
    read: GroupRead,
    { attempts, waitCode }: Pick<SyncRun, 'attempts' | 'waitCode'>,
  ): Promise<Halt | null> {
    const { database, reader, clock, log } = this.options;
    const { lease, connection, signal } = reading;
    const pagesBefore = await this.pagesKept(lease, read.groupId);
    try {
      await reader.read(reading, read);
      return null;
    } catch (error) {
      if (signal.aborted || error instanceof LeaseLostError) throw error;
      const hasMoved = (await this.pagesKept(lease, read.groupId)) !== pagesBefore;
      const failure = judgeReadFailure(error, hasMoved ? 0 : attempts);
      if (failure === null) throw error;
      const fields = { runId: lease.key, connectionId: connection.id, groupId: read.groupId };
      if (failure.kind === 'group') {
        logFailure(log, error, fields, 'the group cannot be read: the run goes on without it, and removes nobody from it');
        await database.transaction((tx) => closeReadAsUnreadable(tx, lease, read.groupId, failure.code, clock()));
        return null;
      }
      if (failure.kind === 'run') {
        logFailure(log, error, fields, 'reading the group failed');
        return failure;
      }
      const { code, delayMs, isAsked } = failure;
      const until = new Date(clock().getTime() + delayMs);
      // An hour of the same refusals is one line: the run itself says what it waits for.
      logFailure(log, error, { ...fields, nextTryAt: until }, 'reading the group failed', code !== waitCode);
      return { kind: 'wait', until, failedAttempt: !isAsked && !hasMoved, code };
    }
  }

  private async pagesKept(lease: Lease, groupId: string): Promise<number> {
    const [row] = await this.options.database.query<{ pages: number }>(
      'SELECT pages FROM runs.group_reads WHERE run_id = $1 AND group_id = $2',
      [lease.key, groupId],
    );
    return row?.pages ?? 0;
  }
}
