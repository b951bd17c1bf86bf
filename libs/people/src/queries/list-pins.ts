import { z } from 'zod';
import { ListCursors, rollcallIdSchema, type OwnedField } from '#contracts';
import type { Queryable } from '#database';
import { toPage, type ListPage } from './page.js';

/** What stays against the directory until the tenant changes the fact or somebody lifts the pin. */
export interface PinView {
  readonly id: string;
  readonly connectionId: string;
  readonly entraObjectId: string;
  readonly accountId: string | null;
  readonly displayName: string | null;
  /** Null: the account as a whole. */
  readonly groupId: string | null;
  readonly keep: 'in' | 'out';
  /** A single field, and the directory's value that it keeps out; null: the account or the grant. */
  readonly field: OwnedField | null;
  readonly refused: string | null;
  readonly reason: string;
  readonly pinnedBy: string;
  readonly pinnedAt: Date;
}

export interface PinFilter {
  readonly organisationId: string;
  readonly connectionId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const cursors = new ListCursors('pins', z.tuple([z.iso.datetime(), rollcallIdSchema]));

/** The open ones, oldest first. */
export async function listPins(db: Queryable, filter: PinFilter): Promise<ListPage<PinView>> {
  const [afterAt, afterId] = cursors.decode(filter.cursor) ?? [null, null];
  const rows = await db.query<PinView>(LIST, [
    filter.organisationId,
    filter.connectionId ?? null,
    filter.groupId ?? null,
    afterAt,
    afterId,
    filter.limit + 1,
  ]);
  return toPage(rows, filter.limit, cursors, ({ pinnedAt, id }) => [pinnedAt.toISOString(), id]);
}

// A cursor knows milliseconds, Postgres microseconds: compared as they are shown, no row is passed over.
const LIST = `
  SELECT n.id, n.connection_id AS "connectionId", n.entra_object_id AS "entraObjectId", a.id AS "accountId", a.display_name AS "displayName",
         n.group_id AS "groupId", n.keep, n.field, n.refused, n.reason, n.pinned_by AS "pinnedBy", n.pinned_at AS "pinnedAt"
    FROM people.pins n
         LEFT JOIN people.accounts a ON a.connection_id = n.connection_id AND a.entra_object_id = n.entra_object_id
   WHERE n.organisation_id = $1 AND n.state = 'open' AND ($2::uuid IS NULL OR n.connection_id = $2)
     AND ($3::uuid IS NULL OR n.group_id = $3)
     AND ($4::timestamptz IS NULL OR (date_trunc('milliseconds', n.pinned_at), n.id) > ($4, $5::uuid))
   ORDER BY date_trunc('milliseconds', n.pinned_at), n.id
   LIMIT $6`;
