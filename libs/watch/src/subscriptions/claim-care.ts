import { extendLease } from '#database';
import type { WatchContext } from '../watch-context.js';
import type { SubscriptionProblem } from './decide-refusal.js';

/** Every connection's subscriptions are compared with Graph's list at least this often. */
const VISIT_EVERY_MS = 3_600_000;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 120_000;
const LEASE_MS = 60_000;
const CARE_LEASES = { table: 'watch.watched_connections', key: 'connection_id' };

/** One connection whose subscriptions this process looks after now. */
export interface Care {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly tenantId: string;
  readonly live: boolean;
  readonly groupIds: readonly string[];
  readonly perGroupRefused: boolean;
  readonly failures: number;
  readonly leaseToken: number;
  readonly claimedAt: Date;
}

/** Leases the connection whose visit is most overdue: live ones, and those at rest that still hold subscriptions. */
export async function claimCare({ db, holder }: WatchContext): Promise<Care | null> {
  const [care] = await db.query<Care>(
    `UPDATE watch.watched_connections w SET lease_owner = $1, lease_token = lease_token + 1,
       lease_until = now() + $2 * interval '1 millisecond'
      WHERE connection_id = (
        SELECT c.connection_id FROM watch.watched_connections c
         WHERE c.keeper_due_at <= now() AND (c.lease_until IS NULL OR c.lease_until <= now())
           AND (c.blocked_until IS NULL OR c.blocked_until <= now())
           AND (c.live OR (NOT c.quarantined AND EXISTS (SELECT 1 FROM watch.subscriptions s WHERE s.connection_id = c.connection_id)))
         ORDER BY c.keeper_due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING w.connection_id AS "connectionId", w.organisation_id AS "organisationId", w.tenant_id AS "tenantId", w.live,
       ARRAY(SELECT g.group_id FROM watch.groups g WHERE g.connection_id = w.connection_id ORDER BY g.group_id) AS "groupIds",
       w.per_group_refused AS "perGroupRefused", w.keeper_failures AS failures,
       w.lease_token AS "leaseToken", now() AS "claimedAt"`,
    [holder, LEASE_MS],
  );
  return care ?? null;
}

/** A visit with many subscriptions takes long: Graph calls the webhook before it answers each. */
export async function prolongCare({ db }: WatchContext, care: Care): Promise<void> {
  await extendLease(db, CARE_LEASES, { key: care.connectionId, token: care.leaseToken }, LEASE_MS);
}

export interface CareResult {
  readonly mode: 'perGroup' | 'perTenant' | 'polling' | 'sweepOnly';
  readonly problem: SubscriptionProblem | null;
}

/** Shows the mode, and comes back in an hour; soon, where something is in the way. A wish that came meanwhile is not forgotten. */
export async function finishCare({ db }: WatchContext, care: Care, { mode, problem }: CareResult): Promise<void> {
  await db.query(
    `UPDATE watch.watched_connections SET mode = $3, problem_code = $4, problem_message = $5, listed_at = now(),
       keeper_failures = CASE WHEN $4::text IS NULL THEN 0 ELSE keeper_failures + 1 END,
       keeper_due_at = CASE WHEN keeper_due_at > $7 THEN keeper_due_at
                            ELSE now() + $6 * interval '1 millisecond' END,
       lease_owner = NULL, lease_until = NULL
      WHERE connection_id = $1 AND lease_token = $2`,
    [
      care.connectionId,
      care.leaseToken,
      mode,
      problem?.code ?? null,
      problem?.message ?? null,
      problem === null ? VISIT_EVERY_MS : retryMs(care.failures),
      care.claimedAt,
    ],
  );
}

export async function postponeCare({ db }: WatchContext, care: Care): Promise<void> {
  await db.query(
    `UPDATE watch.watched_connections SET keeper_failures = keeper_failures + 1,
       keeper_due_at = now() + $3 * interval '1 millisecond', lease_owner = NULL, lease_until = NULL
      WHERE connection_id = $1 AND lease_token = $2`,
    [care.connectionId, care.leaseToken, retryMs(care.failures)],
  );
}

/** When one that failed is looked after again. */
export function nextVisitAfter({ failures }: Care, now: Date): Date {
  return new Date(now.getTime() + retryMs(failures));
}

function retryMs(failures: number): number {
  return Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
}
