import { onlyRow, type Tx } from '#database';
import { dropStaged } from '../lifecycle/end-run.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { takeStep } from '../lifecycle/take-step.js';
import { groupsCover } from '../requesting/does-what-was-asked.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';

/**
 * A newer comparison of the same groups makes a waiting plan pointless: it is superseded, and what a person had taken out of it
 * stays out of the new one where the line is the same. A run of kind undo takes the place of one that undoes the same, and of no
 * other; one that read only people with a problem is nobody's newer comparison.
 */
export async function supersedeWaitingPlans(tx: Tx, newer: SyncRun, now: Date): Promise<void> {
  if (newer.kind === 'problems') return;
  const waiting = await tx.query<SyncRun>(
    `SELECT ${RUN_COLUMNS} FROM runs.sync_runs
     WHERE connection_id = $1 AND state = 'awaitingReview' AND id <> $2 AND undoes IS NOT DISTINCT FROM $3::jsonb
     ORDER BY requested_at, id FOR UPDATE`,
    [newer.connectionId, newer.id, newer.undoes],
  );
  for (const older of waiting.filter(({ groupIds }) => groupsCover(newer.groupIds, groupIds))) {
    await carryDecisionsOver(tx, older.id, newer.id);
    await takeStep(tx, older.id, 'supersede', now, 'superseded');
    const superseded = await tx.query<SyncRun>(
      `UPDATE runs.sync_runs SET superseded_by = $2 WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
      [older.id, newer.id],
    );
    await dropStaged(tx, older.id);
    await publishRunFact(tx, onlyRow(superseded), 'superseded', now);
  }
}

async function carryDecisionsOver(tx: Tx, olderId: string, newerId: string): Promise<void> {
  await tx.query(
    `UPDATE runs.planned_changes n SET decision = o.decision, kept_fields = o.kept_fields, carried_over = true
     FROM runs.planned_changes o
     WHERE o.run_id = $1 AND n.run_id = $2 AND n.action <> 'skip' AND (o.decision = 'skip' OR o.kept_fields <> '{}')
       AND n.action = o.action AND n.entra_object_id = o.entra_object_id AND n.group_id IS NOT DISTINCT FROM o.group_id
       AND n.before IS NOT DISTINCT FROM o.before AND n.after IS NOT DISTINCT FROM o.after`,
    [olderId, newerId],
  );
}
