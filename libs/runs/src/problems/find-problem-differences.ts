import type { Lease, Tx } from '#database';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import { holdRun } from '../reading/group-read.js';

/**
 * What a run of kind problems has to say: the attributes of everybody it read, also where they are as before, so that the decision is
 * made once more and the plan shows its outcome; and memberships that are not known yet. Never that somebody is absent.
 */
export async function findProblemDifferences(tx: Tx, lease: Lease, connectionId: string): Promise<void> {
  await holdRun(tx, lease);
  const params = [lease.key, connectionId];
  await tx.query('DELETE FROM runs.differences WHERE run_id = $1', [lease.key]);
  await joinedAsSets(tx, async () => {
    await tx.query(PEOPLE, params);
    await tx.query(NEW_MEMBERS, params);
  });
}

const PEOPLE = `
  INSERT INTO runs.differences (run_id, person_id, group_id, kind, member_type, attributes, read_no, page, read_started_at, read_at)
  SELECT s.run_id, s.member_id, NULL, 'attributes', 'user', s.attributes, s.read_no, s.page, p.read_started_at, s.read_at
  FROM runs.staged_members s
  JOIN runs.person_reads p ON p.run_id = s.run_id AND p.person_id = s.member_id
  LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = s.member_id
  WHERE s.run_id = $1 AND s.group_id IS NULL AND s.readable
    AND (k.entra_object_id IS NULL OR (s.read_no, s.page) > (k.user_read_no, k.user_page))`;

const NEW_MEMBERS = `
  INSERT INTO runs.differences (run_id, person_id, group_id, kind, member_type, read_no, page, read_started_at, read_at)
  SELECT s.run_id, s.member_id, s.group_id, 'added', 'user', s.read_no, s.page, p.read_started_at, s.read_at
  FROM runs.staged_members s
  JOIN runs.person_reads p ON p.run_id = s.run_id AND p.person_id = s.member_id
  LEFT JOIN people.known_memberships k ON k.connection_id = $2 AND k.group_id = s.group_id AND k.member_id = s.member_id
  WHERE s.run_id = $1 AND s.group_id IS NOT NULL
    AND (k.member_id IS NULL OR (NOT k.present AND (s.read_no, s.page) > (k.read_no, k.page)))`;
