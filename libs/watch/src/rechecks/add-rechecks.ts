import type { Tx } from '#database';
import { nudge, WATCH_CHANNELS } from '../channels.js';

export interface RecheckRequest {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly kind: 'membership' | 'user';
  /** The group of a membership; null for a person. */
  readonly groupId: string | null;
  readonly memberId: string;
  /** Which rule asked (invariant 2), for people who read the list. */
  readonly reason: string;
  /** When `settle` has passed. */
  readonly dueAt: Date;
}

/** A fact that is contradicted again and again is still read after this many times the first wait. */
const MAX_POSTPONEMENTS = 4;

/**
 * Puts facts whose evidence contradicted itself on the list of what is read directly again, inside the caller's transaction.
 * One entry per fact: a new contradiction begins its wait anew (a read before `settle` has passed could be as stale as the last),
 * but not without end.
 */
export async function addRechecks(tx: Tx, requests: readonly RecheckRequest[]): Promise<void> {
  if (requests.length === 0) return;
  await tx.query(
    `INSERT INTO watch.rechecks AS r (organisation_id, connection_id, kind, group_id, member_id, reason, due_at)
     SELECT DISTINCT ON (connection_id, kind, group_id, member_id) organisation_id, connection_id, kind, group_id, member_id, reason, due_at
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
         AS asked (organisation_id, connection_id, kind, group_id, member_id, reason, due_at)
      ORDER BY connection_id, kind, group_id, member_id, due_at DESC
     ON CONFLICT (connection_id, kind, group_id, member_id) DO UPDATE SET
       reason = EXCLUDED.reason, stage = 'first', absent_read_no = NULL, absent_read_at = NULL, attempts = 0, failure_code = NULL,
       due_at = LEAST(GREATEST(r.due_at, EXCLUDED.due_at), r.requested_at + $8 * (EXCLUDED.due_at - now()))`,
    [
      requests.map((request) => request.organisationId),
      requests.map((request) => request.connectionId),
      requests.map((request) => request.kind),
      requests.map((request) => request.groupId ?? ''),
      requests.map((request) => request.memberId),
      requests.map((request) => request.reason),
      requests.map((request) => request.dueAt),
      MAX_POSTPONEMENTS,
    ],
  );
  await nudge(tx, WATCH_CHANNELS.rechecks);
}
