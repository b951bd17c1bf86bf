import type { Tx } from '#database';
import type { RunProblem } from '../run.js';

/** Names in a message; the plan lists them all. */
const NAMED = 3;

/** `DEAD_LETTER` with the people concerned, where pages of the run could not be applied; else null. */
export async function findFailed(tx: Tx, runId: string): Promise<RunProblem | null> {
  const named = await tx.query<{ name: string; people: number }>(
    `SELECT COALESCE(max(display_name), entra_object_id::text) AS name, count(*) OVER () AS people FROM runs.planned_changes
     WHERE run_id = $1 AND outcome = 'failed' AND code = 'DEAD_LETTER' GROUP BY entra_object_id ORDER BY min(seq) LIMIT ${NAMED}`,
    [runId],
  );
  const [first] = named;
  if (first === undefined) return null;
  const others = first.people - named.length;
  return {
    code: 'DEAD_LETTER',
    message: `changes of ${named.map(({ name }) => name).join(', ')}${others > 0 ? ` and ${others} others` : ''} could not be applied; they are read anew`,
  };
}
