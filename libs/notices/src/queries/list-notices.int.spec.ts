import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { buildMessage, seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { InProductChannel } from '../channels/in-product-channel.js';
import { noticesMigrations } from '../migrations/index.js';
import { countUnread, listNotices, markAllRead, markRead } from './list-notices.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const now = new Date('2026-03-02T12:00:00Z');

describe('the notices under the bell', () => {
  let org: SeededOrganisation;
  const list = (listing: Partial<Parameters<typeof listNotices>[3]> = {}, memberId = org.adminId) =>
    listNotices(database.db, org.organisationId, memberId, { limit: 10, ...listing });

  beforeEach(async () => {
    org = await seedOrganisation(database.db);
    const bell = new InProductChannel(database.db, { append: () => Promise.resolve() });
    const recipient = { memberId: org.adminId, displayName: 'Ada', email: null };
    const bound = { organisationId: org.organisationId, connectionId: org.connectionId, recipient };
    for (const title of ['first', 'second', 'third']) {
      await bell.send(buildMessage({ ...bound, content: { ...buildMessage().content, title }, note: 'a note' }));
    }
  });

  it('come newest first, in pages that neither repeat nor miss one', async () => {
    const [third, second] = await list({ limit: 2 });
    expect([third?.content.title, second?.content.title]).toEqual(['third', 'second']);
    expect((await list({ beforePosition: second!.position })).map(({ content }) => content.title)).toEqual(['first']);
    expect(third).toMatchObject({ severity: 'problem', note: 'a note', readAt: null, alert: null });
  });

  it('are read once, and counted until then', async () => {
    const [third] = await list();
    expect(await countUnread(database.db, org.organisationId, org.adminId)).toBe(3);
    const read = await markRead(database.db, org.organisationId, org.adminId, third!.id, now);
    expect(read?.readAt).toEqual(now);
    const again = await markRead(database.db, org.organisationId, org.adminId, third!.id, new Date());
    expect(again?.readAt).toEqual(now);
    expect((await list({ unread: true })).map(({ content }) => content.title)).toEqual(['second', 'first']);
  });

  it('are marked up to what the page has shown', async () => {
    const [, second] = await list();
    expect(await markAllRead(database.db, org.organisationId, org.adminId, second!.position, now)).toBe(2);
    expect((await list({ unread: true })).map(({ content }) => content.title)).toEqual(['third']);
  });

  it("are each member's own, and no other organisation's (invariant 9)", async () => {
    const other = await seedOrganisation(database.db);
    const bob = await org.addMember('superAdmin', 'Bob');
    expect(await list({}, bob)).toEqual([]);
    expect(await listNotices(database.db, other.organisationId, org.adminId, { limit: 10 })).toEqual([]);
    const [third] = await list();
    expect(await markRead(database.db, other.organisationId, org.adminId, third!.id, now)).toBeNull();
    expect(await markRead(database.db, org.organisationId, bob, third!.id, now)).toBeNull();
  });
});
