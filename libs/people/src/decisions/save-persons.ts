import type { Tx } from '#database';
import type { PersonKey } from './situation.js';

export interface PersonState extends PersonKey {
  readonly skipCode: string | null;
  readonly waitingEmail: string | null;
  /** Whether account, grants, held changes or pins changed too. */
  readonly isRevised: boolean;
}

/** Stores what was decided about people; the revision rises where anything about them changed (invariant 6). */
export async function savePersons(tx: Tx, people: readonly PersonState[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await tx.query(SAVE, [JSON.stringify(people), now]);
}

/** Effects are not wanted now: the people are decided about when they are. */
export async function deferPersons(tx: Tx, people: readonly PersonKey[]): Promise<void> {
  if (people.length === 0) return;
  await tx.query(
    `UPDATE people.persons p SET deferred = true
       FROM unnest($1::uuid[], $2::uuid[]) AS r (connection_id, entra_object_id)
      WHERE p.connection_id = r.connection_id AND p.entra_object_id = r.entra_object_id AND NOT p.deferred`,
    [people.map(({ connectionId }) => connectionId), people.map(({ entraObjectId }) => entraObjectId)],
  );
}

const SAVE = `
  UPDATE people.persons p
     SET skip_code = r."skipCode", waiting_email = r."waitingEmail", deferred = false, updated_at = $2,
         revision = p.revision + CASE WHEN r."isRevised" THEN 1 ELSE 0 END
    FROM jsonb_to_recordset($1::jsonb) AS r ("connectionId" uuid, "entraObjectId" uuid, "skipCode" text, "waitingEmail" text, "isRevised" boolean)
   WHERE p.connection_id = r."connectionId" AND p.entra_object_id = r."entraObjectId"
     AND (r."isRevised" OR p.deferred OR p.skip_code IS DISTINCT FROM r."skipCode" OR p.waiting_email IS DISTINCT FROM r."waitingEmail")`;
