import { LeaseLostError, type Database, type Lease, type Tx } from '#database';
import type { ReadBook } from '../ports.js';

/** How far the read of one group has come. */
export interface GroupRead {
  readonly groupId: string;
  /** Null before the first request. What a complete read did not list carries this one (invariant 2). */
  readonly firstReadNo: number | null;
  readonly readNo: number | null;
  /** Where to go on; null at the beginning. */
  readonly nextLink: string | null;
  readonly pages: number;
}

/** The groups that are still to be read, those that were begun first. */
export async function findUnfinishedReads(db: Database, runId: string): Promise<GroupRead[]> {
  return db.query<GroupRead>(
    `SELECT group_id AS "groupId", first_read_no AS "firstReadNo", read_no AS "readNo", next_link AS "nextLink", pages
     FROM runs.group_reads WHERE run_id = $1 AND state IN ('pending', 'reading')
     ORDER BY state = 'pending', group_id`,
    [runId],
  );
}

/** Begins a read, or goes on with one that was cut off: either way under a read number of its own, taken before any request. */
export async function openRead(tx: Tx, lease: Lease, read: GroupRead, book: ReadBook, now: Date): Promise<{ readNo: number }> {
  await holdRun(tx, lease);
  const readNo = await book.nextReadNo(tx);
  await tx.query(
    `UPDATE runs.group_reads
     SET state = 'reading', read_no = $3, first_read_no = COALESCE(first_read_no, $3), read_started_at = COALESCE(read_started_at, $4)
     WHERE run_id = $1 AND group_id = $2`,
    [lease.key, read.groupId, readNo, now],
  );
  return { readNo };
}

/** Forgets what was staged of a group: its page link has expired, so the enumeration begins anew. */
export async function restartRead(tx: Tx, lease: Lease, groupId: string): Promise<void> {
  await holdRun(tx, lease);
  await tx.query('DELETE FROM runs.staged_members WHERE run_id = $1 AND group_id = $2', [lease.key, groupId]);
  await tx.query(
    `UPDATE runs.group_reads SET state = 'pending', read_no = NULL, first_read_no = NULL, next_link = NULL, pages = 0, members = 0,
       unreadable_people = 0, read_started_at = NULL
     WHERE run_id = $1 AND group_id = $2`,
    [lease.key, groupId],
  );
}

export async function closeReadAsUnreadable(tx: Tx, lease: Lease, groupId: string, code: string, now: Date): Promise<void> {
  await holdRun(tx, lease);
  await tx.query(
    `UPDATE runs.group_reads SET state = 'unreadable', code = $3, next_link = NULL, read_at = $4 WHERE run_id = $1 AND group_id = $2`,
    [lease.key, groupId, code, now],
  );
}

/** Throws `LeaseLostError` unless the caller still holds the run; the row stays locked, so a cancel waits for this commit. */
export async function holdRun(tx: Tx, lease: Lease): Promise<void> {
  const rows = await tx.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND lease_token = $2 FOR UPDATE', [
    lease.key,
    lease.token,
  ]);
  if (rows.length === 0) throw new LeaseLostError(`runs.sync_runs ${lease.key}`);
}
