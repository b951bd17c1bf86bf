import type { Database } from '#database';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days that each kind of row outlives its use (design: "Retention"). */
export const KEPT_DAYS = { tombstones: 60, rounds: 7, plans: 90, closed: 400 } as const;

/** Rows that one statement deletes at most, so that no transaction grows with what has piled up. */
const BATCH = 5_000;

interface Trim {
  readonly name: string;
  readonly days: number;
  readonly sql: string;
}

/** Deletes what has outlived its use, in bounded batches; answers how many rows of each kind. */
export async function trimPeople(db: Database, now: Date): Promise<Record<string, number>> {
  const trimmed: Record<string, number> = {};
  for (const { name, days, sql } of TRIMS) {
    const before = new Date(now.getTime() - days * DAY_MS);
    let total = 0;
    for (let deleted = BATCH; deleted === BATCH; total += deleted) {
      deleted = (await db.query(sql, [before, BATCH])).length;
    }
    trimmed[name] = total;
  }
  return trimmed;
}

/** What somebody changes at this moment is passed over, and looked at again an hour later: by then it may be of use. */
const deleteOld = (table: string, condition: string): string => `
  DELETE FROM people.${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM people.${table} WHERE ${condition} LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING 1`;

const TRIMS: readonly Trim[] = [
  {
    name: 'tombstones',
    days: KEPT_DAYS.tombstones,
    sql: deleteOld('memberships', 'NOT present AND changed_at < $1'),
  },
  {
    name: 'strangers',
    days: KEPT_DAYS.tombstones,
    sql: deleteOld(
      'persons',
      // Whoever is skipped is in scope, in a group or as one of everybody.
      `updated_at < $1 AND (skip_code IS NULL OR user_state IS DISTINCT FROM 'present')
         AND NOT EXISTS (SELECT 1 FROM people.memberships m WHERE m.connection_id = persons.connection_id AND m.member_id = persons.entra_object_id)
         AND NOT EXISTS (SELECT 1 FROM people.accounts a WHERE a.connection_id = persons.connection_id AND a.entra_object_id = persons.entra_object_id)`,
    ),
  },
  {
    name: 'rounds',
    days: KEPT_DAYS.rounds,
    sql: deleteOld('round_pages', 'received_at < $1'),
  },
  { name: 'planUnits', days: KEPT_DAYS.plans, sql: deleteOld('plan_units', 'recorded_at < $1') },
  { name: 'planOutcomes', days: KEPT_DAYS.plans, sql: deleteOld('plan_outcomes', 'recorded_at < $1') },
  { name: 'closedRounds', days: KEPT_DAYS.plans, sql: deleteOld('closed_rounds', 'closed_at < $1') },
  { name: 'runTrips', days: KEPT_DAYS.plans, sql: deleteOld('run_trips', 'judged_at < $1') },
  { name: 'runPages', days: KEPT_DAYS.plans, sql: deleteOld('run_pages', 'applied_at < $1') },
  { name: 'heldChanges', days: KEPT_DAYS.closed, sql: deleteOld('held_changes', `state <> 'open' AND closed_at < $1`) },
  { name: 'pins', days: KEPT_DAYS.closed, sql: deleteOld('pins', `state <> 'open' AND closed_at < $1`) },
];
