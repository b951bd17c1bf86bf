import { EVERYBODY } from '#contracts';
import type { Lease, Tx } from '#database';
import { holdRun } from '../reading/group-read.js';
import { joinedAsSets } from './joined-as-sets.js';

/**
 * Compares what the run read with what `people` holds, set against set inside Postgres, and stores only what differs. Safe to
 * repeat: it begins by forgetting what an earlier attempt stored. A group that was not read to its end takes no part in it.
 */
export async function findDifferences(tx: Tx, lease: Lease, connectionId: string): Promise<void> {
  await holdRun(tx, lease);
  const params = [lease.key, connectionId];
  const ofGroups = [...params, EVERYBODY];
  await tx.query(`SET LOCAL statement_timeout = '15min'`);
  await tx.query('DELETE FROM runs.differences WHERE run_id = $1', [lease.key]);
  await tx.query('DELETE FROM runs.removal_candidates WHERE run_id = $1', [lease.key]);
  await joinedAsSets(tx, async () => {
    await tx.query(NEW_MEMBERS, ofGroups);
    await tx.query(CHANGED_PEOPLE, params);
    await tx.query(DEFERRED_REMOVALS, params);
    await tx.query(MISSING_MEMBERS, params);
    await tx.query(MISSING_PEOPLE, ofGroups);
  });
}

// A member whose attributes the application may not read says nothing: neither joins nor changes (MEMBERS_UNREADABLE). Being one of
// everybody is no membership: that is the person's own state.
const NEW_MEMBERS = `
  INSERT INTO runs.differences
    (run_id, person_id, group_id, kind, member_type, read_no, page, read_started_at, read_at)
  SELECT DISTINCT ON (s.group_id, s.member_id)
    s.run_id, s.member_id, s.group_id, 'added', s.member_type, s.read_no, s.page, g.read_started_at, s.read_at
  FROM runs.staged_members s
  JOIN runs.group_reads g ON g.run_id = s.run_id AND g.group_id = s.group_id AND g.state = 'complete'
  LEFT JOIN people.known_memberships k ON k.connection_id = $2 AND k.group_id = s.group_id AND k.member_id = s.member_id
  WHERE s.run_id = $1 AND s.readable AND s.group_id <> $3
    AND (k.member_id IS NULL OR (NOT k.present AND (s.read_no, s.page) > (k.read_no, k.page)))
  ORDER BY s.group_id, s.member_id, s.read_no DESC, s.page DESC`;

const CHANGED_PEOPLE = `
  INSERT INTO runs.differences
    (run_id, person_id, group_id, kind, member_type, attributes, read_no, page, read_started_at, read_at)
  SELECT s.run_id, s.member_id, NULL, 'attributes', 'user', s.attributes, s.read_no, s.page, s.read_started_at, s.read_at
  FROM (
    SELECT DISTINCT ON (s.member_id) s.*, g.read_started_at
    FROM runs.staged_members s
    JOIN runs.group_reads g ON g.run_id = s.run_id AND g.group_id = s.group_id AND g.state = 'complete'
    WHERE s.run_id = $1 AND s.readable AND s.member_type = 'user'
    ORDER BY s.member_id, s.read_no DESC, s.page DESC
  ) s
  LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = s.member_id
  WHERE k.entra_object_id IS NULL OR k.deferred
    OR ((k.user_state IS DISTINCT FROM 'present' OR k.unreadable OR k.attributes || s.attributes IS DISTINCT FROM k.attributes)
        AND (s.read_no, s.page) > (k.user_read_no, k.user_page))`;

// Facts that came while effects were not wanted are known already: they are published again, as the repeats that they are, so that
// the plan shows what follows from them and applying it decides about them.
const DEFERRED_REMOVALS = `
  INSERT INTO runs.differences (run_id, person_id, group_id, kind, member_type, read_no, page, read_started_at, read_at)
  SELECT g.run_id, k.member_id, k.group_id, 'removed', k.member_type, k.read_no, k.page, g.read_started_at, g.read_at
  FROM runs.group_reads g
  JOIN people.known_memberships k ON k.connection_id = $2 AND k.group_id = g.group_id AND NOT k.present
  JOIN people.known_people p ON p.connection_id = $2 AND p.entra_object_id = k.member_id AND p.deferred
  WHERE g.run_id = $1 AND g.state = 'complete' AND NOT EXISTS (
    SELECT 1 FROM runs.staged_members s WHERE s.run_id = g.run_id AND s.group_id = k.group_id AND s.member_id = k.member_id)
  UNION ALL
  SELECT $1::uuid, p.entra_object_id, NULL::uuid, 'softDeleted', 'user', p.user_read_no, p.user_page, r.reading_at, r.comparing_at
  FROM runs.sync_runs r
  JOIN people.known_people p ON p.connection_id = $2 AND p.deferred AND p.user_state <> 'present'
  WHERE r.id = $1 AND r.group_ids IS NULL AND NOT EXISTS (SELECT 1 FROM runs.staged_members s WHERE s.run_id = $1 AND s.member_id = p.entra_object_id)`;

// Absence carries the first number of the read (invariant 2). Where some members could not be read, nobody is missing (invariant 4).
const MISSING_MEMBERS = `
  INSERT INTO runs.removal_candidates (run_id, group_id, member_id, read_no)
  SELECT g.run_id, k.group_id, k.member_id, g.first_read_no
  FROM runs.group_reads g
  JOIN people.known_memberships k ON k.connection_id = $2 AND k.group_id = g.group_id AND k.present AND k.member_type = 'user'
  WHERE g.run_id = $1 AND g.state = 'complete' AND g.unreadable_people = 0 AND g.first_read_no > k.read_no
    AND NOT EXISTS (
      SELECT 1 FROM runs.staged_members s WHERE s.run_id = g.run_id AND s.group_id = k.group_id AND s.member_id = k.member_id)`;

// The same for whoever is known to be in the tenant, where everybody was read.
const MISSING_PEOPLE = `
  INSERT INTO runs.removal_candidates (run_id, group_id, member_id, read_no)
  SELECT g.run_id, g.group_id, k.entra_object_id, g.first_read_no
  FROM runs.group_reads g
  JOIN people.known_people k ON k.connection_id = $2 AND k.user_state = 'present'
  WHERE g.run_id = $1 AND g.group_id = $3 AND g.state = 'complete' AND g.unreadable_people = 0 AND g.first_read_no > k.user_read_no
    AND NOT EXISTS (
      SELECT 1 FROM runs.staged_members s WHERE s.run_id = g.run_id AND s.group_id = g.group_id AND s.member_id = k.entra_object_id)`;
