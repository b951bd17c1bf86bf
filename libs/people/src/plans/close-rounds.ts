import { lockOrganisation, type Tx } from '#database';
import { isAboutPeople, type RoundEvent } from '../facts/stage-round.js';
import { recordRefusedPage } from './record-refused-page.js';

/** Why the rest of a round is not applied any more. */
export interface RoundClosing {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly runId: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Ends the rounds of removals of a run that will not publish their rest: what was staged of them is dropped and answered, and pages
 * that are still on their way are answered without being applied. A round that was complete before was applied and stays so.
 */
export async function closeRunRounds(tx: Tx, closing: RoundClosing, roundIds: readonly string[], now: Date): Promise<void> {
  if (roundIds.length === 0) return;
  const { organisationId, connectionId, runId, code, message } = closing;
  await lockOrganisation(tx, organisationId);
  await tx.query(
    `INSERT INTO people.closed_rounds (organisation_id, connection_id, run_id, round_id, code, message, closed_at)
     SELECT $1, $2, $3, round_id, $5, $6, $7 FROM unnest($4::text[]) AS round_id ON CONFLICT (run_id, round_id) DO NOTHING`,
    [organisationId, connectionId, runId, roundIds, code, message, now],
  );
  const staged = await tx.query<{ event: RoundEvent }>(
    'DELETE FROM people.round_pages WHERE connection_id = $1 AND round_id = ANY ($2::text[]) RETURNING event',
    [connectionId, roundIds],
  );
  for (const { event } of staged) await recordRefusedPage(tx, { ...closing, ...refusedItems(event) }, now);
}

/** Why the round of this page is closed; null where it is open, or the page is no part of a run's round. */
export async function findRoundClosing(tx: Tx, { data }: RoundEvent): Promise<RoundClosing | null> {
  if (data.runId === undefined || data.round === undefined) return null;
  const [closing] = await tx.query<RoundClosing>(
    `SELECT organisation_id AS "organisationId", connection_id AS "connectionId", run_id AS "runId", code, message
       FROM people.closed_rounds WHERE run_id = $1 AND round_id = $2 AND connection_id = $3`,
    [data.runId, data.round.id, data.connectionId],
  );
  return closing ?? null;
}

export function refusedItems(event: RoundEvent): {
  eventId: string;
  changes: { changeId: string; entraObjectId: string }[];
} {
  const items = isAboutPeople(event) ? event.data.users : event.data.items.map((item) => ({ ...item, id: item.memberId }));
  const changes = items.flatMap(({ id, plan }) => (plan === undefined ? [] : [{ changeId: plan.changeId, entraObjectId: id }]));
  return { eventId: event.id, changes };
}
