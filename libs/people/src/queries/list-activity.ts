import { z } from 'zod';
import { ListCursors, type EffectType } from '#contracts';
import type { Queryable } from '#database';
import { toPage, type ListPage } from './page.js';

/** One effect, with the times of its way: noticed by webhook, read at Graph, published to the log, applied here. */
export interface ActivityEntry {
  readonly id: string;
  /** Rises with each effect of the installation. */
  readonly seq: number;
  readonly connectionId: string;
  readonly accountId: string;
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly groupId: string | null;
  readonly type: EffectType;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly runId: string | null;
  readonly noticedAt: Date | null;
  readonly readAt: Date | null;
  readonly publishedAt: Date | null;
  readonly appliedAt: Date;
}

export interface ActivityFilter {
  readonly organisationId: string;
  readonly connectionId?: string | undefined;
  readonly accountId?: string | undefined;
  /** The kind of the cause, or the id of one: of an event, a run or a person. */
  readonly cause?: string | undefined;
  readonly runId?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const cursors = new ListCursors('activity', z.int());

/** Newest first. */
export async function listActivity(db: Queryable, filter: ActivityFilter): Promise<ListPage<ActivityEntry>> {
  const before = cursors.decode(filter.cursor) ?? null;
  const rows = await db.query<ActivityEntry>(filter.cause === undefined ? ANY_CAUSE : BY_CAUSE, [
    filter.organisationId,
    filter.connectionId ?? null,
    filter.accountId ?? null,
    filter.cause ?? null,
    filter.runId ?? null,
    before,
    filter.limit + 1,
  ]);
  return toPage(rows, filter.limit, cursors, ({ seq }) => seq);
}

const COLUMNS = `
  SELECT j.id, j.seq, j.connection_id AS "connectionId", j.account_id AS "accountId", j.entra_object_id AS "entraObjectId",
         a.display_name AS "displayName", j.group_id AS "groupId", j.type, j.before, j.after,
         jsonb_build_object('kind', j.cause_kind, 'id', j.cause_id) AS cause, j.run_id AS "runId", j.noticed_at AS "noticedAt",
         j.read_at AS "readAt", j.published_at AS "publishedAt", j.applied_at AS "appliedAt"`;

/** The newest effects for which the condition holds, by one index each: `$7` rows at most. */
const newest = (condition: string): string => `
  SELECT j.* FROM people.journal j
   WHERE j.organisation_id = $1 AND ($2::uuid IS NULL OR j.connection_id = $2) AND ($3::uuid IS NULL OR j.account_id = $3)
     AND (${condition}) AND ($5::uuid IS NULL OR j.run_id = $5) AND ($6::bigint IS NULL OR j.seq < $6)
   ORDER BY j.seq DESC LIMIT $7`;

const listed = (effects: string): string => `
  ${COLUMNS} FROM (${effects}) j LEFT JOIN people.accounts a ON a.id = j.account_id ORDER BY j.seq DESC LIMIT $7`;

const ANY_CAUSE = listed(newest('$4::text IS NULL'));

// Each half has an index of its own; joined by OR they would have none.
const BY_CAUSE = listed(`(${newest('j.cause_kind = $4')}) UNION ALL (${newest('j.cause_id = $4 AND j.cause_kind <> $4')})`);
