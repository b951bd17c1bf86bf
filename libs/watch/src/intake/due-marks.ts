import type { Queryable } from '#database';
import { currentTraceparent } from '#tracing';
import { nudge, WATCH_CHANNELS } from '../channels.js';

/** How many notices came for a group's chain or a connection's users chain (`groupId` null). */
export interface NoticeCount {
  readonly connectionId: string;
  readonly groupId: string | null;
  readonly notices: number;
  /** The trace that the notice began; of several joined ones, one. */
  readonly traceparent?: string | null;
}

/**
 * Raises the due marks of all chains that these notices are about, in one statement. Marks are locked in the order of their chains,
 * so that two intakes never wait for each other in a circle; readers lock none. `noticed_at` stays that of the first mark that no
 * reader has taken up, `traceparent` that of the first one which had a trace: a mark of our own has none.
 */
export async function raiseDueMarks(db: Queryable, notices: readonly NoticeCount[]): Promise<number> {
  const rows = await db.query(
    `WITH noticed AS (
       SELECT c.id, sum(n.notices) AS notices, max(n.traceparent) AS traceparent, GREATEST(max(c.read_seq), max(c.claimed_seq)) AS taken_seq
         FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::text[]) AS n (connection_id, group_id, notices, traceparent)
         LEFT JOIN watch.groups g ON g.connection_id = n.connection_id AND g.group_id = n.group_id
         JOIN watch.chains c ON c.connection_id = n.connection_id
          AND CASE WHEN n.group_id IS NULL THEN c.kind = 'users' AND c.state = 'live' ELSE c.id = g.chain_id END
        GROUP BY c.id
     ), locked AS (
       SELECT m.chain_id FROM watch.due_marks m JOIN noticed ON noticed.id = m.chain_id ORDER BY m.chain_id FOR NO KEY UPDATE OF m)
     UPDATE watch.due_marks m SET due_seq = m.due_seq + 1, unread = true, notices = m.notices + noticed.notices, last_notice_at = now(),
       noticed_at = CASE WHEN m.due_seq > noticed.taken_seq THEN m.noticed_at ELSE now() END,
       traceparent = CASE WHEN m.due_seq > noticed.taken_seq THEN COALESCE(m.traceparent, noticed.traceparent) ELSE noticed.traceparent END
       FROM noticed JOIN locked ON locked.chain_id = noticed.id WHERE m.chain_id = noticed.id RETURNING 1`,
    [
      notices.map((notice) => notice.connectionId),
      notices.map((notice) => notice.groupId),
      notices.map((notice) => notice.notices),
      notices.map((notice) => notice.traceparent ?? null),
    ],
  );
  await nudge(db, WATCH_CHANNELS.due);
  return rows.length;
}

/**
 * Makes chains due without a notice: a subscription began, was reauthorised, or said that it missed something. `last_notice_at` stays:
 * by it a reader tells such a mark from a notice.
 */
export async function raiseConnectionMarks(
  db: Queryable,
  connectionId: string,
  purpose: { groupId: string | null } | 'groups' | 'users',
): Promise<void> {
  const groupId = typeof purpose === 'object' ? purpose.groupId : null;
  await db.query(
    `UPDATE watch.due_marks m SET due_seq = m.due_seq + 1, unread = true,
       noticed_at = CASE WHEN m.due_seq > GREATEST(c.read_seq, c.claimed_seq) THEN m.noticed_at ELSE now() END,
       traceparent = CASE WHEN m.due_seq > GREATEST(c.read_seq, c.claimed_seq) THEN m.traceparent ELSE $4 END
       FROM watch.chains c WHERE c.id = m.chain_id AND c.connection_id = $1 AND c.state = 'live'
        AND CASE WHEN $2 = 'users' THEN c.kind = 'users'
                 WHEN $3::text IS NULL THEN c.kind = 'groups'
                 ELSE c.id = (SELECT g.chain_id FROM watch.groups g WHERE g.connection_id = $1 AND g.group_id = $3) END`,
    [connectionId, purpose === 'users' ? 'users' : 'groups', groupId, currentTraceparent()],
  );
  await nudge(db, WATCH_CHANNELS.due);
}

/** Marks of chains that were read since, so that looks pass them over. Short, and never in the way of a notice. */
export async function forgetReadMarks(db: Queryable): Promise<void> {
  await db.query(
    `WITH done AS (
       SELECT m.chain_id FROM watch.due_marks m JOIN watch.chains c ON c.id = m.chain_id
        WHERE m.unread AND m.due_seq <= c.read_seq ORDER BY m.chain_id FOR NO KEY UPDATE OF m SKIP LOCKED)
     UPDATE watch.due_marks m SET unread = false FROM done WHERE done.chain_id = m.chain_id`,
  );
}
