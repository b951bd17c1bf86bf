import type { SuperAdmin } from '#connections';
import type { Database, Tx } from '#database';
import type { NewDelivery } from '../deliveries/new-delivery.js';
import { MAX_ATTEMPTS } from '../deliveries/next-attempt.js';
import { saveDeliveries } from '../deliveries/save-deliveries.js';
import { ALERT_COLUMNS, type StoredAlert } from '../queries/list-alerts.js';
import { defaultPreferences, readAllPreferences, type Preferences } from '../quiet-hours/preferences.js';
import { composeDigest, type DigestDay } from './compose-digest.js';
import { dueDigestDay } from './digest-day.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Writes the digests of these super admins that are due and not written yet. Any number of processes may call it: a day of a member is
 * taken once, with its deliveries, in one transaction. Whoever has no mail address gets none by mail. Answers how many.
 */
export async function sendDigests(db: Database, superAdmins: readonly SuperAdmin[], now: Date): Promise<number> {
  const preferences = await readAllPreferences(db);
  const taken = await takenDays(db, now);
  let written = 0;
  for (const superAdmin of superAdmins) {
    const due = dueDigest(superAdmin, preferences.get(superAdmin.id) ?? defaultPreferences, now);
    if (due !== null && !taken.has(keyOf(superAdmin.id, due.day)))
      written += await db.transaction((tx) => writeDigest(tx, superAdmin, due, now));
  }
  return written;
}

interface DueDigest {
  readonly day: string;
  readonly zone: string;
  readonly channels: readonly ('inProduct' | 'mail')[];
}

function dueDigest({ email, timeZone }: SuperAdmin, { digest, zone }: Preferences, now: Date): DueDigest | null {
  const channels = (digest?.channels ?? []).filter((channel) => channel !== 'mail' || email !== null);
  if (digest === null || channels.length === 0) return null;
  const day = dueDigestDay(now, digest.at, zone ?? timeZone);
  return day === null ? null : { day, zone: zone ?? timeZone, channels };
}

async function writeDigest(tx: Tx, { id: memberId, organisationId, displayName, email }: SuperAdmin, due: DueDigest, now: Date) {
  if (!(await takeDay(tx, memberId, due.day, now))) return 0;
  const content = composeDigest(await readDay(tx, organisationId, now), due.zone);
  if (content === null) return 0;
  const deliveries = due.channels.map((channel): NewDelivery => ({
    organisationId,
    connectionId: null,
    alertId: null,
    eventId: `digest:${memberId}:${due.day}`,
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
}

/** What was written, or found to have nothing to say, on the days that may be due now in some zone. */
async function takenDays(db: Database, now: Date): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ memberId: string; day: string }>(
    `SELECT member_id AS "memberId", day::text AS day FROM notices.digests WHERE composed_at > $1`,
    [new Date(now.getTime() - 2 * DAY_MS)],
  );
  return new Set(rows.map(({ memberId, day }) => keyOf(memberId, day)));
}

const keyOf = (memberId: string, day: string) => `${memberId} ${day}`;

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
