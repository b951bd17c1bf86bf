import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations, listSuperAdmins } from '#connections';
import { runFailedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { buildRunEvent, seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { hearFact } from '../alerts/hear-fact.js';
import { occurrencesOfRunFact } from '../alerts/occurrences-of-run.js';
import { noticesMigrations } from '../migrations/index.js';
import { listDeliveries } from '../queries/list-deliveries.js';
import { putPreferences } from '../quiet-hours/preferences.js';
import { sendDigests } from './send-digests.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);

describe('the daily digest', () => {
  let org: SeededOrganisation;
  const at = (text: string) => new Date(`2026-03-0${text}:00Z`);
  const send = async (now: Date) => sendDigests(database.db, await listSuperAdmins(database.db), now);
  const digests = async () =>
    (await listDeliveries(database.db, org.organisationId, { limit: 100 })).filter(({ kind }) => kind === 'digest').reverse();

  beforeEach(async () => {
    org = await seedOrganisation(database.db);
    const event = buildRunEvent(runFailedV1, { ...org, at: at('2T12:00'), error: { code: 'THROTTLED', message: 'wait' } });
    await hearFact(
      { db: database.db, now: at('2T12:00') },
      { ...event.data, eventId: event.id, meaning: (names) => occurrencesOfRunFact(event, names) },
    );
  });

  it('goes once a day to each super admin with an address, at their time', async () => {
    await org.addMember('superAdmin', 'Bob', null);
    await org.addMember('viewer', 'Eve');
    expect(await send(at('3T07:59'))).toBe(0);
    expect(await Promise.all([send(at('3T08:00')), send(at('3T08:00'))])).toContain(1);
    expect(await send(at('3T09:00'))).toBe(0);
    expect(await send(at('4T08:00'))).toBe(1);
    expect((await digests()).map(({ channel, recipient, title }) => [channel, recipient?.memberId, title])).toEqual(
      Array(2).fill(['mail', org.adminId, 'Daily summary: 1 alert is open']),
    );
  });

  it('is read in the zone and by the channels that its reader chose, or not at all', async () => {
    const choose = (input: unknown) => database.db.transaction((tx) => putPreferences(tx, org.actor, org.adminId, input));
    await choose({ zone: 'Asia/Tokyo', digest: { at: '08:00', channels: ['inProduct'] } });
    expect(await send(at('2T22:59'))).toBe(0);
    expect(await send(at('2T23:00'))).toBe(1);
    expect((await digests()).map(({ channel }) => channel)).toEqual(['inProduct']);
    await choose({ zone: 'Asia/Tokyo', digest: null });
    expect(await send(at('3T23:00'))).toBe(0);
  });
});
