import { z } from 'zod';
import { ListCursors, rollcallIdSchema } from '#contracts';
import type { Queryable } from '#database';
import type { HeldAction } from '../decisions/situation.js';
import { toPage, type ListPage } from './page.js';

export interface HeldChangeView {
  readonly id: string;
  readonly connectionId: string;
  /** Null where the whole account is concerned. */
  readonly groupId: string | null;
  readonly entraObjectId: string;
  readonly accountId: string | null;
  readonly action: HeldAction;
  readonly reason: { readonly code: string; readonly message: string };
  readonly heldAt: Date;
}

export interface HeldFilter {
  readonly organisationId: string;
  readonly connectionId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const cursors = new ListCursors('held changes', z.tuple([z.iso.datetime(), rollcallIdSchema]));

/** What waits for a release or a rejection, oldest first. */
export async function listHeldChanges(db: Queryable, filter: HeldFilter): Promise<ListPage<HeldChangeView>> {
  const [afterAt, afterId] = cursors.decode(filter.cursor) ?? [null, null];
  const rows = await db.query<HeldChangeView>(LIST, [
    filter.organisationId,
    filter.connectionId ?? null,
    filter.groupId ?? null,
    afterAt,
    afterId,
    filter.limit + 1,
  ]);
  return toPage(rows, filter.limit, cursors, ({ heldAt, id }) => [heldAt.toISOString(), id]);
}

const LIST = `
  SELECT id, connection_id AS "connectionId", group_id AS "groupId", entra_object_id AS "entraObjectId", account_id AS "accountId", action,
         jsonb_build_object('code', code, 'message', message) AS reason, held_at AS "heldAt"
    FROM people.held_changes
   WHERE organisation_id = $1 AND state = 'open' AND ($2::uuid IS NULL OR connection_id = $2) AND ($3::uuid IS NULL OR group_id = $3)
     AND ($4::timestamptz IS NULL OR (held_at, id) > ($4, $5::uuid))
   ORDER BY held_at, id
   LIMIT $6`;
