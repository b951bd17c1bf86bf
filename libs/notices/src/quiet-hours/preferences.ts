import { z } from 'zod';
import type { Queryable } from '#database';
import { writeAudit, type Actor } from '#connections';
import { RulesInvalidError } from '../errors.js';
import { isTimeZone } from './quiet-hours.js';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00');

/** What a member chooses for their own notices. `zone: null` is the organisation's. */
export const preferencesSchema = z.strictObject({
  zone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/London').nullable().default(null),
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable().default(null),
  digest: z
    .strictObject({ at: timeOfDay, channels: z.array(z.enum(['inProduct', 'mail'])).min(1) })
    .nullable()
    .default({ at: '08:00', channels: ['mail'] }),
});
export type Preferences = z.output<typeof preferencesSchema>;

export const defaultPreferences: Preferences = preferencesSchema.parse({});

interface PreferencesRow {
  memberId: string;
  zone: string | null;
  quietFrom: string | null;
  quietTo: string | null;
  digestAt: string | null;
  digestChannels: ('inProduct' | 'mail')[];
}

const PREFERENCES_COLUMNS = `
  member_id AS "memberId", zone, quiet_from AS "quietFrom", quiet_to AS "quietTo", digest_at AS "digestAt",
  digest_channels AS "digestChannels"`;

/** Of everybody, in all organisations, who chose anything, by id; for services, which act for every organisation. */
export async function readAllPreferences(db: Queryable): Promise<Map<string, Preferences>> {
  const rows = await db.query<PreferencesRow>(`SELECT ${PREFERENCES_COLUMNS} FROM notices.preferences`);
  return new Map(rows.map((row) => [row.memberId, toPreferences(row)]));
}

/** Of the given members of one organisation, by id; whoever chose nothing has the defaults. */
export async function readPreferences(
  db: Queryable,
  organisationId: string,
  memberIds: readonly string[],
): Promise<Map<string, Preferences>> {
  const rows = await db.query<PreferencesRow>(
    `SELECT ${PREFERENCES_COLUMNS} FROM notices.preferences WHERE organisation_id = $1 AND member_id = ANY ($2)`,
    [organisationId, memberIds],
  );
  const chosen = new Map(rows.map((row) => [row.memberId, toPreferences(row)]));
  return new Map(memberIds.map((id) => [id, chosen.get(id) ?? defaultPreferences]));
}

/** Replaces the member's preferences, with an audit entry. Throws `RulesInvalidError` naming each field. */
export async function putPreferences(tx: Queryable, actor: Actor, memberId: string, input: unknown): Promise<Preferences> {
  const parsed = preferencesSchema.safeParse(input);
  if (!parsed.success) throw RulesInvalidError.of(parsed.error);
  const { zone, quietHours, digest } = parsed.data;
  const before = (await readPreferences(tx, actor.organisationId, [memberId])).get(memberId) ?? defaultPreferences;
  await tx.query(
    `INSERT INTO notices.preferences (member_id, organisation_id, zone, quiet_from, quiet_to, digest_at, digest_channels)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (member_id) DO UPDATE SET zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
       digest_at = excluded.digest_at, digest_channels = excluded.digest_channels, updated_at = now()`,
    [
      memberId,
      actor.organisationId,
      zone,
      quietHours?.from ?? null,
      quietHours?.to ?? null,
      digest?.at ?? null,
      digest?.channels ?? [],
    ],
  );
  await writeAudit(tx, actor, {
    action: 'notices.preferences',
    connectionId: null,
    before: { memberId, ...before },
    after: { memberId, ...parsed.data },
  });
  return parsed.data;
}

function toPreferences({ zone, quietFrom, quietTo, digestAt, digestChannels }: PreferencesRow): Preferences {
  return {
    zone,
    quietHours: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    digest: digestAt === null ? null : { at: digestAt, channels: digestChannels },
  };
}
