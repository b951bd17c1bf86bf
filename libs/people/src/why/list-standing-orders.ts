import type { OwnedField } from '#contracts';
import type { Queryable } from '#database';
import type { HeldAction } from '../decisions/situation.js';

export interface OpenPin {
  readonly id: string;
  readonly groupId: string | null;
  readonly keep: 'in' | 'out';
  /** A single field, and the directory's value that it keeps out; null: the account or the grant. */
  readonly field: OwnedField | null;
  readonly refused: string | null;
  readonly reason: string;
  readonly pinnedBy: string;
  readonly pinnedAt: Date;
}

export interface OpenHold {
  readonly id: string;
  readonly groupId: string | null;
  readonly action: HeldAction;
  readonly reason: { readonly code: string; readonly message: string };
  readonly heldAt: Date;
}

/** What stands between the directory and a person's account. */
export async function listStandingOrders(
  db: Queryable,
  connectionId: string,
  entraObjectId: string,
): Promise<{ pins: OpenPin[]; holds: OpenHold[] }> {
  const pins = await db.query<OpenPin>(
    `SELECT id, group_id AS "groupId", keep, field, refused, reason, pinned_by AS "pinnedBy", pinned_at AS "pinnedAt" FROM people.pins
      WHERE connection_id = $1 AND entra_object_id = $2 AND state = 'open' ORDER BY pinned_at, id`,
    [connectionId, entraObjectId],
  );
  const holds = await db.query<OpenHold>(
    `SELECT id, group_id AS "groupId", action, jsonb_build_object('code', code, 'message', message) AS reason, held_at AS "heldAt"
       FROM people.held_changes WHERE connection_id = $1 AND entra_object_id = $2 AND state = 'open' ORDER BY held_at, id`,
    [connectionId, entraObjectId],
  );
  return { pins, holds };
}
