import type { Tx } from '#database';

/**
 * Remembers the members whose attributes a run could not read, in place of what was remembered of the same groups: the stage is
 * dropped when the run ends, and nothing was published about them (MEMBERS_UNREADABLE).
 */
export async function keepUnreadable(tx: Tx, runId: string, connectionId: string): Promise<void> {
  await tx.query(FORGET, [runId, connectionId]);
  await tx.query(
    `INSERT INTO runs.unreadable_members (connection_id, group_id, person_id, read_no)
     SELECT $2, s.group_id, s.member_id, max(s.read_no) FROM runs.staged_members s
     WHERE s.run_id = $1 AND NOT s.readable AND s.member_type = 'user' AND s.group_id IS NOT NULL
     GROUP BY s.group_id, s.member_id
     ON CONFLICT (connection_id, group_id, person_id) DO UPDATE SET read_no = EXCLUDED.read_no`,
    [runId, connectionId],
  );
}

const FORGET = `
  DELETE FROM runs.unreadable_members u WHERE u.connection_id = $2 AND (
    EXISTS (SELECT 1 FROM runs.group_reads g WHERE g.run_id = $1 AND g.group_id = u.group_id AND g.state = 'complete')
    OR EXISTS (SELECT 1 FROM runs.person_reads p WHERE p.run_id = $1 AND p.person_id = u.person_id AND p.state = 'read'))`;
