import type { Tx } from '#database';
import type { RunConnection } from '../ports.js';

/**
 * Fixes whom a run of kind problems reads: members of watched groups, or anybody where all users are in scope, who were skipped at their last decision, whose attributes could
 * not be read, or of whom a planned change failed or went stale since the last complete run. Nobody else.
 */
export async function listProblemPeople(tx: Tx, runId: string, { id, watchedGroupIds, settings }: RunConnection): Promise<void> {
  await tx.query(LIST, [runId, id, watchedGroupIds, settings.scope.mode === 'allUsers']);
}

/**
 * A group that a read named counts only while no newer report says that the person left it: the person's own side, which is asked
 * next, also names groups that they are in by an inner one.
 */
const LIST = `
  WITH failed AS (
    SELECT DISTINCT c.run_id, c.entra_object_id AS person_id
    FROM runs.sync_runs r JOIN runs.planned_changes c ON c.run_id = r.id AND c.outcome IN ('failed', 'stale')
    WHERE r.connection_id = $2 AND r.kind <> 'undo' AND r.requested_at >= COALESCE((
        SELECT max(whole.requested_at) FROM runs.sync_runs whole
        WHERE whole.connection_id = $2 AND whole.state = 'completed' AND whole.kind IN ('full', 'scratch')), '-infinity')
      AND NOT EXISTS (
        SELECT 1 FROM runs.sync_runs later JOIN runs.person_reads done ON done.run_id = later.id
        WHERE later.connection_id = $2 AND later.state = 'completed' AND later.requested_at > r.requested_at
          AND done.person_id = c.entra_object_id AND done.state = 'read')
  ), problem AS (
    SELECT k.member_id AS person_id, k.group_id, k.read_no,
      CASE WHEN p.entra_object_id IS NULL OR p.unreadable THEN 'unreadable' ELSE 'skipped' END AS cause
    FROM people.known_memberships k
    LEFT JOIN people.known_people p ON p.connection_id = k.connection_id AND p.entra_object_id = k.member_id
    WHERE k.connection_id = $2 AND k.present AND k.member_type = 'user' AND k.group_id = ANY ($3::uuid[])
      AND (p.entra_object_id IS NULL OR p.unreadable OR p.skip_code IS NOT NULL)
    UNION ALL
    SELECT entra_object_id, NULL::uuid, NULL::bigint, CASE WHEN unreadable THEN 'unreadable' ELSE 'skipped' END
    FROM people.known_people
    WHERE $4 AND connection_id = $2 AND user_state = 'present' AND (unreadable OR skip_code IS NOT NULL)
    UNION ALL
    SELECT person_id, group_id, read_no, 'unreadable' FROM runs.unreadable_members WHERE connection_id = $2
    UNION ALL
    SELECT f.person_id, d.group_id, d.read_no, 'notApplied'
    FROM failed f LEFT JOIN runs.differences d ON d.run_id = f.run_id AND d.person_id = f.person_id AND d.kind = 'added'
    UNION ALL
    SELECT f.person_id, k.group_id, k.read_no, 'notApplied'
    FROM failed f JOIN people.known_memberships k ON k.connection_id = $2 AND k.member_id = f.person_id AND k.present
  )
  INSERT INTO runs.person_reads (run_id, person_id, cause, group_ids)
  SELECT $1, person_id, min(cause), COALESCE(array_agg(DISTINCT group_id) FILTER (WHERE
      group_id = ANY ($3::uuid[]) AND NOT EXISTS (
        SELECT 1 FROM people.known_memberships k WHERE k.connection_id = $2 AND k.group_id = problem.group_id
          AND k.member_id = problem.person_id AND NOT k.present AND k.read_no > problem.read_no)), '{}')
  FROM problem GROUP BY person_id`;
