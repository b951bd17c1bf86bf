import { z } from 'zod';
import { ListCursors, rollcallIdSchema } from '#contracts';
import type { Queryable } from '#database';
import type { HeldAction } from '../decisions/situation.js';
import { toPage, type ListPage } from './page.js';

/** `void`: it dissolved, because the directory took it back or nothing was left to hold. */
export const heldStates = ['open', 'released', 'rejected', 'void'] as const;
export type HeldState = (typeof heldStates)[number];

export interface HeldChangeView {
  readonly id: string;
  readonly connectionId: string;
  /** Null where the whole account is concerned. */
  readonly groupId: string | null;
  readonly entraObjectId: string;
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly action: HeldAction;
  readonly reason: { readonly code: string; readonly message: string };
  readonly heldAt: Date;
  readonly state: HeldState;
  /** When, by whom and with which note it ended; null while it is open. `by` is null where no person ended it. */
  readonly closed: { readonly at: Date; readonly by: string | null; readonly note: string | null } | null;
}

export interface HeldFilter {
  readonly organisationId: string;
  readonly connectionId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly accountId?: string | undefined;
  /** `closed`: all that are not open. What is open, when absent. */
  readonly state?: HeldState | 'closed' | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const place = z.tuple([z.iso.datetime(), rollcallIdSchema]);
const openCursors = new ListCursors('held changes', place);
const closedCursors = new ListCursors('closed held changes', place);

/** What waits for a release or a rejection, oldest first; of what does not wait any more, the newest first. */
export async function listHeldChanges(db: Queryable, filter: HeldFilter): Promise<ListPage<HeldChangeView>> {
  const { state = 'open' } = filter;
  const cursors = state === 'open' ? openCursors : closedCursors;
  const [afterAt, afterId] = cursors.decode(filter.cursor) ?? [null, null];
  const rows = await db.query<HeldRow>(state === 'open' ? LIST_OPEN : LIST_CLOSED, [
    filter.organisationId,
    filter.connectionId ?? null,
    filter.groupId ?? null,
    filter.accountId ?? null,
    afterAt,
    afterId,
    filter.limit + 1,
    ...(state === 'open' ? [] : [state === 'closed' ? null : state]),
  ]);
  const { items, nextCursor } = toPage(rows, filter.limit, cursors, ({ heldAt, closedAt, id }) => [
    (closedAt ?? heldAt).toISOString(),
    id,
  ]);
  return { items: items.map(toView), nextCursor };
}

type HeldRow = Omit<HeldChangeView, 'closed'> & {
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly note: string | null;
};

function toView({ closedAt, closedBy, note, ...held }: HeldRow): HeldChangeView {
  return { ...held, closed: closedAt === null ? null : { at: closedAt, by: closedBy, note } };
}

const COLUMNS = `
  SELECT h.id, h.connection_id AS "connectionId", h.group_id AS "groupId", h.entra_object_id AS "entraObjectId",
         h.account_id AS "accountId", a.display_name AS "displayName", h.action,
         jsonb_build_object('code', h.code, 'message', h.message) AS reason, h.held_at AS "heldAt", h.state,
         h.closed_at AS "closedAt", h.closed_by AS "closedBy", h.note
    FROM people.held_changes h LEFT JOIN people.accounts a ON a.id = h.account_id`;

const ASKED = `h.organisation_id = $1 AND ($2::uuid IS NULL OR h.connection_id = $2) AND ($3::uuid IS NULL OR h.group_id = $3)
     AND ($4::uuid IS NULL OR h.account_id = $4)`;

const LIST_OPEN = `${COLUMNS}
   WHERE ${ASKED} AND h.state = 'open' AND ($5::timestamptz IS NULL OR (h.held_at, h.id) > ($5, $6::uuid))
   ORDER BY h.held_at, h.id
   LIMIT $7`;

const LIST_CLOSED = `${COLUMNS}
   WHERE ${ASKED} AND h.state <> 'open' AND ($8::text IS NULL OR h.state = $8)
     AND ($5::timestamptz IS NULL OR (h.closed_at, h.id) < ($5, $6::uuid))
   ORDER BY h.closed_at DESC, h.id DESC
   LIMIT $7`;
