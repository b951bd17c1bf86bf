import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultConnectionSettings, EVERYBODY, silentLog, type ConnectionSettings, type Log } from '#contracts';
import type { Database } from '#database';
import {
  approveRun,
  cancelRunsOf,
  getRun,
  requestRun,
  requestUndo,
  RunWorker,
  type GroupsOfRun,
  type MembershipRecheck,
  type ReadBook,
  type RunActor,
  type RunConnections,
  type RunGraph,
  type RunRequest,
  type SyncRun,
  type UndoAsk,
} from '#runs';
import { FakeTenant } from './fake-tenant.js';
import { Provisioning } from './provisioning.js';

export const TENANT_ID = '11111111-0000-4000-8000-000000000001';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One connection with its tenant, its provisioning, and workers as many as a test wants. */
export class RunHarness {
  readonly tenant = new FakeTenant();
  readonly provisioning: Provisioning;
  readonly connectionId: string;
  readonly organisationId: string;
  readonly rechecks: MembershipRecheck[] = [];
  readonly endings: { run: SyncRun; groups: GroupsOfRun }[] = [];
  readonly actor: RunActor;
  now = new Date('2026-03-01T10:00:00Z');
  /** What runs read from; its tenant, unless a test has another one. */
  graph: () => RunGraph = () => this.tenant.client();
  nextReadNo: ReadBook['nextReadNo'] = async (db) =>
    (await db.query<{ n: number }>(`SELECT nextval('test_read_numbers') AS n`))[0]!.n;
  settings: ConnectionSettings = defaultConnectionSettings;
  watched: string[] | null = null;
  /** Whether the new delta links that a run from scratch asked for are taken. */
  hasNewLinks = true;
  /** Runs from scratch that asked. */
  readonly begunAnew: string[] = [];

  constructor(
    private readonly db: Database,
    { organisationId = randomUUID(), connectionId = randomUUID() }: { organisationId?: string; connectionId?: string } = {},
  ) {
    this.organisationId = organisationId;
    this.connectionId = connectionId;
    this.provisioning = new Provisioning(
      db,
      {
        connectionId: this.connectionId,
        organisationId: this.organisationId,
        settings: () => this.settings,
        watchedGroupIds: () => this.watchedGroupIds,
      },
      () => this.now,
    );
    this.actor = { kind: 'person', id: 'admin', organisationId: this.organisationId };
  }

  get watchedGroupIds(): readonly string[] {
    return this.watched ?? [...this.tenant.groups.keys()].filter((groupId) => groupId !== EVERYBODY);
  }

  request(request: Partial<RunRequest> = {}): Promise<SyncRun> {
    const asked = { connectionId: this.connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL', ...request } as const;
    return this.db.transaction((tx) => requestRun(tx, this.actor, asked, this.now));
  }

  /** Asks for a run that undoes; its plan waits for review unless it is said otherwise. */
  requestUndo(undoes: UndoAsk['undoes'], apply?: UndoAsk['apply']): Promise<SyncRun> {
    const asked = { connectionId: this.connectionId, undoes, ...(apply === undefined ? {} : { apply }) };
    return this.db.transaction((tx) => requestUndo(tx, this.actor, asked, this.now));
  }

  /** Approves the plan as it stands now. */
  async approve(runId: string): Promise<SyncRun> {
    const { planHash } = await getRun(this.db, this.organisationId, runId);
    return this.db.transaction((tx) => approveRun(tx, this.actor, runId, planHash ?? '', this.now));
  }

  /** A run that completes, a minute and an hour later. */
  async completedRun(request: Partial<RunRequest> = {}): Promise<string> {
    const { id } = await this.request(request);
    await this.complete(id);
    return id;
  }

  /** Works on a run until it is completed: what it has to confirm waits for a minute. An hour later nothing of it is recent. */
  async complete(runId: string): Promise<void> {
    await this.work();
    this.passTime(MINUTE);
    await this.work();
    const state = await this.stateOf(runId);
    if (state !== 'completed') throw new Error(`the run is ${state}`);
    this.passTime(HOUR);
  }

  /** As an admin disconnects the tenant. */
  async disconnect(): Promise<void> {
    await this.db.transaction((tx) => cancelRunsOf(tx, this.actor, this.connectionId, this.now));
    this.provisioning.isDisconnected = true;
  }

  worker(options: { database?: Database; log?: Log; patienceMs?: number } = {}): RunWorker {
    return new RunWorker({
      database: options.database ?? this.db,
      connections: this.connections(),
      book: this.book(),
      rules: this.provisioning.rules,
      clock: () => this.now,
      log: options.log ?? silentLog,
      owner: 'test',
      settleMs: 900_000,
      confirmMs: 60_000,
      ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    });
  }

  /** Works until nothing is due, with provisioning answering beside it. */
  async work(worker: RunWorker = this.worker()): Promise<void> {
    const working = { busy: true };
    const answering = (async () => {
      while (working.busy) {
        await this.provisioning.drain();
        await pause(2);
      }
    })();
    try {
      while (await worker.workOnce(new AbortController().signal));
    } finally {
      working.busy = false;
      await answering;
    }
  }

  /** As time does after a kill: nobody holds a lease any more. */
  async expireLeases(): Promise<void> {
    await this.db.query(`UPDATE runs.sync_runs SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
  }

  passTime(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  async stateOf(runId: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ state: string }>('SELECT state FROM runs.sync_runs WHERE id = $1', [runId]);
    return row?.state;
  }

  private connections(): RunConnections {
    return {
      find: async () =>
        this.provisioning.isDisconnected
          ? null
          : {
              id: this.connectionId,
              organisationId: this.organisationId,
              tenantId: TENANT_ID,
              settings: this.settings,
              watchedGroupIds: this.watchedGroupIds,
            },
      graph: async () => this.graph(),
    };
  }

  book(): ReadBook {
    return {
      nextReadNo: (db) => this.nextReadNo(db),
      addPrincipals: async () => undefined,
      addRechecks: async (_tx, requests) => void this.rechecks.push(...requests),
      beginAnew: async (_tx, { id }) => {
        this.begunAnew.push(id);
        return this.hasNewLinks;
      },
      runEnded: async (_tx, run, groups) => void this.endings.push({ run, groups }),
    };
  }
}
