import type { Tx } from '#database';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';

/** Notes on the undone run that it is undone, and tells so, unless nothing of it could be taken back. Where an undo is undone, what that one undid stands again. */
export async function markUndone(tx: Tx, undo: SyncRun, now: Date): Promise<void> {
  if (undo.undoes === null || !('runId' in undo.undoes)) return;
  const effects = await tx.query('SELECT 1 FROM people.run_effects WHERE run_id = $1 LIMIT 1', [undo.id]);
  if (effects.length === 0) return;
  const [target] = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET undone_by = $2 WHERE id = $1 AND organisation_id = $3 RETURNING ${RUN_COLUMNS}`,
    [undo.undoes.runId, undo.id, undo.organisationId],
  );
  if (target === undefined) return;
  await publishRunFact(tx, target, 'undone', now);
  if (target.kind !== 'undo' || target.undoes === null || !('runId' in target.undoes)) return;
  await tx.query('UPDATE runs.sync_runs SET undone_by = NULL WHERE id = $1 AND undone_by = $2', [target.undoes.runId, target.id]);
}
