import { listMembers } from '#connections';
import type { Database, Tx } from '#database';
import type { NewDelivery } from '../deliveries/new-delivery.js';
import { MAX_ATTEMPTS } from '../deliveries/next-attempt.js';
import { saveDeliveries } from '../deliveries/save-deliveries.js';
import { ALERT_COLUMNS, type StoredAlert } from '../queries/list-alerts.js';
import { readPreferences } from '../quiet-hours/preferences.js';
import { composeDigest, type DigestDay } from './compose-digest.js';
import { dueDigestDay } from './digest-day.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface DigestOrganisation {
  readonly id: string;
  readonly timeZone: string;
}

/**
 * Writes the digests of an organisation's super admins that are due and not written yet. Any number of processes may call it: a day
 * of a member is taken once, with its deliveries, in one transaction. Whoever has no mail address gets none by mail. Answers how many.
 */
export async function sendDigests(db: Database, { id, timeZone }: DigestOrganisation, now: Date): Promise<number> {
  const superAdmins = (await listMembers(db, id)).filter(({ role }) => role === 'superAdmin');
  const preferences = await readPreferences(
    db,
    id,
    superAdmins.map((member) => member.id),
  );
  let written = 0;
  for (const { id: memberId, displayName, email } of superAdmins) {
    const chosen = preferences.get(memberId);
    const channels = (chosen?.digest?.channels ?? []).filter((channel) => channel !== 'mail' || email !== null);
    const zone = chosen?.zone ?? timeZone;
    const day = chosen?.digest == null ? null : dueDigestDay(now, chosen.digest.at, zone);
    if (day === null || channels.length === 0) continue;
    written += await db.transaction(async (tx) => {
      if (!(await takeDay(tx, memberId, day, now))) return 0;
      const content = composeDigest(await readDay(tx, id, now), zone);
      if (content === null) return 0;
      const deliveries = channels.map((channel): NewDelivery => ({
        organisationId: id,
        connectionId: null,
        alertId: null,
        eventId: `digest:${memberId}:${day}`,
        told: 'digest',
        kind: 'digest',
        channel,
        recipient: { memberId, displayName, email },
        isUrgent: false,
        severity: 'info',
        content,
        note: null,
        at: now,
        dueAt: now,
        isHeldForQuiet: false,
        maxAttempts: MAX_ATTEMPTS,
      }));
      await saveDeliveries(tx, deliveries, now);
      return 1;
    });
  }
  return written;
}

async function takeDay(tx: Tx, memberId: string, day: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'INSERT INTO notices.digests (member_id, day, composed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [memberId, day, now],
  );
  return rows.length > 0;
}

async function readDay(tx: Tx, organisationId: string, now: Date): Promise<DigestDay> {
  const since = new Date(now.getTime() - DAY_MS);
  const open = await tx.query<StoredAlert>(
    `SELECT ${ALERT_COLUMNS} FROM notices.alerts WHERE organisation_id = $1 AND state = 'open' ORDER BY opened_at, id LIMIT 1000`,
    [organisationId],
  );
  const resolved = await tx.query<StoredAlert>(
    `SELECT ${ALERT_COLUMNS} FROM notices.alerts
     WHERE organisation_id = $1 AND state = 'resolved' AND resolved_at >= $2 ORDER BY resolved_at, id LIMIT 1000`,
    [organisationId, since],
  );
  const [failed] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM notices.deliveries WHERE organisation_id = $1 AND state = 'failed' AND settled_at >= $2`,
    [organisationId, since],
  );
  return { open, resolved, failedDeliveries: failed?.count ?? 0 };
}
