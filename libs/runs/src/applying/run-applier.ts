import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Log } from '#contracts';
import type { Database, Lease } from '#database';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import { endRun } from '../lifecycle/end-run.js';
import type { Halt } from '../lifecycle/halt.js';
import type { ReadBook, RunConnection } from '../ports.js';
import type { SyncRun } from '../run.js';
import { UndoPublisher, type UndoPublisherOptions } from '../undo/undo-publisher.js';
import { findFailed } from '../summary/find-failed.js';
import { findNoneProcessed } from '../summary/none-processed.js';
import { summarise } from '../summary/summarise.js';
import { MAX_UNANSWERED_PAGES, PagePublisher } from './page-publisher.js';
import { recordOutcomes } from './record-outcomes.js';
import { countAwaited, countUnanswered } from './unanswered-pages.js';

export interface RunApplierOptions extends UndoPublisherOptions {
  readonly database: Database;
  readonly book: ReadBook;
  readonly clock: Clock;
  readonly log: Log;
  /** How long it waits in place for an answer. */
  readonly patienceMs?: number;
}

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;
/** Provisioning may be away for long: then the run steps back and leaves its place to others. */
const PATIENCE_MS = 20_000;
const STEP_BACK_MS = 2_000;

/** Publishes the differences with back-pressure, waits for the answers, and ends the run with its summary. */
export class RunApplier {
  private readonly publisher: PagePublisher;
  private readonly undo: UndoPublisher;

  constructor(private readonly options: RunApplierOptions) {
    this.publisher = new PagePublisher(options);
    this.undo = new UndoPublisher(options);
  }

  /** Null when the run is completed; else it waits for provisioning. */
  async apply(run: SyncRun, lease: Lease, connection: RunConnection, signal: AbortSignal): Promise<Halt | null> {
    if (run.kind === 'undo') {
      while (await this.undo.publishNext(lease, run)) signal.throwIfAborted();
      return this.complete(run, lease, connection);
    }
    const rounds = await this.publisher.roundsOf(run);
    let waitedMs = 0;
    let pauseMs = FIRST_PAUSE_MS;
    let left = Infinity;
    const patienceMs = this.options.patienceMs ?? PATIENCE_MS;
    while (waitedMs < patienceMs) {
      signal.throwIfAborted();
      const unanswered = await countUnanswered(this.options.database, run.id);
      if (unanswered < left) [waitedMs, pauseMs] = [0, FIRST_PAUSE_MS];
      left = unanswered;
      if (unanswered < MAX_UNANSWERED_PAGES && (await this.publisher.publishNext(lease, run, rounds))) {
        left = Infinity;
        continue;
      }
      if (unanswered === 0) return this.complete(run, lease, connection);
      await pause(pauseMs, undefined, { signal });
      waitedMs += pauseMs;
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
    return this.stepBack(run.id);
  }

  /** However long provisioning is away, what was published is applied by it then; unless the log has forgotten it meanwhile. */
  private async stepBack(runId: string): Promise<Halt> {
    const now = this.options.clock();
    const code = 'PROVISIONING_SILENT';
    if ((await countAwaited(this.options.database, runId, now)) === 0)
      return { kind: 'run', code, message: 'provisioning answered none of the last pages for as long as the log keeps them' };
    return { kind: 'wait', until: new Date(now.getTime() + STEP_BACK_MS), failedAttempt: false, code, isBounded: true };
  }

  private async complete(run: SyncRun, lease: Lease, connection: RunConnection): Promise<null> {
    const { database, book, clock, log } = this.options;
    const now = clock();
    const ended = await database.transaction(async (tx) => {
      const summary = await joinedAsSets(tx, async () => {
        await recordOutcomes(tx, run.id, connection.id);
        return summarise(tx, run, now, { isLive: connection.settings.trigger.live });
      });
      const problem = (await findFailed(tx, run.id)) ?? (await findNoneProcessed(tx, run.id, summary));
      return endRun(tx, lease, { step: 'complete', summary, problem }, book, now);
    });
    const { summary } = ended;
    const fields = { runId: run.id, connectionId: connection.id, organisationId: connection.organisationId };
    if (summary !== null) {
      // An undo reads nobody: it goes by what was done.
      if (run.kind !== 'undo') {
        log.info(fields, `Fetched ${summary.fetched} users from tenant ${connection.tenantId}`);
        log.info(fields, `Processed ${summary.processed} users for tenant ${connection.tenantId}`);
      }
      const updated = summary.created + summary.updated + summary.deactivated + summary.reactivated;
      log.info({ ...fields, summary }, `Updated tenant ${connection.organisationId} with ${updated} users`);
    }
    if (ended.error !== null) log.warn({ ...fields, ...ended.error }, 'the run is completed with a problem');
    return null;
  }
}
