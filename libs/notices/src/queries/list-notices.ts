import type { Queryable } from '#database';
import type { NoticeContent, Severity } from '../content.js';
import type { MessageKind } from '../kinds.js';

/** One notice under the bell of one member. */
export interface InboxNotice {
  readonly id: string;
  /** Rises with each notice; the cursor of the list. */
  readonly position: number;
  readonly connectionId: string | null;
  readonly kind: MessageKind;
  readonly severity: Severity;
  readonly content: NoticeContent;
  readonly note: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  /** The alert that it told of, as it is now; null for digests and tests. */
  readonly alert: {
    readonly id: string;
    readonly state: 'open' | 'resolved';
    readonly count: number;
    readonly updatedAt: string;
    readonly resolvedAt: string | null;
  } | null;
}

export interface NoticeListing {
  readonly unread?: boolean | undefined;
  readonly connectionId?: string | undefined;
  /** Notices older than this position. */
  readonly beforePosition?: number | undefined;
  readonly limit: number;
}

const COLUMNS = `
  n.id, n.position, n.connection_id AS "connectionId", n.kind, n.message->>'severity' AS severity, n.message->'content' AS content,
  n.message->>'note' AS note, n.created_at AS "createdAt", n.read_at AS "readAt",
  CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object(
    'id', a.id, 'state', a.state, 'count', a.count, 'updatedAt', a.updated_at, 'resolvedAt', a.resolved_at) END AS alert`;

/** Newest first. Another organisation's member has none here (invariant 9). */
export async function listNotices(
  db: Queryable,
  organisationId: string,
  memberId: string,
  listing: NoticeListing,
): Promise<InboxNotice[]> {
  return db.query<InboxNotice>(
    `SELECT ${COLUMNS}
     FROM notices.inbox n LEFT JOIN notices.alerts a ON a.id = n.alert_id
     WHERE n.organisation_id = $1 AND n.member_id = $2 AND ($3::bigint IS NULL OR n.position < $3)
       AND (NOT $4::boolean OR n.read_at IS NULL) AND ($5::uuid IS NULL OR n.connection_id = $5)
     ORDER BY n.position DESC LIMIT $6`,
    [
      organisationId,
      memberId,
      listing.beforePosition ?? null,
      listing.unread ?? false,
      listing.connectionId ?? null,
      listing.limit,
    ],
  );
}

/** For the bell's badge. */
export async function countUnread(db: Queryable, organisationId: string, memberId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM notices.inbox WHERE organisation_id = $1 AND member_id = $2 AND read_at IS NULL',
    [organisationId, memberId],
  );
  return row?.count ?? 0;
}

/** Null where the member has no such notice. The first reading keeps its instant. */
export async function markRead(
  db: Queryable,
  organisationId: string,
  memberId: string,
  noticeId: string,
  now: Date,
): Promise<InboxNotice | null> {
  const [row] = await db.query<InboxNotice>(
    `WITH n AS (
       UPDATE notices.inbox SET read_at = COALESCE(read_at, $4) WHERE organisation_id = $1 AND member_id = $2 AND id = $3 RETURNING *
     )
     SELECT ${COLUMNS} FROM n LEFT JOIN notices.alerts a ON a.id = n.alert_id`,
    [organisationId, memberId, noticeId, now],
  );
  return row ?? null;
}

/** Marks all of a member up to a position that the page has shown; what came later stays unread. */
export async function markAllRead(
  db: Queryable,
  organisationId: string,
  memberId: string,
  upToPosition: number,
  now: Date,
): Promise<number> {
  const rows = await db.query(
    `UPDATE notices.inbox SET read_at = $4
     WHERE organisation_id = $1 AND member_id = $2 AND position <= $3 AND read_at IS NULL RETURNING 1`,
    [organisationId, memberId, upToPosition, now],
  );
  return rows.length;
}
