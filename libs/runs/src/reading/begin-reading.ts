import { EVERYBODY } from '#contracts';
import type { Lease, Tx } from '#database';
import { takeLeasedStep } from '../lifecycle/take-step.js';
import type { RunConnection } from '../ports.js';
import { listProblemPeople } from '../problems/list-problem-people.js';
import type { SyncRun } from '../run.js';

/** Fixes what the run reads: the groups in scope at this moment, those asked for that still are, or people with a problem. */
export async function beginReading(tx: Tx, lease: Lease, run: SyncRun, connection: RunConnection, now: Date): Promise<SyncRun> {
  const begun = await takeLeasedStep(tx, lease, 'begin', now);
  if (run.kind === 'undo') return begun;
  if (run.kind === 'problems') {
    await listProblemPeople(tx, run.id, connection);
    return begun;
  }
  await tx.query(
    `INSERT INTO runs.group_reads (run_id, group_id, expected_members)
     SELECT $1, asked.group_id, CASE WHEN asked.group_id = $4 THEN ${KNOWN_PEOPLE} ELSE ${KNOWN_MEMBERS} END
     FROM unnest($2::uuid[]) AS asked (group_id) ON CONFLICT DO NOTHING`,
    [run.id, groupsToRead(run.groupIds, connection), connection.id, EVERYBODY],
  );
  return begun;
}

const KNOWN_MEMBERS = `(
  SELECT count(*) FROM people.known_memberships k WHERE k.connection_id = $3 AND k.group_id = asked.group_id AND k.present)`;

const KNOWN_PEOPLE = `(SELECT count(*) FROM people.known_people k WHERE k.connection_id = $3 AND k.user_state = 'present')`;

/** The watched groups, with everybody of the tenant as one more where all users are in scope; of those asked for, the ones among them. */
export function groupsToRead(
  asked: readonly string[] | null,
  { watchedGroupIds, settings }: Pick<RunConnection, 'watchedGroupIds' | 'settings'>,
): string[] {
  const inScope = settings.scope.mode === 'allUsers' ? [EVERYBODY, ...watchedGroupIds] : watchedGroupIds;
  return inScope.filter((groupId) => asked === null || asked.includes(groupId));
}
