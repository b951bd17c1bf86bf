import type { Tx } from '#database';
import { personId } from '../decisions/effect-wish.js';
import type { PersonKey } from '../decisions/situation.js';

export interface PlanBinding {
  readonly changeId: string;
  readonly expectedRevision: number;
  /** A person approved this change: the guard lets it pass (invariant 6). */
  readonly approved?: boolean | undefined;
  /** Marks of the effects that the plan predicts for the person (`effectMarks`). */
  readonly effects?: readonly string[] | undefined;
}

export interface PlannedItem extends PersonKey {
  readonly plan: PlanBinding;
}

export interface PlanPage {
  readonly organisationId: string;
  readonly runId: string;
}

interface Row {
  readonly entra_object_id: string;
  readonly revision: number | null;
  readonly expected_revision: number | null;
  readonly revision_after: number | null;
}

/**
 * Which planned changes may still be applied: those whose person has the revision that the plan was computed from. A person's changes
 * are one unit over all pages of the run, so what the unit itself changed before does not count. Everybody else is stale.
 */
export async function findStale(tx: Tx, { runId }: PlanPage, items: readonly PlannedItem[]): Promise<ReadonlySet<string>> {
  const [first] = items;
  if (first === undefined) return new Set();
  const rows = await tx.query<Row>(REVISIONS, [first.connectionId, runId, items.map(({ entraObjectId }) => entraObjectId)]);
  const byPerson = new Map(rows.map((row) => [row.entra_object_id, row]));
  const isStale = ({ entraObjectId, plan }: PlannedItem) => {
    const row = byPerson.get(entraObjectId);
    const revision = row?.revision ?? 0;
    const expected = row?.expected_revision === plan.expectedRevision ? row.revision_after : plan.expectedRevision;
    return revision !== expected;
  };
  return new Set(items.filter(isStale).map(personId));
}

/** Records what became of each planned change, and where the person's unit stands now. */
export async function recordPlanOutcomes(
  tx: Tx,
  { organisationId, runId }: PlanPage,
  items: readonly PlannedItem[],
  outcomeOf: (item: PlannedItem) => 'applied' | 'stale' | 'held',
  now: Date,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({ ...item, ...item.plan, outcome: outcomeOf(item) }));
  await tx.query(OUTCOMES, [organisationId, runId, JSON.stringify(rows), now]);
  const admitted = rows.filter(({ outcome }) => outcome !== 'stale');
  if (admitted.length > 0) await tx.query(UNITS, [organisationId, runId, JSON.stringify(admitted)]);
}

const REVISIONS = `
  SELECT asked.id AS entra_object_id, p.revision, u.expected_revision, u.revision_after
    FROM unnest($3::uuid[]) AS asked (id)
         LEFT JOIN LATERAL (
           SELECT revision FROM people.persons WHERE connection_id = $1 AND entra_object_id = asked.id LIMIT 1) AS p ON true
         LEFT JOIN LATERAL (
           SELECT expected_revision, revision_after FROM people.plan_units WHERE run_id = $2 AND entra_object_id = asked.id LIMIT 1) AS u ON true`;

const OUTCOMES = `
  INSERT INTO people.plan_outcomes (organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, recorded_at)
  SELECT $1, r."connectionId", $2, r."changeId", r."entraObjectId", r."outcome", CASE r."outcome" WHEN 'stale' THEN 'PLAN_STALE' END, $4
    FROM jsonb_to_recordset($3::jsonb) AS r ("connectionId" uuid, "changeId" uuid, "entraObjectId" uuid, "outcome" text)
  ON CONFLICT (run_id, change_id) DO UPDATE SET outcome = EXCLUDED.outcome, code = EXCLUDED.code, message = NULL, recorded_at = EXCLUDED.recorded_at
    WHERE plan_outcomes.outcome = 'failed'`;

const UNITS = `
  INSERT INTO people.plan_units (organisation_id, connection_id, run_id, entra_object_id, expected_revision, revision_after)
  SELECT DISTINCT ON (r."entraObjectId") $1::uuid, r."connectionId", $2::uuid, r."entraObjectId", r."expectedRevision", coalesce(p.revision, 0)
    FROM jsonb_to_recordset($3::jsonb) AS r ("connectionId" uuid, "entraObjectId" uuid, "expectedRevision" bigint)
         LEFT JOIN people.persons p ON p.connection_id = r."connectionId" AND p.entra_object_id = r."entraObjectId"
  ON CONFLICT (run_id, entra_object_id) DO UPDATE SET revision_after = EXCLUDED.revision_after`;
