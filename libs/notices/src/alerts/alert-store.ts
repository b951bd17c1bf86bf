import { onlyRow, type Tx } from '#database';
import type { NoticeContent } from '../content.js';
import type { NoticeKind } from '../kinds.js';
import { ALERT_COLUMNS, type StoredAlert } from '../queries/list-alerts.js';
import type { MemberWord } from './decide-alert.js';
import type { Raise, SettleAll, Tell } from './occurrence.js';

/** False where the event was heard before: its effects are there. */
export async function markHeard(tx: Tx, eventId: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'INSERT INTO notices.heard_events (event_id, heard_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [eventId, now],
  );
  return rows.length > 0;
}

export async function findOpenAlert(tx: Tx, organisationId: string, cause: string): Promise<StoredAlert | null> {
  const [row] = await tx.query<StoredAlert>(
    `SELECT ${ALERT_COLUMNS} FROM notices.alerts WHERE organisation_id = $1 AND cause = $2 AND state = 'open'`,
    [organisationId, cause],
  );
  return row ?? null;
}

export async function findOpenCauses(tx: Tx, { organisationId, connectionId }: SettleAll): Promise<string[]> {
  const rows = await tx.query<{ cause: string }>(
    `SELECT cause FROM notices.alerts WHERE organisation_id = $1 AND connection_id = $2 AND state = 'open' ORDER BY cause`,
    [organisationId, connectionId],
  );
  return rows.map(({ cause }) => cause);
}

export async function wasEverTold(tx: Tx, organisationId: string, cause: string): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM notices.alerts WHERE organisation_id = $1 AND cause = $2 AND kind = 'runFinished'`, [
    organisationId,
    cause,
  ]);
  return rows.length > 0;
}

export async function readMembers(tx: Tx, organisationId: string, cause: string): Promise<Map<string, MemberWord>> {
  const rows = await tx.query<MemberWord & { member: string }>(
    `SELECT member, is_raised AS "isRaised", changed_at AS "changedAt",
       CASE WHEN log IS NOT NULL THEN jsonb_build_object('log', log, 'offset', log_offset) END AS place
     FROM notices.causes WHERE organisation_id = $1 AND cause = $2`,
    [organisationId, cause],
  );
  return new Map(rows.map(({ member, ...word }) => [member, word]));
}

/** Keeps the newest word on each of these members; facts of an organisation are heard one after the other. */
export async function saveMembers(
  tx: Tx,
  organisationId: string,
  cause: string,
  newest: ReadonlyMap<string, MemberWord>,
): Promise<void> {
  const words = [...newest.values()];
  await tx.query(
    `INSERT INTO notices.causes (organisation_id, cause, member, is_raised, changed_at, log, log_offset)
     SELECT $1, $2, * FROM unnest($3::text[], $4::boolean[], $5::timestamptz[], $6::text[], $7::bigint[])
     ON CONFLICT (organisation_id, cause, member) DO UPDATE SET
       is_raised = excluded.is_raised, changed_at = excluded.changed_at, log = excluded.log, log_offset = excluded.log_offset`,
    [
      organisationId,
      cause,
      [...newest.keys()],
      words.map(({ isRaised }) => isRaised),
      words.map(({ changedAt }) => changedAt),
      words.map(({ place }) => place?.log ?? null),
      words.map(({ place }) => place?.offset ?? null),
    ],
  );
}

export async function openAlert(tx: Tx, { stage, ...raise }: Raise): Promise<string> {
  return insertAlert(tx, { ...raise, stage, state: 'open' });
}

export async function recordTold(tx: Tx, tell: Tell): Promise<string> {
  return insertAlert(tx, { ...tell, stage: 'finished', isUrgent: false, state: 'resolved' });
}

interface NewAlert {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly kind: NoticeKind;
  readonly cause: string;
  readonly stage: string;
  readonly isUrgent: boolean;
  readonly state: 'open' | 'resolved';
  readonly content: NoticeContent;
  readonly at: Date;
}

async function insertAlert(tx: Tx, alert: NewAlert): Promise<string> {
  const { organisationId, connectionId, kind, cause, stage, isUrgent, state, content, at } = alert;
  const { id } = onlyRow(
    await tx.query<{ id: string }>(
      `INSERT INTO notices.alerts
         (organisation_id, connection_id, kind, cause, stage, is_urgent, state, content, opened_at, updated_at, resolved_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, CASE WHEN $7 = 'resolved' THEN $9::timestamptz END) RETURNING id`,
      [organisationId, connectionId, kind, cause, stage, isUrgent, state, content, at],
    ),
  );
  return id;
}

/** Counts the occurrence inside; a newer one also brings its stage and content. */
export async function updateAlert(
  tx: Tx,
  alertId: string,
  raise: Raise,
  how: { isCounted: boolean; isNewer: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE notices.alerts SET count = count + CASE WHEN $2 THEN 1 ELSE 0 END,
       kind = CASE WHEN $3 THEN $4 ELSE kind END, stage = CASE WHEN $3 THEN $5 ELSE stage END,
       is_urgent = CASE WHEN $3 THEN $6 ELSE is_urgent END, content = CASE WHEN $3 THEN $7::jsonb ELSE content END,
       updated_at = GREATEST(updated_at, $8)
     WHERE id = $1`,
    [alertId, how.isCounted, how.isNewer, raise.kind, raise.stage, raise.isUrgent, raise.content, raise.at],
  );
}

export async function resolveAlert(tx: Tx, alertId: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE notices.alerts SET state = 'resolved', resolved_at = $2, updated_at = GREATEST(updated_at, $2) WHERE id = $1`,
    [alertId, at],
  );
}
