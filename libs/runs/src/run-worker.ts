import { isCodedError, logFailure, type Clock, type Log } from '#contracts';
import { isContention, isDatabaseAway, LeaseLostError, releaseLease, type Database, type Lease, type Tx } from '#database';
import { judgeRun, type PeopleContext } from '#people';
import { inSpan, type SpanAttributes } from '#tracing';
import { lossesOf } from './applying/count-losses.js';
import { RunApplier } from './applying/run-applier.js';
import { RunComparer } from './comparing/run-comparer.js';
import { claimRun, putDown, RUN_LEASE, waitsSince } from './lifecycle/claim-run.js';
import { giveUp } from './lifecycle/give-up.js';
import type { Halt, Wait } from './lifecycle/halt.js';
import { whileHolding } from './lifecycle/run-lease-keeper.js';
import { takeLeasedStep } from './lifecycle/take-step.js';
import type { ReadBook, RunConnection, RunConnections, RunGraph } from './ports.js';
import { PersonReader } from './problems/person-reader.js';
import { ProblemReader } from './problems/problem-reader.js';
import { whileTelling } from './progress/tell-progress.js';
import { beginReading } from './reading/begin-reading.js';
import { GroupReader } from './reading/group-reader.js';
import { patientGraph } from './reading/patient-graph.js';
import { RunReader } from './reading/run-reader.js';
import { DISCONNECTED } from './review/cancel-run.js';
import { FreshnessCheck } from './review/freshness-check.js';
import type { SyncRun } from './run.js';
import { awaitNewLinks } from './scratch/await-new-links.js';

export interface RunWorkerOptions {
  readonly database: Database;
  readonly connections: RunConnections;
  readonly book: ReadBook;
  /** The rules of a connection, as provisioning reads them. */
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process in the lease. */
  readonly owner: string;
  readonly settleMs: number;
  readonly confirmMs: number;
  readonly leaseMs?: number;
  /** How long it waits in place for an answer of provisioning. */
  readonly patienceMs?: number;
}

const DEFAULT_LEASE_MS = 30_000;
/** An error that nobody foresaw may pass by itself this often before the run fails. */
const MAX_UNFORESEEN = 5;
const UNFORESEEN_DELAY_MS = 5_000;
/** By then the next nightly run is due: one that has not gone on for so long keeps the connection's place from it. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/**
 * Carries runs from state to state. Everything it knows is in the database, commit by commit: kill it anywhere, and the next worker
 * goes on at the page where it was. Several workers, here and in other processes, share the runs by lease.
 */
export class RunWorker {
  private readonly reader: RunReader;
  private readonly problemReader: ProblemReader;
  private readonly comparer: RunComparer;
  private readonly applier: RunApplier;
  private readonly freshness: FreshnessCheck;
  private readonly leaseMs: number;

  constructor(private readonly options: RunWorkerOptions) {
    this.leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
    this.reader = new RunReader({ ...options, reader: new GroupReader(options) });
    this.problemReader = new ProblemReader({ ...options, people: new PersonReader(options) });
    this.comparer = new RunComparer(options);
    this.applier = new RunApplier(options);
    this.freshness = new FreshnessCheck(options);
  }

  /** Takes one run as far as it goes now; false where none was waiting. Throws only when the database is away. */
  async workOnce(signal: AbortSignal): Promise<boolean> {
    const claimed = await claimRun(this.options.database, this.options.owner, this.leaseMs, this.options.clock());
    if (claimed === undefined) return false;
    const { run, lease, traceparent } = claimed;
    try {
      const halt = await whileHolding(this.options.database, lease, this.leaseMs, signal, (held) =>
        whileTelling(this.options, run, () => this.carryOn(run, lease, held, traceparent)),
      );
      await this.settle(lease, halt);
    } catch (error) {
      await this.recover(run, lease, error, signal);
    }
    return true;
  }

  private async carryOn(claimed: SyncRun, lease: Lease, signal: AbortSignal, traceparent: string | null): Promise<Halt | null> {
    const connection = await this.options.connections.find(this.options.database, claimed.connectionId);
    if (connection === null) return { kind: 'run', ...DISCONNECTED };
    const graph = once(async () => patientGraph(await this.options.connections.graph(connection.id), signal));
    let run = claimed;
    for (;;) {
      signal.throwIfAborted();
      const state: SyncRun = run;
      const next = await inSpan(`run ${state.state}`, { parent: traceparent, attributes: attributesOf(state) }, () =>
        this.advance(state, lease, connection, graph, signal),
      );
      if (next === null || 'kind' in next) return next;
      run = next.run;
    }
  }

  /** One state further; a halt where the run waits or fails; null where it has ended. */
  private async advance(
    run: SyncRun,
    lease: Lease,
    connection: RunConnection,
    graph: () => Promise<RunGraph>,
    signal: AbortSignal,
  ): Promise<{ run: SyncRun } | Halt | null> {
    const { database, clock, log } = this.options;
    switch (run.state) {
      case 'requested':
        return this.begin(run, lease, connection);
      case 'reading': {
        const halt = await this.read(run, lease, connection, graph, signal);
        return halt ?? { run: await database.transaction((tx) => takeLeasedStep(tx, lease, 'compare', clock())) };
      }
      case 'comparing': {
        const halt = await this.comparer.compare(run, lease, graph, signal);
        return halt ?? { run: await this.comparer.conclude(lease, connection) };
      }
      case 'approved':
        if (run.approvedBy !== null && run.kind !== 'undo')
          await this.freshness.check(lease, connection.watchedGroupIds, await graph(), signal);
        return { run: await database.transaction((tx) => this.beginApplying(tx, run, lease)) };
      case 'applying':
        return this.applier.apply(run, lease, connection, signal);
      default:
        // It waits for a person, or has ended.
        if (run.state === 'awaitingReview')
          log.info({ runId: run.id, connectionId: run.connectionId }, 'the plan of the run waits for a person');
        return this.layDown(lease);
    }
  }

