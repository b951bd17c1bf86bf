import type { Database, Lease, LeasedTable } from '#database';
import type { Wait } from './halt.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';

export const RUN_LEASE: LeasedTable = { table: 'runs.sync_runs', key: 'id' };

export interface ClaimedRun {
  readonly run: SyncRun;
  readonly lease: Lease;
  /** The trace in which it was requested; null where nothing was traced. */
  readonly traceparent: string | null;
}

/**
 * Takes the run that has waited longest and that nobody holds, with a new fencing token; undefined where there is none. Those of the
 * schedule come last: at night there is one for each connection, and somebody who asks for a run does not wait for all of them. A run
 * whose holder died is free as soon as its lease has run out. `now` decides about waits, the database's clock about leases.
 */
export async function claimRun(db: Database, owner: string, leaseMs: number, now: Date): Promise<ClaimedRun | undefined> {
  const [row] = await db.query<SyncRun & { leaseToken: number; traceparent: string | null }>(
    `UPDATE runs.sync_runs
     SET lease_owner = $1, lease_token = lease_token + 1, lease_until = now() + $2 * interval '1 millisecond'
     WHERE id = (
       SELECT id FROM runs.sync_runs
       WHERE state IN ('requested', 'reading', 'comparing', 'approved', 'applying')
         AND wake_at <= $3 AND (lease_until IS NULL OR lease_until < now())
       ORDER BY (reason = 'SCHEDULE'), wake_at, requested_at, id
       FOR UPDATE SKIP LOCKED LIMIT 1)
     RETURNING ${RUN_COLUMNS}, lease_token AS "leaseToken", traceparent`,
    [owner, leaseMs, now],
  );
  if (row === undefined) return undefined;
  const { leaseToken, traceparent, ...run } = row;
  return { run, traceparent, lease: { key: run.id, token: leaseToken } };
}

/** Gives the run back until it may go on; harmless where the lease was lost. */
export async function putDown(
  db: Pick<Database, 'query'>,
  lease: Lease,
  { until, failedAttempt, code }: Omit<Wait, 'kind'>,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE runs.sync_runs SET lease_owner = NULL, lease_until = NULL, wake_at = $3, attempts = attempts + $4, wait_code = $5,
       waits_since = COALESCE(waits_since, $6)
     WHERE id = $1 AND lease_token = $2`,
    [lease.key, lease.token, until, failedAttempt ? 1 : 0, code ?? null, now],
  );
}

/** Since when it has waited without going on in between; null where it went on since. */
export async function waitsSince(db: Pick<Database, 'query'>, { key, token }: Lease): Promise<Date | null> {
  const [row] = await db.query<{ since: Date | null }>(
    'SELECT waits_since AS since FROM runs.sync_runs WHERE id = $1 AND lease_token = $2',
    [key, token],
  );
  return row?.since ?? null;
}

/** What a commit sets that brings a run forward: nothing has failed since, and it waits for nothing. */
export const GOES_ON = 'attempts = 0, wait_code = NULL, waits_since = NULL';
