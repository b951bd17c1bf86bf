import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { runCompletedV1, runFailedV1, silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { buildRunEvent, seedOrganisation } from '#notices/testing';
import { hearFact } from './alerts/hear-fact.js';
import { occurrencesOfRunFact, type RunEvent } from './alerts/occurrences-of-run.js';
import { InProductChannel } from './channels/in-product-channel.js';
import { OffChannel } from './channels/off-channel.js';
import { Deliverer } from './deliveries/deliverer.js';
import { noticesMigrations } from './migrations/index.js';
import { trimNotices } from './trim-notices.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const TABLES = ['heard_events', 'causes', 'alerts', 'deliveries', 'attempts', 'inbox', 'digests'];

describe('retention of notices', () => {
  it('forgets what was over long ago, and keeps what is open or recent', async () => {
    const { db } = database;
    const org = await seedOrganisation(db);
    const hear = (event: RunEvent & { id: string }) =>
      hearFact(
        { db, now: new Date(event.time) },
        { ...event.data, eventId: event.id, meaning: (names) => occurrencesOfRunFact(event, names) },
      );
    const then = new Date('2026-01-01T00:00:00Z');
    const channels = {
      inProduct: new InProductChannel(db, { append: () => Promise.resolve() }),
      mail: new OffChannel('mail', 'off'),
      teams: new OffChannel('teams', 'off'),
      webhook: new OffChannel('webhook', 'off'),
    };
    const deliverer = new Deliverer({ db, channels, owner: 'test', log: silentLog, clock: () => then });
    const error = { code: 'THROTTLED', message: 'wait' };
    await hear(buildRunEvent(runFailedV1, { ...org, at: then, error }));
    await deliverer.deliverNext();
    await hear(buildRunEvent(runCompletedV1, { ...org, at: then }));
    await deliverer.deliverNext();
    await hear(buildRunEvent(runFailedV1, { ...org, at: then, error, run: { kind: 'group' } }));
    await db.query('INSERT INTO notices.digests (member_id, day, composed_at) VALUES ($1, $2::timestamptz, $2)', [
      randomUUID(),
      then,
    ]);

    expect(await trimNotices(db, new Date('2026-03-01T00:00:00Z'))).toBe(0);
    expect(await trimNotices(db, new Date('2026-06-01T00:00:00Z'))).toBeGreaterThan(0);
    const left = await Promise.all(
      TABLES.map(async (table) => [table, (await db.query(`SELECT 1 FROM notices.${table}`)).length] as const),
    );
    expect(Object.fromEntries(left)).toEqual({
      heard_events: 0,
      causes: 1,
      alerts: 1,
      deliveries: 1,
      attempts: 0,
      inbox: 0,
      digests: 0,
    });
  });
});
