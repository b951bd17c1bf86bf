import type { Lease, Tx } from '#database';
import { takeLeasedStep } from '../lifecycle/take-step.js';
import type { RunConnection } from '../ports.js';
import type { SyncRun } from '../run.js';

/** Fixes the groups that the run reads: the watched ones of this moment, or those asked for that are still watched. */
export async function beginReading(tx: Tx, lease: Lease, run: SyncRun, connection: RunConnection, now: Date): Promise<SyncRun> {
  const begun = await takeLeasedStep(tx, lease, 'begin', now);
  await tx.query(`INSERT INTO runs.group_reads (run_id, group_id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`, [
    run.id,
    groupsToRead(run.groupIds, connection.watchedGroupIds),
  ]);
  return begun;
}

export function groupsToRead(asked: readonly string[] | null, watched: readonly string[]): string[] {
  return asked === null ? [...watched] : watched.filter((groupId) => asked.includes(groupId));
}
