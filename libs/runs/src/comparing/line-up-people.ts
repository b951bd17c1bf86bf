import { EVERYBODY } from '#contracts';
import type { Lease, Tx } from '#database';
import { holdRun } from '../reading/group-read.js';
import { joinedAsSets } from './joined-as-sets.js';

/**
 * Takes the confirmed removals among the differences and lines the people who differ up: those of one group together, so that a
 * published page seldom names many groups, and those who lose something last, so that their removals are judged together.
 */
export async function lineUpPeople(tx: Tx, lease: Lease, now: Date): Promise<void> {
  await holdRun(tx, lease);
  await tx.query(`SET LOCAL statement_timeout = '15min'`);
  await tx.query('DELETE FROM runs.planned_people WHERE run_id = $1', [lease.key]);
  await joinedAsSets(tx, async () => {
    await tx.query(CONFIRMED_REMOVALS, [lease.key, EVERYBODY]);
    await tx.query(PROVEN_DELETIONS, [lease.key]);
    await tx.query(ORDERED_PEOPLE, [lease.key]);
  });
  await tx.query(
    `UPDATE runs.sync_runs SET lined_up_at = $2,
       people_count = (SELECT count(*) FROM runs.planned_people WHERE run_id = $1) WHERE id = $1`,
    [lease.key, now],
  );
}

const CONFIRMED_REMOVALS = `
  INSERT INTO runs.differences (run_id, person_id, group_id, kind, member_type, read_no, page, read_started_at, read_at)
  SELECT c.run_id, c.member_id, c.group_id, 'removed', 'user', c.read_no, 0, g.read_started_at, c.checked_at
  FROM runs.removal_candidates c JOIN runs.group_reads g USING (run_id, group_id)
  WHERE c.run_id = $1 AND c.outcome IN ('confirmed', 'deleted') AND c.group_id <> $2`;

// Somebody whom another group still lists is not known to be deleted: the list or the deleted items are behind.
const PROVEN_DELETIONS = `
  INSERT INTO runs.differences (run_id, person_id, kind, member_type, read_no, page, read_started_at, read_at)
  SELECT c.run_id, c.member_id, 'softDeleted', 'user', max(c.read_no), 0, min(g.read_started_at), max(c.checked_at)
  FROM runs.removal_candidates c JOIN runs.group_reads g USING (run_id, group_id)
  WHERE c.run_id = $1 AND c.outcome = 'deleted'
    AND NOT EXISTS (SELECT 1 FROM runs.staged_members s WHERE s.run_id = c.run_id AND s.member_id = c.member_id)
    AND NOT EXISTS (SELECT 1 FROM runs.differences d WHERE d.run_id = c.run_id AND d.person_id = c.member_id AND d.kind = 'softDeleted')
  GROUP BY c.run_id, c.member_id`;

const ORDERED_PEOPLE = `
  INSERT INTO runs.planned_people (run_id, seq, person_id, loses)
  SELECT $1, row_number() OVER (ORDER BY loses, first_group NULLS LAST, person_id), person_id, loses
  FROM (
    SELECT person_id, min(group_id::text) AS first_group, bool_or(kind IN ('removed', 'softDeleted')) AS loses
    FROM runs.differences WHERE run_id = $1 GROUP BY person_id) AS differing`;
