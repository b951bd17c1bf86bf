import type { Tx } from '#database';
import type { RunProblem } from '../run.js';

/** Names in a message; the plan lists them all. */
const NAMED = 3;

/** `DEAD_LETTER` with the people concerned, where pages of the run could not be applied; else null. */
export async function findFailed(tx: Tx, runId: string): Promise<RunProblem | null> {
  const failed = await tx.query<{ name: string }>(
    `SELECT COALESCE(max(display_name), entra_object_id::text) AS name FROM runs.planned_changes
     WHERE run_id = $1 AND outcome = 'failed' AND code = 'DEAD_LETTER' GROUP BY entra_object_id ORDER BY min(seq)`,
    [runId],
  );
  if (failed.length === 0) return null;
  const named = failed.slice(0, NAMED).map(({ name }) => name);
  const others = failed.length - named.length;
  return {
    code: 'DEAD_LETTER',
    message: `changes of ${named.join(', ')}${others > 0 ? ` and ${others} others` : ''} could not be applied; they are read anew`,
  };
}
