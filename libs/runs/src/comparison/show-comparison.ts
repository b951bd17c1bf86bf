import { z } from 'zod';
import { entraIdSchema, EVERYBODY, isProblemCode, ListCursors, PROBLEMS, rollcallIdSchema } from '#contracts';
import { inPortions, type Database, type Portioning, type Queryable } from '#database';
import type { PlannedAction } from '../plans/planned-change.js';

export const comparisonSides = ['onlyInEntra', 'different', 'onlyHere'] as const;
export type ComparisonSide = (typeof comparisonSides)[number];

/** One thing that is so on one side only, or otherwise on the other. */
export interface ComparedRow {
  readonly id: string;
  readonly side: ComparisonSide;
  readonly action: PlannedAction;
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly accountId: string | null;
  readonly groupId: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  /** Why it stays so. */
  readonly reason: { readonly code: string; readonly message: string } | null;
}

export interface Comparison {
  /** The newest run that read all groups and compared; null where there is none yet. */
  readonly run: { readonly id: string; readonly comparedAt: Date; readonly unreadGroupIds: readonly string[] } | null;
  /** People per side. */
  readonly counts: Readonly<Record<ComparisonSide, number>>;
  /** Members whom the read did not list and whose own side did not agree: they are read again, and count on no side. */
  readonly unconfirmed: number;
  readonly items: readonly ComparedRow[];
  readonly nextCursor: string | null;
}

