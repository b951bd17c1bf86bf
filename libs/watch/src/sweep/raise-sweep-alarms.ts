import { buildEvent, sweepOverdueV1, sweepReturnedV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';

/** A connection whose chains are to be swept. */
export interface SweptConnection {
  readonly connectionId: string;
  readonly organisationId: string;
}

/** After so many intervals without a sweep. */
const INTERVALS = 3;
/** With an interval of a few seconds a busy minute is no alarm. */
const SHORTEST_MS = 60_000;

/**
 * Tells of connections that should be live and whose chains nobody has swept for three intervals, once for each; and once that they
 * are swept again, or need not be any more. Call it from another process than the one that sweeps: whoever should have worked cannot
 * be trusted to say that it did not. Any number of replicas may. Answers how many alarms were raised.
 */
export async function raiseSweepAlarms(
  tx: Tx,
  connections: readonly SweptConnection[],
  intervalMs: number,
  now: Date,
): Promise<number> {
  const ids = connections.map(({ connectionId }) => connectionId);
  await tx.query(EXPECT, [ids, connections.map(({ organisationId }) => organisationId), now]);
  const ended = await tx.query<Alarm>(END, [ids, new Date(now.getTime() - limitMs(intervalMs))]);
  for (const alarm of ended) if (alarm.wasRaised) await publish(tx, sweepReturnedV1, alarm, {}, now);
  const raised = await tx.query<Alarm>(RAISE, [new Date(now.getTime() - limitMs(intervalMs)), now]);
  for (const alarm of raised) {
    const lastSweepAt = alarm.lastSweepAt?.toISOString() ?? null;
    await publish(tx, sweepOverdueV1, alarm, { lastSweepAt, intervalSeconds: intervalMs / 1_000 }, now);
  }
  return raised.length;
}

function limitMs(intervalMs: number): number {
  return Math.max(SHORTEST_MS, INTERVALS * intervalMs);
}

interface Alarm extends SweptConnection {
  readonly wasRaised: boolean;
  /** The oldest of the chains' last reads; null where a chain was never read. */
  readonly lastSweepAt: Date | null;
  /** Why it is not read, as far as known. */
  readonly code: string | null;
}

async function publish(
  tx: Tx,
  definition: typeof sweepOverdueV1 | typeof sweepReturnedV1,
  { connectionId, organisationId, code }: Alarm,
  object: Record<string, unknown>,
  time: Date,
): Promise<void> {
  const id = `${connectionId}:${definition.type}:${time.getTime()}`;
  const event = buildEvent(
    definition,
    { id, source: '/rollcall/admin-api', key: connectionId, time },
    { organisationId, connectionId, code, object },
  );
  await enqueue(tx, [{ topic: TOPICS.connections.name, key: connectionId, event }]);
}

const EXPECT = `
  INSERT INTO watch.sweep_alarms (connection_id, organisation_id, expected_since)
  SELECT connection_id, organisation_id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS c (connection_id, organisation_id) ORDER BY 1
  ON CONFLICT DO NOTHING`;

// A chain that was not read yet counts from its making, or from the last read of those that it replaced; a connection without a chain
// from when a sweep was expected first. Chains that are to replace others stand for nothing yet.
const SWEPT = `
  SELECT a.connection_id, COALESCE(GREATEST(min(COALESCE(c.read_at, GREATEST(c.created_at, o.read_at))), a.expected_since), a.expected_since) AS since,
         CASE WHEN bool_and(c.read_at IS NOT NULL) THEN min(c.read_at) END AS last_sweep, max(COALESCE(w.block_code, c.failure_code)) AS code
    FROM watch.sweep_alarms a
         LEFT JOIN watch.watched_connections w ON w.connection_id = a.connection_id
         LEFT JOIN watch.chains c ON c.connection_id = a.connection_id AND c.state = 'live'
         LEFT JOIN LATERAL (
           SELECT max(read_at) AS read_at FROM watch.chains WHERE connection_id = a.connection_id AND state = 'retired') o ON true
   GROUP BY a.connection_id, a.expected_since`;

const END = `
  WITH swept AS (${SWEPT}), over AS (
    SELECT a.connection_id, a.raised_at IS NOT NULL AS was_raised, a.connection_id = ANY ($1::uuid[]) AS is_expected
      FROM watch.sweep_alarms a JOIN swept s USING (connection_id)
     WHERE a.connection_id <> ALL ($1::uuid[]) OR (a.raised_at IS NOT NULL AND s.since > $2)
     ORDER BY 1 FOR UPDATE OF a),
  gone AS (
    DELETE FROM watch.sweep_alarms a USING over WHERE over.connection_id = a.connection_id
    RETURNING a.connection_id, a.organisation_id, over.was_raised)
  SELECT connection_id AS "connectionId", organisation_id AS "organisationId", was_raised AS "wasRaised", NULL AS "lastSweepAt",
         NULL AS code FROM gone ORDER BY 1`;

const RAISE = `
  WITH swept AS (${SWEPT})
  UPDATE watch.sweep_alarms a SET raised_at = $2 FROM swept s
   WHERE s.connection_id = a.connection_id AND a.raised_at IS NULL AND s.since <= $1
  RETURNING a.connection_id AS "connectionId", a.organisation_id AS "organisationId", true AS "wasRaised",
            s.last_sweep AS "lastSweepAt", s.code`;
