import type { Lease, Tx } from '#database';
import { takeLeasedStep } from '../lifecycle/take-step.js';
import type { RunConnection } from '../ports.js';
import { listProblemPeople } from '../problems/list-problem-people.js';
import type { SyncRun } from '../run.js';

/** Fixes what the run reads: the watched groups of this moment, those asked for that are still watched, or people with a problem. */
export async function beginReading(tx: Tx, lease: Lease, run: SyncRun, connection: RunConnection, now: Date): Promise<SyncRun> {
  const begun = await takeLeasedStep(tx, lease, 'begin', now);
  if (run.kind === 'undo') return begun;
  if (run.kind === 'problems') {
    await listProblemPeople(tx, run.id, connection);
    return begun;
  }
  await tx.query(
    `INSERT INTO runs.group_reads (run_id, group_id, expected_members)
     SELECT $1, asked.group_id, (
       SELECT count(*) FROM people.known_memberships k WHERE k.connection_id = $3 AND k.group_id = asked.group_id AND k.present)
     FROM unnest($2::uuid[]) AS asked (group_id) ON CONFLICT DO NOTHING`,
    [run.id, groupsToRead(run.groupIds, connection.watchedGroupIds), connection.id],
  );
  return begun;
}

export function groupsToRead(asked: readonly string[] | null, watched: readonly string[]): string[] {
  return asked === null ? [...watched] : watched.filter((groupId) => asked.includes(groupId));
}
