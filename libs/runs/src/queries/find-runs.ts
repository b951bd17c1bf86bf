import { z } from 'zod';
import { ListCursors, rollcallIdSchema, type RunState } from '#contracts';
import type { Queryable } from '#database';
import { PEOPLE_AT_A_TIME } from '../applying/page-publisher.js';
import { RunNotFoundError } from '../errors.js';
import { progressOf, type ProgressCounts } from '../progress/run-progress.js';
import { RUN_COLUMNS } from '../run.js';
import { presentRun, type PresentedRun, type RunRow } from './present-run.js';

const cursors = new ListCursors('runs', z.tuple([z.iso.datetime(), rollcallIdSchema]));

const UNDONE_BY = `
  (SELECT jsonb_build_object('runId', u.id, 'requestedBy', u.requested_by) FROM runs.sync_runs u WHERE u.id = sync_runs.undone_by)`;

const ROW_COLUMNS = `${RUN_COLUMNS}, undone_by IS NOT NULL AS undone, ${UNDONE_BY} AS "undoneBy",
  ended_at AS "endedAt", expires_at AS "expiresAt"`;

/** Throws `RunNotFoundError`, also for a run of another organisation (invariant 9). */
export async function getRun(db: Queryable, organisationId: string, runId: string): Promise<PresentedRun> {
  const rows = await db.query<RunRow>(`SELECT ${ROW_COLUMNS} FROM runs.sync_runs WHERE id = $1 AND organisation_id = $2`, [
    runId,
    organisationId,
  ]);
  const [run] = await present(db, rows);
  if (run === undefined) throw new RunNotFoundError(`run ${runId}`);
  return run;
}

export interface RunListing {
  readonly connectionId?: string;
  readonly state?: RunState;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

/** Newest first. */
export async function listRuns(
  db: Queryable,
  organisationId: string,
  { connectionId, state, cursor, limit }: RunListing,
): Promise<{ items: PresentedRun[]; nextCursor: string | null }> {
  const [requestedAt, id] = cursors.decode(cursor) ?? [null, null];
  const rows = await db.query<RunRow>(
    `SELECT ${ROW_COLUMNS} FROM runs.sync_runs
     WHERE organisation_id = $1 AND ($2::uuid IS NULL OR connection_id = $2) AND ($3::text IS NULL OR state = $3)
       AND ($4::timestamptz IS NULL OR (requested_at, id) < ($4, $5::uuid))
     ORDER BY requested_at DESC, id DESC LIMIT $6`,
    [organisationId, connectionId ?? null, state ?? null, requestedAt, id, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? cursors.encode([last.requestedAt.toISOString(), last.id]) : null;
  return { items: await present(db, page), nextCursor };
}

async function present(db: Queryable, rows: readonly RunRow[]): Promise<PresentedRun[]> {
  const counts = await countProgress(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const counted = counts.get(row.id);
    return counted === undefined ? [] : [presentRun(row, progressOf(counted))];
  });
}

/** A run that reads people by their ids has these instead of members of groups. */
const PEOPLE_OF_RUN = 'SELECT count(*) FROM runs.person_reads p WHERE p.run_id = r.id';

/** What is published but not answered yet is not applied: counted are the people before the first open page. */
const ANSWERED_PEOPLE = `COALESCE(
  (SELECT GREATEST(0, min(p.seq) - ${PEOPLE_AT_A_TIME}) FROM runs.published_pages p WHERE p.run_id = r.id AND p.answered_at IS NULL AND p.is_counted),
  r.published_seq)`;

async function countProgress(db: Queryable, runIds: readonly string[]): Promise<Map<string, ProgressCounts>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.query<ProgressCounts & { id: string }>(
    `SELECT r.id, r.state, count(g.group_id) AS groups,
       count(*) FILTER (WHERE g.state = 'complete') AS "groupsRead",
       count(*) FILTER (WHERE g.state = 'unreadable') AS "groupsUnreadable",
       COALESCE(sum(g.pages), 0)::bigint AS pages, COALESCE(sum(g.members), 0)::bigint + (${PEOPLE_OF_RUN} AND p.state <> 'pending') AS "membersRead",
       COALESCE(sum(g.expected_members), 0)::bigint + (${PEOPLE_OF_RUN}) AS "expectedMembers",
       r.planned_seq AS compared,
       CASE WHEN r.compared_at IS NULL THEN NULL ELSE r.people_count END AS "toApply", ${ANSWERED_PEOPLE} AS answered,
       r.recent_members AS "recentMembers", r.recent_seconds AS "recentSeconds",
       COALESCE(extract(epoch FROM COALESCE(r.comparing_at, now()) - r.reading_at), 0)::float8 AS "readingForSeconds",
       COALESCE(extract(epoch FROM COALESCE(r.ended_at, now()) - r.applying_at), 0)::float8 AS "applyingForSeconds"
     FROM runs.sync_runs r LEFT JOIN runs.group_reads g ON g.run_id = r.id
     WHERE r.id = ANY ($1::uuid[]) GROUP BY r.id`,
    [runIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
