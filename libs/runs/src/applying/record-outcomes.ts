import type { Tx } from '#database';

/**
 * What became of each line of the plan, from provisioning's own record: an effect in the journal of this run is `applied`, a person
 * who had moved is `stale`, what was taken out or is held is `skipped`, and what did not come about although nobody moved `failed`
 * with the reason that stands in the way, as is what a page carried that no handler could take. Repeating it changes nothing.
 * Of a cancelled run everything else is skipped: it was never published.
 */
export async function recordOutcomes(
  tx: Tx,
  runId: string,
  connectionId: string,
  { isCancelled = false }: { readonly isCancelled?: boolean } = {},
): Promise<void> {
  await tx.query(RECORD, [runId, connectionId, isCancelled]);
}

const RECORD = `
  UPDATE runs.planned_changes c SET outcome = v.outcome, code = COALESCE(v.code, c.code), note = v.note
  FROM (
    SELECT p.id,
      CASE
        WHEN p.decision = 'skip' THEN 'skipped'
        WHEN p.action = 'update' AND done.effects IS NULL AND p.kept_fields <> '{}' THEN 'skipped'
        WHEN done.effects IS NOT NULL THEN 'applied'
        WHEN said.failed AND NOT $3 THEN 'failed'
        WHEN said.stale THEN 'stale'
        WHEN $3 THEN 'skipped'
        WHEN said.held THEN 'skipped'
        WHEN k.skip_code IS NOT NULL AND p.action IN ('create', 'reactivate', 'grant') THEN 'failed'
        ELSE 'stale'
      END AS outcome,
      CASE
        WHEN p.decision = 'skip' OR done.effects IS NOT NULL THEN NULL
        WHEN said.failed AND NOT $3 THEN said.failed_code
        WHEN $3 AND NOT COALESCE(said.stale, false) THEN 'CANCELLED'
        WHEN said.held AND NOT said.stale THEN 'GUARD_TRIPPED'
        WHEN k.skip_code IS NOT NULL AND NOT COALESCE(said.stale, false) AND p.action IN ('create', 'reactivate', 'grant') THEN k.skip_code
        ELSE 'PLAN_STALE'
      END AS code,
      CASE WHEN done.effects IS NULL AND p.decision = 'apply' AND said.failed AND NOT $3 THEN said.failed_message END AS note
    FROM runs.planned_changes p
    LEFT JOIN (
      SELECT DISTINCT entra_object_id, COALESCE(group_id::text, '') AS group_key, CASE type
          WHEN 'rollcall.account.created' THEN 'create' WHEN 'rollcall.account.updated' THEN 'update'
          WHEN 'rollcall.account.deactivated' THEN 'deactivate' WHEN 'rollcall.account.reactivated' THEN 'reactivate'
          WHEN 'rollcall.membership.granted' THEN 'grant' WHEN 'rollcall.membership.revoked' THEN 'revoke' END AS action, true AS effects
      FROM people.run_effects WHERE run_id = $1) done
      ON done.entra_object_id = p.entra_object_id AND done.action = p.action AND done.group_key = COALESCE(p.group_id::text, '')
    LEFT JOIN (
      SELECT entra_object_id, bool_or(outcome = 'stale') AS stale, bool_or(outcome = 'held') AS held, bool_or(outcome = 'failed') AS failed,
        max(code) FILTER (WHERE outcome = 'failed') AS failed_code, max(message) FILTER (WHERE outcome = 'failed') AS failed_message
      FROM people.answered_plan_changes WHERE run_id = $1 GROUP BY entra_object_id) said ON said.entra_object_id = p.entra_object_id
    LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = p.entra_object_id
    WHERE p.run_id = $1 AND p.outcome IS NULL) v
  WHERE c.id = v.id`;
