import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MembershipsChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { DeltaExpiredError, GraphUnavailableError, ThrottledError, ConsentMissingError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { eventually } from '#test/eventually';
import { WatchStage } from '#watch/testing';
import { raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import { ChainReader } from './chain-reader.js';

const database = withDatabase([messagingMigrations, watchMigrations]);
const facts = { operation: 'groups.delta' };
const user = (id: string, removed = false) => ({ id, type: 'user' as const, removed });

describe('ChainReader', () => {
  let stage: WatchStage;
  let reader: ChainReader;
  const group = randomUUID();

  beforeEach(() => {
    stage = new WatchStage(() => database.db);
    reader = new ChainReader(stage.context());
  });
  afterEach(() => stage.clear());

  /** A connection whose chains have their links. */
  async function started(groupIds: readonly string[] = [group]) {
    const connection = await stage.watch(groupIds);
    await readAll();
    await stage.forgetPublished();
    return connection;
  }

  async function readAll(): Promise<void> {
    while (await reader.readOne());
  }

  const notice = (connectionId: string, groupId: string | null = group) =>
    raiseDueMarks(database.db, [{ connectionId, groupId, notices: 1 }]);

  const memberships = async (connectionId: string) =>
    (await stage.published<MembershipsChangedV1>(connectionId)).filter(
      ({ type }) => type === 'rollcall.directory.memberships.changed',
    );

  it('begins at "now" and asks for a baseline of its groups', async () => {
    const { connectionId } = await started();
    const [chain] = await database.db.query<{ link: string }>(
      `SELECT link FROM watch.chains WHERE connection_id = $1 AND kind = 'groups'`,
      [connectionId],
    );
    expect(chain?.link).toMatch(/^latest/);
    expect(
      await database.db.query(`SELECT group_id, reason FROM watch.baselines WHERE connection_id = $1`, [connectionId]),
    ).toEqual([{ group_id: group, reason: 'NEW_GROUP' }]);
  });

  it('publishes a round at once and enters newcomers as principals with the same commit', async () => {
    const { connectionId } = await started();
    const ann = randomUUID();
    const printer = randomUUID();
    stage.graph.scriptGroups(
      [{ id: group, displayName: 'Team', members: [user(ann)] }],
      [{ id: group, members: [{ id: printer, type: 'device', removed: false }] }],
    );
    await notice(connectionId);
    await readAll();
    const [page] = await memberships(connectionId);
    expect(page?.data).toMatchObject({
      groupId: group,
      page: 0,
      origin: 'delta',
      items: [
        { memberId: ann, memberType: 'user', change: 'added' },
        { memberId: printer, memberType: 'device', change: 'added' },
      ],
    });
    expect(page?.data.times.noticedAt).not.toBeNull();
    expect(
      await database.db.query(`SELECT object_id, state FROM watch.principals WHERE connection_id = $1`, [connectionId]),
    ).toEqual([{ object_id: ann, state: 'pending' }]);
  });

  it('publishes all additions of a round before its removals, and the removals of all its groups as one round (invariant 5)', async () => {
    const other = randomUUID();
    const { connectionId } = await started([group, other]);
    const [mover, leaver] = [randomUUID(), randomUUID()];
    stage.graph.scriptGroups([
      { id: group, members: [user(mover, true)] },
      { id: other, members: [user(mover), user(leaver, true)] },
    ]);
    await notice(connectionId);
    await readAll();
    const pages = (await memberships(connectionId)).map(({ data }) => data);
    expect(pages.map(({ groupId, items }) => [groupId, ...items.map((item) => `${item.change} ${item.memberId}`)])).toEqual([
      [other, `added ${mover}`],
      [group, `removed ${mover}`],
      [other, `removed ${leaver}`],
    ]);
    const rounds = pages.map(({ round }) => round);
    expect(rounds).toMatchObject([undefined, { index: 0, pages: 2, spansGroups: true }, { index: 1, pages: 2 }]);
    expect(rounds[1]!.id).toBe(rounds[2]!.id);
  });

  it('marks an add and a remove of one member in one round (invariant 2)', async () => {
    const { connectionId } = await started();
    const ann = randomUUID();
    stage.graph.scriptGroups([{ id: group, members: [user(ann), user(ann, true)] }]);
    await notice(connectionId);
    await readAll();
    const [page] = await memberships(connectionId);
    expect(page?.data.items).toEqual([{ memberId: ann, memberType: 'user', change: 'removed', contradicted: true }]);
  });

  it('reads again for a notice that came while it committed: a new page while the reader commits (invariant 1)', async () => {
    const { connectionId } = await started();
    const [ann, ben] = [randomUUID(), randomUUID()];
    stage.graph.scriptGroups({
      items: [{ id: group, members: [user(ann)] }],
      before: async () => void (await notice(connectionId)),
    });
    stage.graph.scriptGroups([{ id: group, members: [user(ben)] }]);
    await notice(connectionId);
    await readAll();
    const pages = await memberships(connectionId);
    expect(pages.flatMap((page) => page.data.items.map((item) => item.memberId))).toEqual([ann, ben]);
    expect(pages[1]!.data.readNo).toBeGreaterThan(pages[0]!.data.readNo);
  });

  it('publishes a replayed old round again under a newer number, and leaves the judgement to whoever applies it', async () => {
    const { connectionId } = await started();
    const ann = randomUUID();
    for (let round = 0; round < 2; round += 1) {
      stage.graph.scriptGroups([{ id: group, members: [user(ann)] }]);
      await notice(connectionId);
      await readAll();
    }
    const [first, second] = await memberships(connectionId);
    expect(second?.data.items).toEqual(first?.data.items);
    expect(second!.data.readNo).toBeGreaterThan(first!.data.readNo);
    expect(second!.id).not.toBe(first!.id);
  });

  it('follows a group that is renamed, deleted and returns, and asks for a baseline then', async () => {
    const { connectionId } = await started();
    await database.db.query(`DELETE FROM watch.baselines`);
    stage.graph.scriptGroups([{ id: group, displayName: 'Crew', members: [] }]);
    stage.graph.scriptGroups([{ id: group, removed: 'changed', members: [] }]);
    stage.graph.scriptGroups([{ id: group, displayName: 'Crew', members: [] }]);
    for (let round = 0; round < 3; round += 1) {
      await notice(connectionId);
      await readAll();
    }
    const events = await stage.published<{ state: string; displayName: string }>(connectionId);
    expect(events.map(({ data }) => `${data.state} ${data.displayName}`)).toEqual([
      'present Crew',
      'softDeleted Crew',
      'present Crew',
    ]);
    expect(await database.db.query(`SELECT reason FROM watch.baselines`)).toEqual([{ reason: 'GROUP_RETURNED' }]);
  });

  it('publishes groups that left the scope as unwatched and reads their chain no more', async () => {
    const other = randomUUID();
    const connection = await started([group, other]);
    await stage.setScope(connection, [other]);
    const events = await stage.published<{ groupId: string; state: string }>(connection.connectionId);
    expect(events.map(({ data }) => [data.groupId, data.state])).toEqual([[group, 'unwatched']]);
    stage.graph.scriptGroups([{ id: group, members: [user(randomUUID())] }]);
    await notice(connection.connectionId, other);
    await readAll();
    expect(await memberships(connection.connectionId)).toEqual([]);
  });

  it('takes a new link after a reset and asks for a baseline with its reason', async () => {
    const { connectionId } = await started();
    await database.db.query(`DELETE FROM watch.baselines`);
    stage.graph.nextError = new DeltaExpiredError('expired', facts, null);
    await notice(connectionId);
    await readAll();
    expect(await database.db.query(`SELECT reason FROM watch.baselines WHERE connection_id = $1`, [connectionId])).toEqual([
      { reason: 'DELTA_EXPIRED' },
    ]);
  });

  it('lets the whole connection wait while Graph throttles, and goes on by itself', async () => {
    const { connectionId } = await started();
    stage.graph.nextError = new ThrottledError('wait', facts, 300);
    stage.graph.scriptGroups([{ id: group, members: [user(randomUUID())] }]);
    await notice(connectionId);
    await readAll();
    expect(await memberships(connectionId)).toEqual([]);
    await eventually(async () => {
      await readAll();
      expect(await memberships(connectionId)).toHaveLength(1);
    });
  });

  it('tells the owner of the connection what an admin must mend, and tries first what failed', async () => {
    const { connectionId } = await started();
    const error = new ConsentMissingError('no', facts, 'Group.Read.All');
    stage.graph.nextError = error;
    await notice(connectionId);
    await readAll();
    expect(stage.graph.failures).toEqual([error]);
    await database.db.query(`UPDATE watch.watched_connections SET blocked_until = now()`);
    await notice(connectionId, null);
    await readAll();
    expect(stage.graph.recoveries).toBe(1);
  });

  it('repeats a failed read later and loses nothing of it', async () => {
    const { connectionId } = await started();
    const ann = randomUUID();
    stage.graph.nextError = new GraphUnavailableError('away', facts);
    stage.graph.scriptGroups([{ id: group, members: [user(ann)] }]);
    await notice(connectionId);
    await readAll();
    await eventually(async () => {
      await readAll();
      expect((await memberships(connectionId)).flatMap((page) => page.data.items)).toMatchObject([{ memberId: ann }]);
    });
  });
});
