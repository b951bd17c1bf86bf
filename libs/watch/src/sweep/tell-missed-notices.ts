import { buildEvent, noticesMissedV1, noticesReturnedV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { WatchContext } from '../watch-context.js';
import { isAboveUsual } from './is-above-usual.js';

/** Changes of a connection that were just judged to have come without their notice. */
export interface MissedNotices {
  readonly connectionId: string;
  readonly changes: number;
}

/** Notifications have returned when one came, and nothing was missed for so long. */
const QUIET_FOR = '1 hour';

/** Notes by the hour what was missed, and tells once where it is more than the usual of the week before. */
export async function tellMissed(
  tx: Tx,
  { clock }: Pick<WatchContext, 'clock'>,
  missed: readonly MissedNotices[],
): Promise<void> {
  const ids = missed.map(({ connectionId }) => connectionId);
  await tx.query(NOTE, [ids, missed.map(({ changes }) => changes)]);
  const counted = await tx.query<Counted>(COUNT, [ids]);
  for (const { connectionId, organisationId, missed: lately, usual } of counted) {
    if (!isAboveUsual(lately, usual)) continue;
    const told = await tx.query(
      `UPDATE watch.watched_connections SET missed_told_at = now() WHERE connection_id = $1 AND missed_told_at IS NULL RETURNING 1`,
      [connectionId],
    );
    if (told.length > 0) await publish(tx, noticesMissedV1, { connectionId, organisationId }, { missed: lately, usual }, clock());
  }
}

/** Tells once that notifications arrive again; what was missed before counts no more. */
export async function tellReturned(tx: Tx, { clock }: Pick<WatchContext, 'clock'>): Promise<void> {
  const returned = await tx.query<Told>(
    `UPDATE watch.watched_connections w SET missed_told_at = NULL, missed_ended_at = now()
      WHERE missed_told_at IS NOT NULL AND missed_at < now() - interval '${QUIET_FOR}' AND EXISTS (
        SELECT 1 FROM watch.chains c JOIN watch.due_marks m ON m.chain_id = c.id
         WHERE c.connection_id = w.connection_id AND m.last_notice_at > w.missed_at)
      RETURNING connection_id AS "connectionId", organisation_id AS "organisationId"`,
  );
  for (const connection of returned) await publish(tx, noticesReturnedV1, connection, {}, clock());
  await tx.query(`DELETE FROM watch.missed_notices WHERE hour < now() - interval '9 days'`);
}

interface Told {
  readonly connectionId: string;
  readonly organisationId: string;
}

interface Counted extends Told {
  /** In the last 24 hours. */
  readonly missed: number;
  /** A day, over the seven days before those. */
  readonly usual: number;
}

async function publish(
  tx: Tx,
  definition: typeof noticesMissedV1 | typeof noticesReturnedV1,
  { connectionId, organisationId }: Told,
  object: Record<string, unknown>,
  time: Date,
): Promise<void> {
  const id = `${connectionId}:${definition.type}:${time.getTime()}`;
  const event = buildEvent(
    definition,
    { id, source: '/rollcall/subscription', key: connectionId, time },
    { organisationId, connectionId, code: null, object },
  );
  await enqueue(tx, [{ topic: TOPICS.connections.name, key: connectionId, event }]);
}

const NOTE = `
  WITH missed AS (SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS m (connection_id, changes)),
  noted AS (
    INSERT INTO watch.missed_notices AS n (connection_id, hour, changes)
    SELECT connection_id, date_trunc('hour', now()), changes FROM missed ORDER BY 1
    ON CONFLICT (connection_id, hour) DO UPDATE SET changes = n.changes + EXCLUDED.changes)
  UPDATE watch.watched_connections w SET missed_notices = missed_notices + missed.changes, missed_at = now()
    FROM missed WHERE w.connection_id = missed.connection_id`;

const COUNT = `
  SELECT w.connection_id AS "connectionId", w.organisation_id AS "organisationId",
         COALESCE(sum(n.changes) FILTER (WHERE n.hour > now() - interval '1 day'
           AND n.hour >= date_trunc('hour', COALESCE(w.missed_ended_at, '-infinity'))), 0)::float8 AS missed,
         (COALESCE(sum(n.changes) FILTER (WHERE n.hour <= now() - interval '1 day'), 0) / 7.0)::float8 AS usual
    FROM watch.watched_connections w LEFT JOIN watch.missed_notices n
         ON n.connection_id = w.connection_id AND n.hour > now() - interval '8 days'
   WHERE w.connection_id = ANY ($1::uuid[]) GROUP BY w.connection_id ORDER BY w.connection_id`;
