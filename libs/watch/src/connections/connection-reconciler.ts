import { createHash } from 'node:crypto';
import { findConnection, KnownConnections, type KnownConnection } from '#connections';
import { lockNamed } from '#database';
import { USER_SELECT } from '#graph-client';
import { findMergeable, mergeChains } from '../chains/merge-chains.js';
import { reconcileChains } from '../chains/reconcile-chains.js';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { WatchContext } from '../watch-context.js';

interface Watched {
  readonly connectionId: string;
  readonly live: boolean;
  readonly quarantined: boolean;
  readonly reconciledAs: string | null;
}

/** Follows the connections: new scopes get chains, paused ones rest, a new secret ends the waiting. */
export class ConnectionReconciler {
  private readonly connections = new KnownConnections();
  private readonly shapes = new WeakMap<KnownConnection, string>();

  constructor(private readonly context: WatchContext) {}

  /**
   * One look at all connections; work is done only for those that are not yet as they should be, and for chains that can be merged. A
   * connection whose reconciliation fails hinders no other.
   */
  async run(): Promise<void> {
    const { db, clock } = this.context;
    const active = await this.connections.active(db, clock());
    const watched = await db.query<Watched>(
      `SELECT connection_id AS "connectionId", live, quarantined, reconciled_as AS "reconciledAs"
         FROM watch.watched_connections WHERE live OR quarantined`,
    );
    const known = new Map(watched.map((row) => [row.connectionId, row]));
    for (const connection of active) {
      const shape = this.shapeOf(connection);
      const row = known.get(connection.id);
      if (row?.live !== true || row.reconciledAs !== shape)
        await this.guarded(connection.id, () => this.reconcile(connection, shape));
    }
    for (const connectionId of await findMergeable(db))
      await this.guarded(connectionId, () => mergeChains(this.context, connectionId));
    const activeIds = new Set(active.map(({ id }) => id));
    for (const row of watched.filter(({ connectionId }) => !activeIds.has(connectionId)))
      await this.guarded(row.connectionId, () => this.rest(row));
  }

  private async guarded(connectionId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.context.log.warn({ err: error, connectionId }, 'a connection could not be reconciled; trying again');
    }
  }

  private shapeOf(connection: KnownConnection): string {
    const shape = this.shapes.get(connection) ?? describeShape(connection);
    this.shapes.set(connection, shape);
    return shape;
  }

  private async reconcile(
    { id: connectionId, organisationId, tenantId, state, settings }: KnownConnection,
    shape: string,
  ): Promise<void> {
    await this.context.db.transaction(async (tx) => {
      await lockNamed(tx, `watch.chains:${connectionId}`);
      const [before] = await tx.query<{ live: boolean }>(`SELECT live FROM watch.watched_connections WHERE connection_id = $1`, [
        connectionId,
      ]);
      await tx.query(
        `INSERT INTO watch.watched_connections AS w (connection_id, organisation_id, tenant_id, live, quarantined) VALUES ($1, $2, $3, true, $4)
         ON CONFLICT (connection_id) DO UPDATE SET live = true, quarantined = $4, tenant_id = $3,
           keeper_due_at = CASE WHEN w.live THEN w.keeper_due_at ELSE now() END,
           blocked_until = CASE WHEN w.quarantined AND NOT $4 THEN NULL ELSE w.blocked_until END,
           block_code = CASE WHEN w.quarantined AND NOT $4 THEN NULL ELSE w.block_code END,
           block_kind = CASE WHEN w.quarantined AND NOT $4 THEN NULL ELSE w.block_kind END
           WHERE NOT w.live OR w.quarantined <> $4 OR w.tenant_id <> $3`,
        [connectionId, organisationId, tenantId, state === 'quarantined'],
      );
      if (before?.live === false) await nudge(tx, WATCH_CHANNELS.due, WATCH_CHANNELS.keeper);
      const { groups: groupIds, mode } = settings.scope;
      await reconcileChains(tx, this.context, { connectionId, organisationId, groupIds, everybody: mode === 'allUsers' });
      await tx.query(`UPDATE watch.watched_connections SET reconciled_as = $2 WHERE connection_id = $1`, [connectionId, shape]);
    });
  }

  /** Reading stops. A quarantined connection keeps its subscriptions; those of a paused or disconnected one are ended. */
  private async rest({ connectionId, live }: Watched): Promise<void> {
    const connection = await findConnection(this.context.db, connectionId);
    const quarantined = connection?.state === 'quarantined';
    await this.context.db.query(
      `UPDATE watch.watched_connections SET live = false, quarantined = $2,
         keeper_due_at = CASE WHEN $2 THEN keeper_due_at ELSE now() END
       WHERE connection_id = $1 AND (live OR quarantined <> $2)`,
      [connectionId, quarantined],
    );
    if (live && !quarantined) await nudge(this.context.db, WATCH_CHANNELS.keeper);
  }
}

/** All that reconciling goes by, as a short text. */
function describeShape({ tenantId, state, settings }: KnownConnection): string {
  const { mode, groups } = settings.scope;
  const shape = [tenantId, state, mode, groups.toSorted(), USER_SELECT];
  return createHash('sha256').update(JSON.stringify(shape)).digest('base64url');
}
