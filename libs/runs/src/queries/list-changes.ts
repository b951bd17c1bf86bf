import { z } from 'zod';
import { isProblemCode, ListCursors, PROBLEMS } from '#contracts';
import type { Queryable } from '#database';
import { RunNotFoundError } from '../errors.js';
import type { PlannedAction } from '../plans/planned-change.js';

/** A line of a plan as the REST interface shows it (design section 5). */
export interface PresentedChange {
  readonly id: string;
  readonly action: PlannedAction;
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly accountId: string | null;
  readonly groupId: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly decision: 'apply' | 'skip';
  readonly keptFields: readonly string[];
  readonly carriedOver: boolean;
  readonly outcome: 'applied' | 'skipped' | 'stale' | 'failed' | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

export interface ChangeListing {
  readonly action?: PlannedAction | undefined;
  readonly decision?: PresentedChange['decision'] | undefined;
  /** `pending`: nothing came of it yet. */
  readonly outcome?: NonNullable<PresentedChange['outcome']> | 'pending' | undefined;
  readonly groupId?: string | undefined;
  /** Part of the person's name or of an address before or after, without case; or the whole object id. */
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** So many lines are looked at for one page, however few of them are meant: a plan may have millions, and a page answers at once. */
const LINES_LOOKED_AT = 25_000;

const cursors = new ListCursors('planned changes', z.tuple([z.int32(), z.int32()]));

type Row = Omit<PresentedChange, 'reason'> & {
  readonly code: string | null;
  readonly note: string | null;
  readonly seq: number;
  readonly ordinal: number;
};

/**
 * In plan order. A page may have fewer items than asked for, or none, and a cursor all the same: what is meant may come further on.
 * Throws `RunNotFoundError`, also for a run of another organisation (invariant 9).
 */
export async function listChanges(
  db: Queryable,
  organisationId: string,
  runId: string,
  { action, decision, outcome, groupId, q, cursor, limit }: ChangeListing,
  lookedAt = LINES_LOOKED_AT,
): Promise<{ items: PresentedChange[]; nextCursor: string | null }> {
  const owned = await db.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND organisation_id = $2', [runId, organisationId]);
  if (owned.length === 0) throw new RunNotFoundError(`run ${runId}`);
  const [seq, ordinal] = cursors.decode(cursor) ?? [0, -1];
  const rows = await db.query<Row>(
    `SELECT id, action, entra_object_id AS "entraObjectId", display_name AS "displayName", account_id AS "accountId",
       group_id AS "groupId", before, after, decision, kept_fields AS "keptFields", carried_over AS "carriedOver", outcome, code, note,
       seq, ordinal
     FROM (SELECT * FROM runs.planned_changes WHERE run_id = $1 AND (seq, ordinal) > ($2, $3) ORDER BY seq, ordinal LIMIT $11) AS looked
     WHERE ($4::text IS NULL OR action = $4) AND ($5::uuid IS NULL OR group_id = $5)
       AND ($6::text IS NULL OR decision = $6) AND ($7::text IS NULL OR COALESCE(outcome, 'pending') = $7)
       AND ($8::text IS NULL OR display_name ILIKE $8 OR before->>'email' ILIKE $8 OR after->>'email' ILIKE $8
            OR entra_object_id::text = lower($9))
     ORDER BY seq, ordinal LIMIT $10`,
    [
      runId,
      seq,
      ordinal,
      action ?? null,
      groupId ?? null,
      decision ?? null,
      outcome ?? null,
      q === undefined ? null : `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
      q ?? null,
      limit + 1,
      lookedAt,
    ],
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : await lastLookedAt(db, runId, { seq, ordinal }, lookedAt);
  return { items: page.map(present), nextCursor: last === undefined ? null : cursors.encode([last.seq, last.ordinal]) };
}

type Place = Pick<Row, 'seq' | 'ordinal'>;

/** Undefined where the plan ends before so many lines. */
async function lastLookedAt(db: Queryable, runId: string, { seq, ordinal }: Place, lookedAt: number): Promise<Place | undefined> {
  const [place] = await db.query<Place>(
    `SELECT seq, ordinal FROM runs.planned_changes WHERE run_id = $1 AND (seq, ordinal) > ($2, $3)
     ORDER BY seq, ordinal OFFSET $4 LIMIT 1`,
    [runId, seq, ordinal, lookedAt - 1],
  );
  return place;
}

function present({ code, note, seq: _seq, ordinal: _ordinal, ...change }: Row): PresentedChange {
  if (code === null) return { ...change, reason: null };
  return { ...change, reason: { code, message: note ?? (isProblemCode(code) ? PROBLEMS[code].title : code) } };
}
