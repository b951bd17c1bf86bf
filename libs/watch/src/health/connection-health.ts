import type { Queryable } from '#database';

export interface ChainHealth {
  readonly id: string;
  readonly kind: 'groups' | 'users';
  readonly state: 'live' | 'overlapping';
  readonly groupIds: readonly string[];
  readonly lastReadAt: Date | null;
  /** A notice waits for its read. */
  readonly due: boolean;
  /** A long round is in the middle. */
  readonly inRound: boolean;
  readonly failureCode: string | null;
  readonly failures: number;
  readonly retryAt: Date | null;
}

export interface SubscriptionHealth {
  readonly resource: string;
  readonly purpose: 'group' | 'groups' | 'users';
  readonly groupId: string | null;
  /** Null: asked for, not yet answered. */
  readonly subscriptionId: string | null;
  readonly expiresAt: Date | null;
  readonly renewedAt: Date | null;
}

/** How live sync of a connection is doing, for `GET /connections/{id}/health`. */
export interface WatchHealth {
  /** `sweepOnly`: notifications are wanted but not to be had; `problem` says why and names what is missing. */
  readonly mode: 'perGroup' | 'perTenant' | 'polling' | 'sweepOnly';
  readonly problem: { readonly code: string; readonly message: string } | null;
  /** Notifications have stopped although changes are found: the sweep runs more often. */
  readonly degradedSince: Date | null;
  /** Reading waits until then. */
  readonly blocked: { readonly code: string; readonly until: Date } | null;
  readonly lastSweepAt: Date | null;
  readonly missedNotices: number;
  readonly chains: readonly ChainHealth[];
  readonly subscriptions: readonly SubscriptionHealth[];
  readonly rechecks: { readonly size: number; readonly oldestSeconds: number };
  /** People whose attributes are not read yet, and why not. */
  readonly principals: { readonly pending: number; readonly unreadable: number; readonly missing: number };
  readonly baselines: readonly { readonly groupId: string; readonly reason: string; readonly runId: string | null }[];
}

interface ConnectionRow {
  readonly mode: WatchHealth['mode'];
  readonly problem_code: string | null;
  readonly problem_message: string | null;
  readonly degraded_since: Date | null;
  readonly block_code: string | null;
  readonly blocked_until: Date | null;
  readonly missed_notices: number;
}

/** Null where the connection never was live. The caller has checked that the actor may see it. */
export async function connectionHealth(db: Queryable, connectionId: string): Promise<WatchHealth | null> {
  const [row] = await db.query<ConnectionRow>(
    `SELECT mode, problem_code, problem_message, degraded_since, block_code, blocked_until, missed_notices
       FROM watch.watched_connections WHERE connection_id = $1`,
    [connectionId],
  );
  if (row === undefined) return null;
  const chains = await chainHealth(db, connectionId);
  return {
    mode: row.mode,
    problem: row.problem_code === null ? null : { code: row.problem_code, message: row.problem_message ?? '' },
    degradedSince: row.degraded_since,
    blocked: row.block_code === null || row.blocked_until === null ? null : { code: row.block_code, until: row.blocked_until },
    // Every chain has been read since: the oldest of the last reads.
    lastSweepAt: oldest(chains.map((chain) => chain.lastReadAt)),
    missedNotices: row.missed_notices,
    chains,
    subscriptions: await subscriptionHealth(db, connectionId),
    rechecks: await recheckBacklog(db, connectionId),
    principals: await principalBacklog(db, connectionId),
    baselines: await db.query(
      `SELECT group_id AS "groupId", reason, run_id AS "runId" FROM watch.baselines WHERE connection_id = $1 ORDER BY group_id`,
      [connectionId],
    ),
  };
}

async function chainHealth(db: Queryable, connectionId: string): Promise<ChainHealth[]> {
  return db.query<ChainHealth>(
    `SELECT c.id, c.kind, c.state, ARRAY(SELECT g.group_id FROM watch.groups g WHERE g.chain_id = c.id ORDER BY 1) AS "groupIds",
            c.read_at AS "lastReadAt", (m.due_seq > c.read_seq) AS due, (c.next_link IS NOT NULL) AS "inRound",
            c.failure_code AS "failureCode", c.failures, c.retry_at AS "retryAt"
       FROM watch.chains c JOIN watch.due_marks m ON m.chain_id = c.id
      WHERE c.connection_id = $1 AND c.state <> 'retired' ORDER BY c.kind, c.created_at, c.id`,
    [connectionId],
  );
}

async function subscriptionHealth(db: Queryable, connectionId: string): Promise<SubscriptionHealth[]> {
  return db.query<SubscriptionHealth>(
    `SELECT resource, purpose, group_id AS "groupId", graph_id AS "subscriptionId", expires_at AS "expiresAt", renewed_at AS "renewedAt"
       FROM watch.subscriptions WHERE connection_id = $1 ORDER BY resource, created_at`,
    [connectionId],
  );
}

async function recheckBacklog(db: Queryable, connectionId: string): Promise<WatchHealth['rechecks']> {
  const [row] = await db.query<WatchHealth['rechecks']>(
    `SELECT count(*)::int AS size, COALESCE(extract(epoch FROM now() - min(requested_at)), 0)::float8 AS "oldestSeconds"
       FROM watch.rechecks WHERE connection_id = $1`,
    [connectionId],
  );
  return row ?? { size: 0, oldestSeconds: 0 };
}

async function principalBacklog(db: Queryable, connectionId: string): Promise<WatchHealth['principals']> {
  const [row] = await db.query<WatchHealth['principals']>(
    `SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending,
            count(*) FILTER (WHERE state = 'pending' AND failure_code = 'MEMBERS_UNREADABLE')::int AS unreadable,
            count(*) FILTER (WHERE state = 'missing')::int AS missing
       FROM watch.principals WHERE connection_id = $1`,
    [connectionId],
  );
  return row ?? { pending: 0, unreadable: 0, missing: 0 };
}

function oldest(instants: readonly (Date | null)[]): Date | null {
  if (instants.length === 0 || instants.includes(null)) return null;
  return new Date(Math.min(...instants.map((instant) => instant?.getTime() ?? 0)));
}