export interface ComparisonListing {
  readonly side?: ComparisonSide | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const cursors = new ListCursors('comparison', z.tuple([rollcallIdSchema, entraIdSchema, z.int32()]));

/**
 * What Entra and we see differently: what the newest complete read found and that run has not applied, and who is skipped or kept for
 * longer than that. A cursor stays with the run that it began with, in order of people.
 */
export async function showComparison(
  db: Queryable,
  organisationId: string,
  connectionId: string,
  { side, cursor, limit }: ComparisonListing,
): Promise<Comparison> {
  const [fromRun, afterId, afterOrdinal] = cursors.decode(cursor) ?? [null, null, null];
  const [run] = await db.query<NonNullable<Comparison['run']>>(NEWEST_RUN, [organisationId, connectionId, fromRun]);
  const none = { onlyInEntra: 0, different: 0, onlyHere: 0 };
  if (run === undefined) return { run: null, counts: none, unconfirmed: 0, items: [], nextCursor: null };
  const counted = await db.query<{ side: ComparisonSide; people: number }>(COUNTS, [run.id, connectionId]);
  const [open] = await db.query<{ unconfirmed: number }>(
    `SELECT count(*) AS unconfirmed FROM runs.removal_candidates WHERE run_id = $1 AND outcome = 'unconfirmed'`,
    [run.id],
  );
  const rows = await db.query<Row>(ROWS, [run.id, connectionId, side ?? null, afterId, afterOrdinal, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    run,
    counts: { ...none, ...Object.fromEntries(counted.map((count) => [count.side, count.people])) },
    unconfirmed: open?.unconfirmed ?? 0,
    items: items.map(present),
    nextCursor: rows.length > limit && last !== undefined ? cursors.encode([run.id, last.entraObjectId, last.ordinal]) : null,
  };
}

/** Larger portions are not faster: a million rows take seconds, unless whoever downloads them is slow. */
const DOWNLOAD: Portioning = { size: 1_000, deadlineMs: 10 * 60_000 };

/**
 * All rows of one side, or of all, of the newest comparison as it is when it begins; many at a time, and none where nothing was compared
 * yet. It is compared once, however many they are. Throws `DeadlineError`.
 */
export async function* everyCompared(
  db: Database,
  organisationId: string,
  connectionId: string,
  side?: ComparisonSide,
  portioning = DOWNLOAD,
): AsyncGenerator<ComparedRow[]> {
  const [run] = await db.query<{ id: string }>(NEWEST_RUN, [organisationId, connectionId, null]);
  if (run === undefined) return;
  const portions = inPortions<Row>(db, ROWS, [run.id, connectionId, side ?? null, null, null, null], portioning);
  for await (const rows of portions) yield rows.map(present);
}

type Row = Omit<ComparedRow, 'reason'> & { readonly code: string | null; readonly ordinal: number };

function present({ code, ordinal: _, ...row }: Row): ComparedRow {
  return { ...row, reason: code === null ? null : { code, message: isProblemCode(code) ? PROBLEMS[code].title : code } };
}

const NEWEST_RUN = `
  SELECT r.id, r.compared_at AS "comparedAt",
         ARRAY(SELECT g.group_id::text FROM runs.group_reads g WHERE g.run_id = r.id AND g.state <> 'complete' ORDER BY 1) AS "unreadGroupIds"
    FROM runs.sync_runs r
   WHERE r.organisation_id = $1 AND r.connection_id = $2 AND r.kind IN ('full', 'scratch') AND r.group_ids IS NULL AND r.compared_at IS NOT NULL
     AND ($3::uuid IS NULL OR r.id = $3)
   ORDER BY r.compared_at DESC LIMIT 1`;

/**
 * Three parts, of which a person is in one: lines of the plan that nothing came of yet; known people who are in a group and were given
 * no account; live accounts of people who are in no group any more (where everybody was read: not in the tenant), which a hold, a pin or protection keeps. In the plan, whoever is
 * kept by protection is only here, whoever is skipped without an account only in Entra, and whose account is out and who is skipped is
 * out on both sides.
 */
const COMPARED = `
  WITH lines AS (
    SELECT id, action, entra_object_id, display_name, account_id, group_id, before, after, code, ordinal,
           CASE WHEN action = 'update' THEN 'different'
                WHEN action IN ('deactivate', 'revoke') THEN 'onlyHere'
                WHEN action <> 'skip' OR account_id IS NULL OR code = 'UNDONE' THEN 'onlyInEntra'
                WHEN code IN ('ACCOUNT_PROTECTED', 'LAST_SUPER_ADMIN') THEN 'onlyHere' END AS side
      FROM runs.planned_changes WHERE run_id = $1 AND outcome IS DISTINCT FROM 'applied'
  ), standing AS (
    SELECT entra_object_id, account_id, attributes->>'displayName' AS display_name, skip_code,
           EXISTS (SELECT 1 FROM people.known_memberships m
                    WHERE m.connection_id = $2 AND m.member_id = k.entra_object_id AND m.present)
             OR (k.user_state = 'present' AND EXISTS (
               SELECT 1 FROM runs.group_reads g WHERE g.run_id = $1 AND g.group_id = '${EVERYBODY}')) AS is_member
      FROM people.known_people k
     WHERE k.connection_id = $2 AND (k.account_id IS NULL OR k.status <> 'deactivated')
       AND NOT EXISTS (SELECT 1 FROM lines WHERE lines.entra_object_id = k.entra_object_id)
  )
  SELECT * FROM lines WHERE side IS NOT NULL
  UNION ALL
  SELECT entra_object_id, 'skip', entra_object_id, display_name, NULL, NULL, NULL, NULL, skip_code, 0, 'onlyInEntra'
    FROM standing WHERE account_id IS NULL AND skip_code IS NOT NULL AND is_member
  UNION ALL
  SELECT entra_object_id, 'deactivate', entra_object_id, display_name, account_id, NULL, NULL, NULL, COALESCE(skip_code, 'NOT_IN_SCOPE'), 0,
         'onlyHere'
    FROM standing WHERE account_id IS NOT NULL AND NOT is_member`;

const COUNTS = `SELECT side, count(DISTINCT entra_object_id) AS people FROM (${COMPARED}) AS compared GROUP BY side`;

const ROWS = `
  SELECT id, side, action, entra_object_id AS "entraObjectId", display_name AS "displayName", account_id AS "accountId",
         group_id AS "groupId", before, after, code, ordinal
    FROM (${COMPARED}) AS compared
   WHERE ($3::text IS NULL OR side = $3) AND ($4::uuid IS NULL OR (entra_object_id, ordinal) > ($4, $5::int))
   ORDER BY entra_object_id, ordinal LIMIT $6`;
