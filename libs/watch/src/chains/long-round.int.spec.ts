import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MembershipsChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { DeltaExpiredError, GraphUnavailableError, type GroupDelta } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import { ChainReader } from './chain-reader.js';
import { MERGED_ROUND_LIMIT } from './read-groups-round.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('a round of more changes than are merged in memory', () => {
  const group = randomUUID();
  let stage: WatchStage;
  let reader: ChainReader;
  let connection: WatchedConnection;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    reader = new ChainReader(stage.context());
    connection = await stage.watch([group]);
    await readAll();
    await stage.forgetPublished();
  });
  afterEach(() => stage.clear());

  const readAll = async () => {
    while (await reader.readOne());
  };
  const notice = () => raiseDueMarks(database.db, [{ connectionId: connection.connectionId, groupId: group, notices: 1 }]);
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const report = (members: readonly string[], removed = false): GroupDelta => ({
    id: group,
    members: members.map((id) => ({ id, type: 'user', removed })),
  });
  const pages = async () =>
    (await stage.published<MembershipsChangedV1>(connection.connectionId)).filter(({ type }) =>
      type.endsWith('memberships.changed'),
    );
  const itemsOf = async (change: string) =>
    (await pages()).flatMap(({ data }) => data.items.filter((item) => item.change === change).map((item) => ({ ...item, data })));

  it('publishes additions at once, and removals together at the end with the version of their own page', async () => {
    const newcomers = ids(MERGED_ROUND_LIMIT + 1);
    const leavers = ids(700);
    let removalsBeforeTheEnd = -1;
    stage.graph.scriptGroups([report(newcomers)], [report(leavers, true)], {
      items: [],
      before: async () => void (removalsBeforeTheEnd = (await itemsOf('removed')).length),
    });
    await notice();
    await readAll();
    expect(removalsBeforeTheEnd).toBe(0);
    expect(await itemsOf('added')).toHaveLength(newcomers.length);
    const removed = await itemsOf('removed');
    expect(removed.map((item) => item.memberId).sort()).toEqual([...leavers].sort());
    const rounds = [...new Set(removed.map(({ data }) => JSON.stringify(data.round)))].map(
      (round) => JSON.parse(round) as object,
    );
    expect(rounds).toMatchObject([
      { index: 0, pages: 2 },
      { index: 1, pages: 2 },
    ]);
    expect(new Set(removed.map((item) => item.version?.page))).toEqual(new Set([1]));
    expect(await database.db.query(`SELECT 1 FROM watch.staged_members`)).toEqual([]);
  });

  it('publishes the removals of all its groups as one round', async () => {
    const other = randomUUID();
    connection = await stage.watch([group, other]);
    await readAll();
    await stage.forgetPublished();
    const [leavers, others] = [ids(700), ids(3)];
    stage.graph.scriptGroups(
      [report(ids(MERGED_ROUND_LIMIT + 1))],
      [report(leavers, true), { ...report(others, true), id: other }],
    );
    await notice();
    await readAll();
    const rounds = (await pages()).flatMap(({ data }) => (data.round === undefined ? [] : [data.round]));
    expect(new Set(rounds.map(({ id }) => id)).size).toBe(1);
    expect(rounds).toMatchObject(
      [0, 1, 2].map((index) => ({
        index,
        pages: 3,
        spansGroups: true,
      })),
    );
    expect((await itemsOf('removed')).map((item) => item.memberId).sort()).toEqual([...leavers, ...others].sort());
  });

  it('goes on at its resume point under a new read number after a kill, and repeats nothing: a long round resumed (invariant 1)', async () => {
    const [newcomers, leavers] = [ids(MERGED_ROUND_LIMIT + 1), ids(3)];
    const cut = { items: [], before: () => Promise.reject(new GraphUnavailableError('cut', { operation: 'groups.delta' })) };
    const tail = { ...cut, before: () => (cutOnce.shift() === true ? cut.before() : Promise.resolve()) };
    const cutOnce = [true];
    stage.graph.scriptGroups([report(newcomers)], [report(leavers, true)], tail);
    await notice();
    await readAll();
    expect(await itemsOf('removed')).toEqual([]);
    await database.db.query(`UPDATE watch.chains SET retry_at = now()`);
    await readAll();
    expect(stage.graph.links.filter((link) => link.startsWith('round/'))).toHaveLength(1);
    expect(await itemsOf('added')).toHaveLength(newcomers.length);
    const removed = await itemsOf('removed');
    expect(removed.map((item) => item.memberId).sort()).toEqual([...leavers].sort());
    expect(removed[0]!.data.readNo).toBeGreaterThan(removed[0]!.version!.readNo);
  });

  it('marks a member whom two pages of the round report both ways (invariant 2)', async () => {
    const newcomers = ids(MERGED_ROUND_LIMIT + 1);
    const [flipper, returner] = ids(2) as [string, string];
    stage.graph.scriptGroups(
      [report([...newcomers, flipper]), report([returner], true)],
      [report([flipper], true), report([returner])],
    );
    await notice();
    await readAll();
    expect(await itemsOf('removed')).toMatchObject([{ memberId: flipper, contradicted: true }]);
    expect((await itemsOf('added')).filter((item) => item.memberId === returner)).toMatchObject([{ contradicted: true }]);
  });

  it('begins again from the link before it when its resume point has expired', async () => {
    const expired = new DeltaExpiredError('expired', { operation: 'groups.delta' }, null);
    stage.graph.scriptGroups([report(ids(MERGED_ROUND_LIMIT + 1)), report(ids(1), true)], {
      items: [],
      before: () => Promise.reject(expired),
    });
    const leaver = randomUUID();
    stage.graph.scriptGroups([report([leaver], true)]);
    await notice();
    await readAll();
    expect((await itemsOf('removed')).map((item) => item.memberId)).toContain(leaver);
    const [chain] = await database.db.query<{ next_link: string | null; link: string }>(
      `SELECT next_link, link FROM watch.chains WHERE connection_id = $1 AND kind = 'groups'`,
      [connection.connectionId],
    );
    expect(chain?.link).toMatch(/^delta/);
    expect(chain?.next_link).toBeNull();
  });
});
