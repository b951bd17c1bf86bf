import type { Queryable } from '#database';

const KEPT_MS = 90 * 24 * 60 * 60 * 1_000;

/** What a run leaves behind; the run itself, with its summary, stays. */
const TABLES = [
  'planned_changes',
  'planned_people',
  'differences',
  'removal_candidates',
  'published_pages',
  'group_reads',
  'person_reads',
  'proof_differences',
  'group_proofs',
];

/** Forgets plans of runs that ended 90 days ago (design: "Retention"), at most `maxRows` of each table; answers how many rows went. */
export async function trimPlans(db: Queryable, now: Date, maxRows = 10_000): Promise<number> {
  let gone = 0;
  for (const table of TABLES) {
    const rows = await db.query(
      `DELETE FROM runs.${table} WHERE ctid IN (
         SELECT t.ctid FROM runs.sync_runs r JOIN runs.${table} t ON t.run_id = r.id WHERE r.ended_at < $1 LIMIT $2) RETURNING 1`,
      [new Date(now.getTime() - KEPT_MS), maxRows],
    );
    gone += rows.length;
  }
  return gone;
}
