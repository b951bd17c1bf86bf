import type { Tx } from '#database';
import { isAboutPeople, type RoundEvent } from './stage-round.js';

/** Somebody of whom a report waits on a page of a round that does not become whole; about the person where `groupId` is null. */
export interface StuckReport {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly groupId: string | null;
  readonly entraObjectId: string;
}

/** Pages taken by one call: each holds at most 500 people. */
const PAGES = 10;

/**
 * Gives up live rounds that have waited since before `before` for a page that was buried: the reports are forgotten, and whoever calls
 * reads these people and memberships directly instead. The repair of the buried page reads its own group only, and a round may be
 * about others too. A run closes its own rounds.
 */
export async function takeStuckReports(tx: Tx, before: Date): Promise<StuckReport[]> {
  const rows = await tx.query<{ event: RoundEvent }>(TAKE, [before, PAGES]);
  return rows.flatMap(({ event }) => {
    const { organisationId, connectionId } = event.data;
    const groupId = isAboutPeople(event) ? null : event.data.groupId;
    const ids = isAboutPeople(event) ? event.data.users.map(({ id }) => id) : event.data.items.map(({ memberId }) => memberId);
    return ids.map((entraObjectId) => ({ organisationId, connectionId, groupId, entraObjectId }));
  });
}

const TAKE = `
  DELETE FROM people.round_pages p USING (
    SELECT connection_id, group_id, round_id, page_index FROM people.round_pages
     WHERE received_at < $1 AND event->'data'->>'runId' IS NULL
     ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS stuck
   WHERE p.connection_id = stuck.connection_id AND p.group_id = stuck.group_id AND p.round_id = stuck.round_id
     AND p.page_index = stuck.page_index
  RETURNING p.event`;
