import { randomUUID } from 'node:crypto';
import { silentLog, type CloudEvent } from '#contracts';
import type { Database } from '#database';
import { reconcileChains } from '../src/chains/reconcile-chains.js';
import { defaultTimings, type WatchContext, type WatchTimings } from '../src/watch-context.js';
import { FakeGraph } from './fake-graph.js';

export interface WatchedConnection {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly tenantId: string;
}

/** A watch on a test database with a scripted Graph, and what it published. */
export class WatchStage {
  readonly graph = new FakeGraph();

  constructor(
    private readonly database: () => Database,
    private readonly timings: Partial<WatchTimings> = {},
  ) {}

  get db(): Database {
    return this.database();
  }

  context(overrides: Partial<WatchContext> = {}): WatchContext {
    return {
      db: this.db,
      graph: this.graph,
      clock: () => new Date(),
      log: silentLog,
      // A test reads when it says so: notices are gathered only where a test is about that.
      timings: { ...defaultTimings, gatherMs: 0, ...this.timings },
      holder: 'test',
      random: () => 0,
      ...overrides,
    };
  }

  /** A live connection that watches these groups; its chains have no link yet. */
  async watch(groupIds: readonly string[], everybody = false): Promise<WatchedConnection> {
    const connection = { connectionId: randomUUID(), organisationId: randomUUID(), tenantId: randomUUID() };
    await this.db.query(
      `INSERT INTO watch.watched_connections (connection_id, organisation_id, tenant_id, live) VALUES ($1, $2, $3, true)`,
      [connection.connectionId, connection.organisationId, connection.tenantId],
    );
    await this.setScope(connection, groupIds, everybody);
    return connection;
  }

  async setScope(connection: WatchedConnection, groupIds: readonly string[], everybody = false): Promise<void> {
    await this.db.transaction((tx) => reconcileChains(tx, this.context(), { ...connection, groupIds, everybody }));
  }

  /** Facts in the outbox of a connection, oldest first. */
  async published<Data = Record<string, unknown>>(connectionId: string): Promise<(CloudEvent & { data: Data })[]> {
    const rows = await this.db.query<{ value: Buffer }>(`SELECT value FROM messaging.outbox WHERE key = $1 ORDER BY id`, [
      connectionId,
    ]);
    return rows.map((row) => JSON.parse(row.value.toString()) as CloudEvent & { data: Data });
  }

  async forgetPublished(): Promise<void> {
    await this.db.query(`DELETE FROM messaging.outbox`);
  }

  async clear(): Promise<void> {
    await this.db.query(`DELETE FROM watch.groups`);
    await this.db.query(`DELETE FROM watch.watched_connections`);
    await this.db.query(`DELETE FROM watch.rechecks`);
    await this.forgetPublished();
  }
}
