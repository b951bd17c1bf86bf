import type { Tx } from '#database';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';

/**
 * When a run of kind undo has ended: the run that it undid is undone as soon as nothing of it is left that could be taken back, by
 * this undo or an earlier one together. What was itself an undo does not stand any more, so what that one undid does again.
 */
export async function settleUndo(tx: Tx, undo: SyncRun, now: Date): Promise<void> {
  if (await undidAll(tx, undo)) {
    for (const target of await markTargets(tx, undo)) await publishRunFact(tx, target, 'undone', now, { undo });
  }
  if (!(await tookEffect(tx, [undo.id]))) return;
  const target = await undoOf(tx, undo);
  if (target !== null) await lapse(tx, target, now);
}

/** An undo was undone, wholly or in part. */
async function lapse(tx: Tx, undo: SyncRun, now: Date): Promise<void> {
  await tx.query('UPDATE runs.sync_runs SET undone_by = NULL WHERE undone_by = $1 OR (id = $2 AND organisation_id = $3)', [
    undo.id,
    undo.undoes !== null && 'runId' in undo.undoes ? undo.undoes.runId : null,
    undo.organisationId,
  ]);
  const before = await undoOf(tx, undo);
  const [gone] = await tx.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND undone_by IS NOT NULL', [undo.id]);
  if (before !== null && gone !== undefined) await settleUndo(tx, before, now);
}

/** The run that this one undid, if that was an undo too. */
async function undoOf(tx: Tx, { undoes, organisationId }: SyncRun): Promise<SyncRun | null> {
  if (undoes === null || !('runId' in undoes)) return null;
  const [run] = await tx.query<SyncRun>(
    `SELECT ${RUN_COLUMNS} FROM runs.sync_runs WHERE id = $1 AND organisation_id = $2 AND kind = 'undo'`,
    [undoes.runId, organisationId],
  );
  return run ?? null;
}

/** What a review kept, what had moved and what was never reached is left: it can be undone by another undo. */
async function undidAll(tx: Tx, undo: SyncRun): Promise<boolean> {
  const left = await tx.query(
    `SELECT 1 FROM runs.planned_changes
     WHERE run_id = $1 AND action <> 'skip' AND (outcome IS DISTINCT FROM 'applied' OR kept_fields <> '{}') LIMIT 1`,
    [undo.id],
  );
  if (left.length > 0 || undo.state !== 'completed') return false;
  const ofTheSame = await tx.query<{ id: string }>(
    `SELECT id FROM runs.sync_runs WHERE connection_id = $1 AND kind = 'undo' AND undoes = $2::jsonb`,
    [undo.connectionId, JSON.stringify(undo.undoes)],
  );
  return tookEffect(
    tx,
    ofTheSame.map(({ id }) => id),
  );
}

async function tookEffect(tx: Tx, runIds: readonly string[]): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM people.run_effects WHERE run_id = ANY ($1::uuid[]) LIMIT 1', [runIds])).length > 0;
}

/**
 * The undone run; of a span of time the runs of which everything lies within it, and was there when the undo was planned. Those that
 * were undone before are not told again.
 */
async function markTargets(tx: Tx, { id, undoes, connectionId, organisationId }: SyncRun): Promise<SyncRun[]> {
  if (undoes === null) return [];
  if ('runId' in undoes)
    return tx.query<SyncRun>(
      `UPDATE runs.sync_runs SET undone_by = $2 WHERE id = $1 AND organisation_id = $3 AND undone_by IS NULL RETURNING ${RUN_COLUMNS}`,
      [undoes.runId, id, organisationId],
    );
  return tx.query<SyncRun>(
    `UPDATE runs.sync_runs r SET undone_by = $2
     WHERE connection_id = $1 AND organisation_id = $3 AND kind <> 'undo' AND undone_by IS NULL AND id <> $2
       AND EXISTS (SELECT 1 FROM people.run_effects e WHERE e.run_id = r.id)
       AND applying_at >= $4::timestamptz AND ended_at < $5::timestamptz AND NOT EXISTS (
         SELECT 1 FROM people.undoable_effects e WHERE e.organisation_id = r.organisation_id AND e.run_id = r.id
           AND e.applied_at >= LEAST($5::timestamptz, (SELECT lined_up_at FROM runs.sync_runs WHERE id = $2)))
     RETURNING ${RUN_COLUMNS}`,
    [connectionId, id, organisationId, undoes.from, undoes.to],
  );
}
