import { EVERYBODY, type RunSummary } from '#contracts';
import type { Tx } from '#database';
import type { SyncRun } from '../run.js';

/** What the run came to, each person counted once in each line (design section 5). Without live sync there are no notices to miss. */
export async function summarise(tx: Tx, run: SyncRun, now: Date, { isLive = true } = {}): Promise<RunSummary> {
  const fetched = await countFetched(tx, run);
  const effects = await countEffects(tx, run.id);
  const { skippedByReason, unreadablePeople } = await countSkipped(tx, run);
  const skipped = Object.values(skippedByReason).reduce((sum, count) => sum + count, 0);
  const outcomes = await countOutcomes(tx, run.id);
  const processed = Math.max(0, fetched - skipped);
  const [spent] = await tx.query<{ graphRequests: number; startedAt: Date }>(
    `SELECT graph_requests AS "graphRequests", COALESCE(reading_at, requested_at) AS "startedAt" FROM runs.sync_runs WHERE id = $1`,
    [run.id],
  );
  return {
    fetched,
    processed,
    created: effects['rollcall.account.created'] ?? 0,
    updated: effects['rollcall.account.updated'] ?? 0,
    deactivated: effects['rollcall.account.deactivated'] ?? 0,
    reactivated: effects['rollcall.account.reactivated'] ?? 0,
    granted: effects['rollcall.membership.granted'] ?? 0,
    revoked: effects['rollcall.membership.revoked'] ?? 0,
    unchanged: Math.max(0, processed - (effects['present'] ?? 0)),
    skipped,
    stale: outcomes.stale,
    held: outcomes.held,
    failed: outcomes.failed,
    missedNotices: isLive ? await countMissedNotices(tx, run) : 0,
    skippedByReason,
    unreadable: await listUnreadable(tx, run, unreadablePeople),
    graphRequests: spent?.graphRequests ?? 0,
    durationMs: spent === undefined ? 0 : Math.max(0, now.getTime() - spent.startedAt.getTime()),
  };
}

async function countFetched(tx: Tx, run: SyncRun): Promise<number> {
  const [row] = await tx.query<{ people: number }>(
    `SELECT count(DISTINCT member_id) AS people FROM runs.staged_members WHERE run_id = $1 AND member_type = 'user'`,
    [run.id],
  );
  return row?.people ?? 0;
}

/** People per type of effect; `present` counts those with any effect who were read. */
async function countEffects(tx: Tx, runId: string): Promise<Record<string, number>> {
  const rows = await tx.query<{ type: string; people: number }>(
    `SELECT type, count(DISTINCT entra_object_id) AS people FROM people.run_effects WHERE run_id = $1 GROUP BY type
     UNION ALL
     SELECT 'present', count(*) FROM (
       SELECT entra_object_id FROM people.run_effects WHERE run_id = $1
       INTERSECT SELECT member_id FROM runs.staged_members WHERE run_id = $1) AS present`,
    [runId],
  );
  return Object.fromEntries(rows.map(({ type, people }) => [type, people]));
}

/** Those who were read and have no live account, by what stands in the way. */
async function countSkipped(
  tx: Tx,
  run: SyncRun,
): Promise<{ skippedByReason: Record<string, number>; unreadablePeople: number }> {
  const rows = await tx.query<{ code: string; people: number }>(
    `SELECT CASE WHEN s.readable THEN k.skip_code ELSE 'MEMBERS_UNREADABLE' END AS code, count(*) AS people
     FROM (SELECT member_id, bool_or(readable) AS readable FROM runs.staged_members
           WHERE run_id = $1 AND member_type = 'user' GROUP BY member_id) s
     LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = s.member_id
     WHERE NOT s.readable OR k.skip_code IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC, 1`,
    [run.id, run.connectionId],
  );
  const skippedByReason = Object.fromEntries(rows.map(({ code, people }) => [code, people]));
  return { skippedByReason, unreadablePeople: skippedByReason['MEMBERS_UNREADABLE'] ?? 0 };
}

/** People who had moved since the plan was computed, and people of whom the guard or a protection holds something. */
async function countOutcomes(tx: Tx, runId: string): Promise<{ stale: number; held: number; failed: number }> {
  const [row] = await tx.query<{ stale: number; held: number; failed: number }>(
    `SELECT
       (SELECT count(DISTINCT entra_object_id) FROM runs.planned_changes WHERE run_id = $1 AND outcome = 'stale') AS stale,
       (SELECT count(DISTINCT entra_object_id) FROM runs.planned_changes WHERE run_id = $1 AND outcome = 'failed') AS failed,
       (SELECT count(DISTINCT entra_object_id) FROM people.answered_plan_changes WHERE run_id = $1 AND outcome = 'held') AS held`,
    [runId],
  );
  return row ?? { stale: 0, held: 0, failed: 0 };
}

/** Reasons of runs that read groups of which live sync knows nothing yet, or has lost its place. */
const WITHOUT_NOTICES = ['BASELINE', 'NEW_GROUP', 'DELTA_EXPIRED', 'GROUP_RETURNED', 'DEAD_LETTER', 'SETTLED'];

/**
 * What the run found in groups that were read before: live sync should have brought it. Of everybody that is what changed of people,
 * or who went.
 */
async function countMissedNotices(tx: Tx, run: SyncRun): Promise<number> {
  if (run.kind === 'undo' || WITHOUT_NOTICES.includes(run.reason)) return 0;
  const [row] = await tx.query<{ changes: number }>(
    `SELECT count(*) AS changes FROM runs.differences d
     WHERE d.run_id = $1 AND COALESCE(d.group_id, $3) IN (
       SELECT g.group_id FROM runs.sync_runs r JOIN runs.group_reads g ON g.run_id = r.id AND g.state = 'complete'
        WHERE r.connection_id = $2 AND r.state = 'completed' AND r.id <> $1)`,
    [run.id, run.connectionId, EVERYBODY],
  );
  return row?.changes ?? 0;
}

/**
 * The groups that gave no complete picture: refused, with unreadable members, or shown as empty although people are known in them.
 * From none of them anybody was removed for it.
 */
async function listUnreadable(tx: Tx, run: SyncRun, unreadablePeople: number): Promise<RunSummary['unreadable']> {
  return tx.query<{ groupId: string; code: string }>(
    `SELECT g.group_id AS "groupId",
       CASE WHEN g.state = 'unreadable' THEN g.code WHEN g.unreadable_people > 0 THEN 'MEMBERS_UNREADABLE' ELSE 'GROUP_EMPTY' END AS code
     FROM runs.group_reads g
     WHERE g.run_id = $1 AND (g.state = 'unreadable' OR ($2 > 0 AND g.unreadable_people > 0)
       OR (g.state = 'complete' AND g.members = 0 AND g.expected_members > 0))
     ORDER BY g.group_id`,
    [run.id, unreadablePeople],
  );
}