  private async begin(run: SyncRun, lease: Lease, connection: RunConnection): Promise<{ run: SyncRun } | Halt> {
    const { database, book, clock, log } = this.options;
    const begun = await database.transaction(async (tx) => {
      const halt = run.kind === 'scratch' ? await awaitNewLinks(tx, lease, run, book, clock()) : null;
      return halt ?? { run: await beginReading(tx, lease, run, connection, clock()) };
    });
    const { id: runId, connectionId, kind, apply, reason, requestedBy } = run;
    if ('run' in begun) log.info({ runId, connectionId, kind, apply, reason, requestedBy }, 'the run begins');
    return begun;
  }

  private async read(
    run: SyncRun,
    lease: Lease,
    connection: RunConnection,
    graph: () => Promise<RunGraph>,
    signal: AbortSignal,
  ): Promise<Halt | null> {
    if (run.kind === 'undo') return null;
    const reader = run.kind === 'problems' ? this.problemReader : this.reader;
    return reader.read(run, lease, connection, await graph(), signal);
  }

  /** What a person approved passes the guard; of a run by itself the guard first sees all that it would take. */
  private async beginApplying(tx: Tx, run: SyncRun, lease: Lease): Promise<SyncRun> {
    const { rules, clock } = this.options;
    if (run.approvedBy === null && run.kind !== 'undo')
      await judgeRun(tx, { context: rules, clock }, { ...run, runId: run.id }, lossesOf(tx, run));
    return takeLeasedStep(tx, lease, 'apply', clock());
  }

  private async layDown(lease: Lease): Promise<null> {
    await releaseLease(this.options.database, RUN_LEASE, lease);
    return null;
  }

  private async settle(lease: Lease, halt: Halt | null): Promise<void> {
    if (halt === null) return;
    if (halt.kind === 'wait') await this.wait(lease, halt);
    else await this.fail(lease, halt.code, halt.message);
  }

  private async recover(run: SyncRun, lease: Lease, error: unknown, signal: AbortSignal): Promise<void> {
    const { database, log } = this.options;
    const about = { runId: run.id, connectionId: run.connectionId };
    const fields = { ...about, error };
    if (error instanceof LeaseLostError) return log.info(about, 'the run was cancelled or taken over; nothing more is written');
    if (isDatabaseAway(error)) throw error;
    if (signal.aborted) return releaseLease(database, RUN_LEASE, lease);
    if (isCodedError(error) && error.retry !== 'never') {
      const delayMs = error.retry === 'later' ? UNFORESEEN_DELAY_MS : error.retry.afterMs;
      const wait = { ...this.in(delayMs), code: error.code };
      logFailure(log, error, { ...about, nextTryAt: wait.until }, 'the run waits', error.code !== run.waitCode);
      return this.wait(lease, wait);
    }
    if (isCodedError(error)) return this.fail(lease, error.code, error.message);
    if (isContention(error)) {
      log.info(about, 'the run collided with another transaction; it is done again');
      return this.wait(lease, this.in(UNFORESEEN_DELAY_MS));
    }
    log.error(fields, 'the run met an unforeseen error');
    if (run.attempts >= MAX_UNFORESEEN)
      return this.fail(lease, 'INTERNAL_ERROR', 'an unforeseen error; see the log of full-sync');
    return this.wait(lease, { ...this.in(UNFORESEEN_DELAY_MS), failedAttempt: true });
  }

  private in(delayMs: number): Wait {
    return { kind: 'wait', until: new Date(this.options.clock().getTime() + delayMs), failedAttempt: false };
  }

  /** No wait is without an end: whoever has not gone on for a day gives the connection's place to others. */
  private async wait(lease: Lease, wait: Wait): Promise<void> {
    const { database, clock } = this.options;
    const since = await waitsSince(database, lease);
    if (since === null || wait.isBounded === true || clock().getTime() - since.getTime() < LONGEST_WAIT_MS)
      return putDown(database, lease, wait, clock());
    return this.fail(lease, wait.code ?? 'INTERNAL_ERROR', `nothing went on since ${since.toISOString()}`);
  }

  private async fail(lease: Lease, code: string, message: string): Promise<void> {
    const { database, book, clock, log } = this.options;
    const problem = { code, message };
    const run = await database.transaction((tx) => giveUp(tx, lease, problem, book, clock()));
    const what = run.state === 'failed' ? 'the run failed' : 'the approved plan waits for a person again';
    log.warn({ runId: run.id, connectionId: run.connectionId, ...problem }, what);
  }
}

function attributesOf({ id, organisationId, connectionId, kind, reason }: SyncRun): SpanAttributes {
  return {
    'rollcall.organisation_id': organisationId,
    'rollcall.connection_id': connectionId,
    'rollcall.run_id': id,
    'rollcall.run_kind': kind,
    'rollcall.run_reason': reason,
  };
}

/** Only reading and confirming need Graph: a run that applies goes on while the credential is refused. */
function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}
