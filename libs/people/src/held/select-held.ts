import type { Tx } from '#database';
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

/** Closes the open ones among them; nothing that arrived after `asOf` (now, when absent) is closed unseen. */
export async function closeHeld(
  tx: Tx,
  organisationId: string,
  selection: HeldSelection,
  closing: { readonly state: 'released' | 'rejected'; readonly by: string; readonly now: Date },
): Promise<SelectedHold[]> {
  const ids = 'ids' in selection ? selection.ids : null;
  const scope = 'ids' in selection ? { connectionId: null, groupId: null, asOf: closing.now } : selection;
  return tx.query<SelectedHold>(CLOSE, [
    organisationId,
    ids,
    scope.connectionId,
    scope.groupId ?? null,
    scope.asOf ?? closing.now,
    closing.state,
    closing.by,
    closing.now,
  ]);
}

const CLOSE = `
  UPDATE people.held_changes SET state = $6, closed_by = $7, closed_at = $8
   WHERE organisation_id = $1 AND state = 'open'
     AND CASE WHEN $2::uuid[] IS NOT NULL THEN id = ANY ($2::uuid[])
              ELSE connection_id = $3::uuid AND ($4::uuid IS NULL OR group_id = $4) AND held_at <= $5 END
  RETURNING id, connection_id AS "connectionId", entra_object_id AS "entraObjectId", group_id AS "groupId", action`;
