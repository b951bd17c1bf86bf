import { EVERYBODY, usersChangedV1, type CloudEvent, type membershipsChangedV1 } from '#contracts';
import type { Tx } from '#database';

export type MembershipsEvent = CloudEvent<typeof membershipsChangedV1>;
export type UsersEvent = CloudEvent<typeof usersChangedV1>;
/** A page that may be part of a round. */
export type RoundEvent = MembershipsEvent | UsersEvent;

export interface StagedPage<Event extends RoundEvent> {
  readonly event: Event;
  readonly publishedAt: Date | null;
}

/**
 * Keeps one page of a round of removals until the last has come, whatever their order; then answers all of them, and forgets them.
 * A page that comes again, also after the round was complete, is staged again and does no harm: its versions are repeats.
 */
export async function stageRoundPage<Event extends RoundEvent>(
  tx: Tx,
  event: Event,
  publishedAt: Date | null,
  now: Date,
): Promise<readonly StagedPage<Event>[] | null> {
  const { organisationId, connectionId, round } = event.data;
  if (round === undefined || round.pages === 1) return [{ event, publishedAt }];
  const groupId = placeOf(event);
  await tx.query(STAGE, [
    organisationId,
    connectionId,
    groupId,
    round.id,
    round.index,
    round.pages,
    JSON.stringify(event),
    publishedAt,
    now,
  ]);
  const [{ staged } = { staged: 0 }] = await tx.query<{ staged: number }>(COUNT, [connectionId, groupId, round.id]);
  if (staged < round.pages) return null;
  const rows = await tx.query<{ event: Event; published_at: Date | null; page_index: number }>(TAKE, [
    connectionId,
    groupId,
    round.id,
  ]);
  return rows
    .sort((left, right) => left.page_index - right.page_index)
    .map((row) => ({ event: row.event, publishedAt: row.published_at }));
}

/** Where the pages of a round meet: at their group, or where they have none or several, at a place that is no group's. */
const placeOf = (event: RoundEvent): string =>
  isAboutPeople(event) || event.data.round?.spansGroups === true ? EVERYBODY : event.data.groupId;

export function isAboutPeople(event: RoundEvent): event is UsersEvent {
  return event.type === usersChangedV1.type;
}

const STAGE = `
  INSERT INTO people.round_pages (organisation_id, connection_id, group_id, round_id, page_index, pages, event, published_at, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (connection_id, group_id, round_id, page_index) DO NOTHING`;

const COUNT = `SELECT count(*) AS staged FROM people.round_pages WHERE connection_id = $1 AND group_id = $2 AND round_id = $3`;

const TAKE = `DELETE FROM people.round_pages WHERE connection_id = $1 AND group_id = $2 AND round_id = $3 RETURNING event, published_at, page_index`;
