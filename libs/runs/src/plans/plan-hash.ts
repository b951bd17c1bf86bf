import type { Tx } from '#database';

/**
 * The hash over items and decisions that approving names: whoever approves has seen exactly this plan. Built inside Postgres from a
 * hash of each line in plan order, so its cost in memory is 32 bytes a line.
 */
export async function storePlanHash(tx: Tx, runId: string): Promise<string> {
  const [row] = await tx.query<{ planHash: string }>(
    `UPDATE runs.sync_runs SET plan_hash = (
       SELECT encode(sha256(COALESCE(string_agg(sha256(convert_to(
         jsonb_build_array(action, entra_object_id, account_id, group_id, before, after, decision, kept_fields, code)::text, 'UTF8')),
         ''::bytea ORDER BY seq, ordinal), ''::bytea)), 'hex')
       FROM runs.planned_changes WHERE run_id = $1)
     WHERE id = $1 RETURNING plan_hash AS "planHash"`,
    [runId],
  );
  return row?.planHash ?? '';
}
