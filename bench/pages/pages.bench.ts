import { randomUUID } from 'node:crypto';
import { buildEvent, connectionSettingsSchema, membershipsChangedV1, silentLog, usersChangedV1 } from '#contracts';
import { Database, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { PageApplier, peopleMigrations } from '#people';
import { withClient, type BenchPostgres } from '../support/bench-postgres.js';
import { takeRows } from '../support/copy-tables.js';
import type { BenchReport } from '../support/report.js';
import { timed } from '../support/statistics.js';
import { mergeInPages } from './merge-in-pages.js';

const MEMBERS = 50_000;
const PAGE_ITEMS = 500;

/** Where the applier leaves something of a page. */
const WRITTEN = [
  'people.persons',
  'people.memberships',
  'people.accounts',
  'people.grants',
  'people.email_claims',
  'people.journal',
  'messaging.outbox',
];

/** Everybody comes by a users page and a memberships page, as in a first sync: accounts, grants, journal and events follow. */
export async function benchPages(postgres: BenchPostgres): Promise<BenchReport> {
  const url = await postgres.createDatabase('pages');
  await migrate(url, [messagingMigrations, peopleMigrations]);
  const pages = (2 * MEMBERS) / PAGE_ITEMS;
  const { seconds } = await timed(() => applyEverybody(url));
  const floorSeconds = await withClient(url, async (client) => {
    const rows = await takeRows(client, WRITTEN);
    return (await timed(() => mergeInPages(client, rows, pages))).seconds;
  });
  const perSecond = { ours: pages / seconds, floor: pages / floorSeconds };
  return {
    title: `pages of ${PAGE_ITEMS}, ${MEMBERS.toLocaleString('en')} newcomers`,
    floor: 'COPY into a temporary table and MERGE of the same rows that were written, page by page',
    findings: [
      {
        what: 'pages a second',
        ours: perSecond.ours.toFixed(1),
        floor: perSecond.floor.toFixed(1),
        ratio: perSecond.ours / perSecond.floor,
      },
    ],
  };
}

async function applyEverybody(url: string): Promise<void> {
  const db = await Database.connect({ url, applicationName: 'bench pages', maxConnections: 2 });
  const groupId = randomUUID();
  const organisationId = randomUUID();
  const connectionId = randomUUID();
  const connection = {
    connectionId,
    organisationId,
    state: 'enabled' as const,
    settings: connectionSettingsSchema.parse({}),
    watchedGroupIds: [groupId],
    effects: { live: true, run: true },
  };
  const nothing = () => Promise.resolve();
  const context = { connectionOf: () => Promise.resolve(connection), onContradiction: nothing, onGroupNamed: nothing };
  const applier = new PageApplier({ db, clock: () => new Date(), log: silentLog, settleMs: 900_000, context });
  try {
    for (let start = 0; start < MEMBERS; start += PAGE_ITEMS) {
      const ids = Array.from({ length: PAGE_ITEMS }, () => randomUUID());
      const at = new Date();
      const times = { noticedAt: null, readStartedAt: at.toISOString(), readAt: at.toISOString() };
      const page = start / PAGE_ITEMS;
      const header = { organisationId, connectionId, readNo: 1, page, origin: 'read' as const, times };
      const identity = () => ({ id: randomUUID(), source: '/rollcall/subscription', key: connectionId, time: at });
      const users = ids.map((id) => ({ id, state: 'present' as const, attributes: attributesOf(id) }));
      await applier.applyUsers(buildEvent(usersChangedV1, identity(), { ...header, users }), at);
      const items = ids.map((memberId) => ({ memberId, memberType: 'user' as const, change: 'added' as const }));
      await applier.applyMemberships(buildEvent(membershipsChangedV1, identity(), { ...header, groupId, items }), at);
    }
  } finally {
    await db.close();
  }
}

function attributesOf(id: string) {
  const address = `person.${id.slice(0, 13)}@contoso.example`;
  return {
    displayName: `Person ${id.slice(0, 8)}`,
    givenName: 'Person',
    surname: id.slice(0, 8),
    mail: address,
    userPrincipalName: address,
    accountEnabled: true,
    userType: 'Member',
  };
}
