import { EVERYBODY } from '#contracts';
import type { Tx } from '#database';
import type { UsersEvent } from './stage-round.js';

/** Whose reports wait on pages of a round that does not become whole. */
export interface StuckPerson {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly entraObjectId: string;
}

/** Pages taken by one call: each holds at most 500 people. */
const PAGES = 10;

/**
 * Gives up live rounds of people that have waited since before `before` for a page that was buried: the reports are forgotten, and
 * whoever calls reads these people directly instead. A run closes its own rounds; a group is read as a whole by its repair.
 */
export async function takeStuckPeople(tx: Tx, before: Date): Promise<StuckPerson[]> {
  const rows = await tx.query<{ event: UsersEvent }>(TAKE, [EVERYBODY, before, PAGES]);
  return rows.flatMap(({ event: { data } }) =>
    data.users.map(({ id }) => ({
      organisationId: data.organisationId,
      connectionId: data.connectionId,
      entraObjectId: id,
    })),
  );
}

const TAKE = `
  DELETE FROM people.round_pages p USING (
    SELECT connection_id, group_id, round_id, page_index FROM people.round_pages
     WHERE group_id = $1 AND received_at < $2 AND event->'data'->>'runId' IS NULL
     ORDER BY received_at LIMIT $3 FOR UPDATE SKIP LOCKED) AS stuck
   WHERE p.connection_id = stuck.connection_id AND p.group_id = stuck.group_id AND p.round_id = stuck.round_id
     AND p.page_index = stuck.page_index
  RETURNING p.event`;
