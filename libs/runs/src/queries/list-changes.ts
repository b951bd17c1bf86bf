import { isProblemCode, PROBLEMS } from '#contracts';
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
  readonly action?: PlannedAction;
  readonly groupId?: string;
  readonly cursor?: string;
  readonly limit: number;
}

type Row = Omit<PresentedChange, 'reason'> & { readonly code: string | null; readonly seq: number; readonly ordinal: number };

/** In plan order. Throws `RunNotFoundError`, also for a run of another organisation (invariant 9). */
export async function listChanges(
  db: Queryable,
  organisationId: string,
  runId: string,
  { action, groupId, cursor, limit }: ChangeListing,
): Promise<{ items: PresentedChange[]; nextCursor: string | null }> {
  const owned = await db.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND organisation_id = $2', [runId, organisationId]);
  if (owned.length === 0) throw new RunNotFoundError(`run ${runId}`);
  const [seq, ordinal] = cursor === undefined ? [0, -1] : decodeCursor(cursor);
  const rows = await db.query<Row>(
    `SELECT id, action, entra_object_id AS "entraObjectId", display_name AS "displayName", account_id AS "accountId",
       group_id AS "groupId", before, after, decision, kept_fields AS "keptFields", carried_over AS "carriedOver", outcome, code, seq, ordinal
     FROM runs.planned_changes
     WHERE run_id = $1 AND (seq, ordinal) > ($2, $3) AND ($4::text IS NULL OR action = $4) AND ($5::uuid IS NULL OR group_id = $5)
     ORDER BY seq, ordinal LIMIT $6`,
    [runId, seq, ordinal, action ?? null, groupId ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(present),
    nextCursor: rows.length > limit && last !== undefined ? `${last.seq}.${last.ordinal}` : null,
  };
}

function present({ code, seq: _seq, ordinal: _ordinal, ...change }: Row): PresentedChange {
  return { ...change, reason: code === null ? null : { code, message: isProblemCode(code) ? PROBLEMS[code].title : code } };
}

function decodeCursor(cursor: string): [number, number] {
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor);
  if (match === null) throw new RunNotFoundError('this place in the list');
  return [Number(match[1]), Number(match[2])];
}
