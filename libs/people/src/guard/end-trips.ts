import { buildEvent, guardReleasedV1 } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { TripTools } from './raise-trips.js';

interface EndedTrip {
  readonly id: string;
  readonly connection_id: string;
  readonly group_id: string | null;
}

/** Ends the trips of these connections of which the guard holds nothing any more, so that the next trip raises its alert again. */
export async function endTrips(
  tx: Tx,
  tools: { readonly clock: () => Date; readonly newId: TripTools['newId'] },
  organisationId: string,
  concerned: readonly { readonly connectionId: string }[],
): Promise<void> {
  const now = tools.clock();
  const connections = [...new Set(concerned.map(({ connectionId }) => connectionId))];
  const ended = await tx.query<EndedTrip>(END, [connections, now]);
  await enqueue(
    tx,
    ended.map((trip) => ({
      topic: guardReleasedV1.topic,
      key: trip.connection_id,
      event: buildEvent(
        guardReleasedV1,
        { id: tools.newId(), source: '/rollcall/provisioning', key: trip.connection_id, time: now, subject: trip.connection_id },
        { organisationId, connectionId: trip.connection_id, code: null, object: { tripId: trip.id, groupId: trip.group_id } },
      ),
    })),
  );
}

const END = `
  UPDATE people.guard_trips t SET ended_at = $2
   WHERE t.connection_id = ANY ($1::uuid[]) AND t.ended_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM people.held_changes h
                      WHERE h.connection_id = t.connection_id AND h.state = 'open' AND h.code IN ('GUARD_TRIPPED', 'GUARD_WOULD_EMPTY')
                        AND (t.group_id IS NULL OR h.group_id IS NULL OR h.group_id = t.group_id))
  RETURNING t.id, t.connection_id, t.group_id`;
