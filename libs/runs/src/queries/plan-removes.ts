import type { Queryable } from '#database';

/** Whether anything that the plan would take from people is still to be applied. Looks at the whole plan: up to a second for a million lines. */
export async function planRemoves(db: Queryable, organisationId: string, runId: string): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM runs.planned_changes c JOIN runs.sync_runs r ON r.id = c.run_id
     WHERE c.run_id = $1 AND r.organisation_id = $2 AND c.action IN ('deactivate', 'revoke') AND c.decision = 'apply' LIMIT 1`,
    [runId, organisationId],
  );
  return rows.length > 0;
}
