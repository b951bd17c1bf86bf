import { findConnection, listActiveConnections, type Connection } from '#connections';
import { lockNamed } from '#database';
import { mergeChains } from '../chains/merge-chains.js';
import { reconcileChains } from '../chains/reconcile-chains.js';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { WatchContext } from '../watch-context.js';

interface Known {
  readonly connectionId: string;
  readonly live: boolean;
  readonly quarantined: boolean;
}

/** Follows the connections: new scopes get chains, paused ones rest, a new secret ends the waiting. */
export class ConnectionReconciler {
  constructor(private readonly context: WatchContext) {}

  /** One look at all connections. A connection whose reconciliation fails hinders no other. */
  async run(): Promise<void> {
    const active = await listActiveConnections(this.context.db, this.context.clock());
    for (const connection of active) await this.guarded(connection.id, () => this.reconcile(connection));
    const known = await this.context.db.query<Known>(
      `SELECT connection_id AS "connectionId", live, quarantined FROM watch.watched_connections WHERE live OR quarantined`,
    );
    const activeIds = new Set(active.map((connection) => connection.id));
    for (const row of known.filter(({ connectionId }) => !activeIds.has(connectionId))) {
      await this.guarded(row.connectionId, () => this.rest(row));
    }
  }

  private async guarded(connectionId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.context.log.warn({ err: error, connectionId }, 'a connection could not be reconciled; trying again');
    }
  }

  private async reconcile(connection: Connection): Promise<void> {
    const { id: connectionId, organisationId, tenantId, state } = connection;
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
      const groupIds = connection.watchedGroups.map((group) => group.id);
      const everybody = connection.settings.scope.mode === 'allUsers';
      await reconcileChains(tx, this.context, { connectionId, organisationId, groupIds, everybody });
    });
    await mergeChains(this.context, connectionId);
  }

  /** Reading stops. A quarantined connection keeps its subscriptions; those of a paused or disconnected one are ended. */
  private async rest({ connectionId, live }: Known): Promise<void> {
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
