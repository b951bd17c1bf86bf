import { buildEvent, guardTrippedV1 } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import { messageOf } from '../held/save-held-changes.js';
import type { GuardTrip } from './judge-removals.js';

export interface TripTools {
  readonly now: Date;
  readonly newId: () => string;
}

/** One alert per scope: a scope whose last trip is still open raises no second one. */
export async function raiseTrips(
  tx: Tx,
  organisationId: string,
  connectionId: string,
  trips: readonly GuardTrip[],
  { now, newId }: TripTools,
): Promise<void> {
  if (trips.length === 0) return;
  const rows = trips.map((trip) => ({ ...trip, id: newId() }));
  const raised = await tx.query<{ id: string }>(INSERT_TRIPS, [JSON.stringify(rows), organisationId, connectionId, now]);
  const isRaised = new Set(raised.map(({ id }) => id));
  await enqueue(
    tx,
    rows
      .filter(({ id }) => isRaised.has(id))
      .map(({ id, ...trip }) => ({
        topic: guardTrippedV1.topic,
        key: connectionId,
        event: buildEvent(
          guardTrippedV1,
          { id, source: '/rollcall/provisioning', key: connectionId, time: now, subject: connectionId },
          { organisationId, connectionId, code: trip.code, message: messageOf(trip.code), object: { ...trip } },
        ),
      })),
  );
}

const INSERT_TRIPS = `
  INSERT INTO people.guard_trips (id, organisation_id, connection_id, group_id, code, lost, base, allowed, tripped_at)
  SELECT r."id", $2, $3, r."groupId", r."code", r."lost", r."base", r."allowed", $4
    FROM jsonb_to_recordset($1::jsonb) AS r ("id" uuid, "groupId" uuid, "code" text, "lost" integer, "base" integer, "allowed" integer)
  ON CONFLICT DO NOTHING
  RETURNING id`;
