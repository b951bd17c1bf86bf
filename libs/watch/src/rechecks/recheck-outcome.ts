import type { Queryable } from '#database';
import type { Recheck, RecheckStage } from './claim-rechecks.js';

/** Answered: nothing more to ask. One that was asked for again meanwhile stays. */
export async function finishRechecks(db: Queryable, rechecks: readonly Recheck[]): Promise<void> {
  await db.query(
    `DELETE FROM watch.rechecks r USING unnest($1::bigint[], $2::timestamptz[]) AS done (id, due_at)
      WHERE r.id = done.id AND r.due_at = done.due_at`,
    [rechecks.map((recheck) => recheck.id), rechecks.map((recheck) => recheck.dueAt)],
  );
}

/** A later step decides, after a wait. `absentRead` is the complete read that lacked them; null keeps what was noted. */
export async function advanceRechecks(
  db: Queryable,
  rechecks: readonly Recheck[],
  step: {
    readonly stage: RecheckStage;
    readonly waitMs: number;
    readonly absentRead: { readonly readNo: number; readonly readStartedAt: Date } | null;
  },
): Promise<void> {
  await db.query(
    `UPDATE watch.rechecks r SET stage = $3, due_at = now() + $4 * interval '1 millisecond',
       absent_read_no = COALESCE($5, r.absent_read_no), absent_read_at = COALESCE($6, r.absent_read_at), attempts = 0, failure_code = NULL
       FROM unnest($1::bigint[], $2::timestamptz[]) AS taken (id, due_at) WHERE r.id = taken.id AND r.due_at = taken.due_at`,
    [
      rechecks.map((recheck) => recheck.id),
      rechecks.map((recheck) => recheck.dueAt),
      step.stage,
      step.waitMs,
      step.absentRead?.readNo ?? null,
      step.absentRead?.readStartedAt ?? null,
    ],
  );
}

const FIRST_RETRY_MS = 10_000;
const MAX_RETRY_MS = 3_600_000;

/** An error decides nothing: the same question is asked again, later each time (invariant 4). Answers when, at the earliest. */
export async function retryRechecks(
  db: Queryable,
  rechecks: readonly Recheck[],
  code: string,
  notBefore: Date | null = null,
): Promise<Date | null> {
  const [row] = await db.query<{ nextTryAt: Date | null }>(
    `WITH retried AS (
       UPDATE watch.rechecks r SET attempts = r.attempts + 1, failure_code = $3,
         due_at = GREATEST($4::timestamptz,
           now() + LEAST(${MAX_RETRY_MS}, ${FIRST_RETRY_MS} * power(2, LEAST(r.attempts, 20))) * interval '1 millisecond')
         FROM unnest($1::bigint[], $2::timestamptz[]) AS taken (id, due_at) WHERE r.id = taken.id AND r.due_at = taken.due_at
       RETURNING r.due_at)
     SELECT min(due_at) AS "nextTryAt" FROM retried`,
    [rechecks.map((recheck) => recheck.id), rechecks.map((recheck) => recheck.dueAt), code, notBefore],
  );
  return row?.nextTryAt ?? null;
}
