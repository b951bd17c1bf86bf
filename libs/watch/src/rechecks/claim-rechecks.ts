import type { WatchContext } from '../watch-context.js';

export type RecheckStage = 'first' | 'confirm' | 'second';

export interface Recheck {
  readonly id: number;
  readonly organisationId: string;
  readonly connectionId: string;
  readonly kind: 'membership' | 'user';
  readonly groupId: string;
  readonly memberId: string;
  readonly stage: RecheckStage;
  /** The complete read that lacked the member: its number, and when it began. */
  readonly absentReadNo: number | null;
  readonly absentReadAt: Date | null;
  readonly attempts: number;
  /** As claimed: a request that comes meanwhile moves it, and then this claim decides nothing. */
  readonly dueAt: Date;
}

/** What one call for people takes (Graph sheet 2.1), and as many as are asked one by one in a reasonable time. */
const MAX_TOGETHER = 1_000;
/** The first look at a membership reads the whole group: in a large one, where a plan went stale, thousands share that read. */
const MAX_OF_ONE_GROUP = 20_000;
const HIDDEN_MS = 300_000;

/**
 * Takes due rechecks that belong together, the longest due first, by hiding them for a while: a reader that dies loses nothing.
 * Null: none is due for a connection that may be read.
 */
export async function claimRechecks({ db, clock }: WatchContext): Promise<readonly [Recheck, ...Recheck[]] | null> {
  const hiddenUntil = new Date(clock().getTime() + HIDDEN_MS);
  const rows = await db.query<Recheck>(
    `WITH first AS (
       SELECT r.connection_id, r.kind, r.group_id, r.stage FROM watch.rechecks r JOIN watch.watched_connections w USING (connection_id)
        WHERE r.due_at <= now() AND w.live AND NOT w.quarantined AND (w.blocked_until IS NULL OR w.blocked_until <= now())
        ORDER BY r.due_at LIMIT 1
     ), together AS (
       SELECT r.id FROM watch.rechecks r JOIN first USING (connection_id, kind, group_id, stage)
        WHERE r.due_at <= now() ORDER BY r.id
         LIMIT (SELECT CASE WHEN kind = 'membership' AND stage = 'first' THEN ${MAX_OF_ONE_GROUP} ELSE ${MAX_TOGETHER} END FROM first)
         FOR UPDATE OF r SKIP LOCKED)
     UPDATE watch.rechecks r SET due_at = $1 FROM together WHERE r.id = together.id
     RETURNING r.id, r.organisation_id AS "organisationId", r.connection_id AS "connectionId", r.kind, r.group_id AS "groupId",
       r.member_id AS "memberId", r.stage, r.absent_read_no AS "absentReadNo", r.absent_read_at AS "absentReadAt", r.attempts, r.due_at AS "dueAt"`,
    [hiddenUntil],
  );
  const [head, ...tail] = rows;
  return head === undefined ? null : [head, ...tail];
}
