import type { Queryable, Tx } from '#database';
import type { HeldAction, PersonKey } from '../decisions/situation.js';

/** Which held changes a person means: named ones, or all of a connection or group that were there at `asOf`. */
export type HeldSelection =
  | { readonly ids: readonly string[] }
  | { readonly connectionId: string; readonly groupId?: string | undefined; readonly asOf?: Date | undefined };

export interface SelectedHold extends PersonKey {
  readonly id: string;
  readonly groupId: string | null;
  readonly action: HeldAction;
}

/** The open ones among them, as they are now, without a lock. */
export async function findHeld(
  db: Queryable,
  organisationId: string,
  selection: HeldSelection,
  now: Date,
): Promise<SelectedHold[]> {
  return db.query<SelectedHold>(
    `SELECT ${SELECTED} FROM people.held_changes WHERE ${MEANT} ORDER BY held_at, id`,
    parametersOf(organisationId, selection, now),
  );
}

/** Closes the open ones among them; nothing that arrived after `asOf` (now, when absent) is closed unseen. */
export async function closeHeld(
  tx: Tx,
  organisationId: string,
  selection: HeldSelection,
  closing: { readonly state: 'released' | 'rejected'; readonly by: string; readonly now: Date },
): Promise<SelectedHold[]> {
  const { state, by, now } = closing;
  return tx.query<SelectedHold>(CLOSE, [...parametersOf(organisationId, selection, now), state, by, now]);
}

function parametersOf(organisationId: string, selection: HeldSelection, now: Date): unknown[] {
  if ('ids' in selection) return [organisationId, selection.ids, null, null, now];
  const { connectionId, groupId, asOf } = selection;
  return [organisationId, null, connectionId, groupId ?? null, asOf ?? now];
}

const SELECTED = 'id, connection_id AS "connectionId", entra_object_id AS "entraObjectId", group_id AS "groupId", action';

/** $1 organisation, $2 ids, else $3 connection, $4 group, $5 as of. */
const MEANT = `organisation_id = $1 AND state = 'open'
     AND CASE WHEN $2::uuid[] IS NOT NULL THEN id = ANY ($2::uuid[])
              ELSE connection_id = $3::uuid AND ($4::uuid IS NULL OR group_id = $4) AND held_at <= $5 END`;

const CLOSE = `UPDATE people.held_changes SET state = $6, closed_by = $7, closed_at = $8 WHERE ${MEANT} RETURNING ${SELECTED}`;
