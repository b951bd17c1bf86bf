import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MembershipsChangedV1, UsersChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { GraphUnavailableError, ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { nextReadNo } from '../chains/next-read-no.js';
import { watchMigrations } from '../migrations/index.js';
import { addPrincipals } from '../principals/add-principals.js';
import { addRechecks } from './add-rechecks.js';
import { Rechecker } from './rechecker.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('Rechecker', () => {
  const group = randomUUID();
  let stage: WatchStage;
  let connection: WatchedConnection;
  let rechecker: Rechecker;
  let ann: string;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    rechecker = new Rechecker(stage.context());
    ann = randomUUID();
  });
  afterEach(() => stage.clear());

  const ask = (kind: 'membership' | 'user', dueAt = new Date()) =>
    database.db.transaction((tx) =>
      addRechecks(tx, [
        { ...connection, kind, groupId: kind === 'membership' ? group : null, memberId: ann, reason: 'FLIPPED_BACK', dueAt },
      ]),
    );
  const rows = () =>
    database.db.query<{ stage: string; wait: number; attempts: number }>(
      `SELECT stage, attempts, round(extract(epoch FROM due_at - now()))::int AS wait FROM watch.rechecks`,
    );
  /** Carries the next step out as if its wait had passed. */
  const step = async () => {
    await database.db.query(`UPDATE watch.rechecks SET due_at = now() - interval '1 second'`);
    return rechecker.checkOne();
  };
  const memberships = async () =>
    (await stage.published<MembershipsChangedV1>(connection.connectionId)).flatMap(({ data }) => data.items);
  const users = async () => (await stage.published<UsersChangedV1>(connection.connectionId)).flatMap(({ data }) => data.users);

  it('waits until the evidence has settled', async () => {
    await ask('membership', new Date(Date.now() + 60_000));
    expect(await rechecker.checkOne()).toBe(false);
  });

  it('publishes a member whom a complete read of the group lists', async () => {
    await ask('membership');
    stage.graph.groupMembers.set(group, [
      { id: randomUUID(), type: 'user' },
      { id: ann, type: 'user' },
    ]);
    await step();
    const [page] = await stage.published<MembershipsChangedV1>(connection.connectionId);
    expect(page?.data).toMatchObject({ origin: 'read', recheck: true, items: [{ memberId: ann, change: 'added' }] });
    expect(await rows()).toEqual([]);
  });

  it('that gives way to live reads does not keep them waiting, and is asked again when it may', async () => {
    await ask('membership');
    stage.graph.nextError = new ThrottledError('low priority gives way', { operation: 'groups.members' }, 60_000);
    await step();
    const [blocked] = await database.db.query('SELECT block_code, blocked_until FROM watch.watched_connections');
    expect(blocked).toEqual({ block_code: null, blocked_until: null });
    expect(await rows()).toEqual([expect.objectContaining({ attempts: 1, wait: 60 })]);
    expect(await new ChainReader(stage.context()).readOne(), 'live reads go on').toBe(true);
    stage.graph.groupMembers.set(group, [{ id: ann, type: 'user' }]);
    await step();
    expect(await memberships()).toMatchObject([{ memberId: ann, change: 'added' }]);
  });

  it('answers thousands of questions about a group by one read of it', async () => {
    const members = Array.from({ length: 2_500 }, () => randomUUID());
    const dueAt = new Date();
    await database.db.transaction((tx) =>
      addRechecks(
        tx,
        members.map((memberId) => ({ ...connection, kind: 'membership', groupId: group, memberId, reason: 'PLAN_STALE', dueAt })),
      ),
    );
    stage.graph.groupMembers.set(
      group,
      members.map((id) => ({ id, type: 'user' })),
    );
    await step();
    expect(await memberships()).toHaveLength(2_500);
    expect(await rows()).toEqual([]);
  });

  it("removes nobody before the person's own side was asked, and then with the number of the read that lacked them (invariant 4)", async () => {
    await ask('membership');
    stage.graph.groupMembers.set(group, [{ id: randomUUID(), type: 'user' }]);
    const before = await nextReadNo(database.db);
    await step();
    expect(await memberships()).toEqual([]);
    expect(await rows()).toMatchObject([{ stage: 'confirm', wait: 60 }]);
    await step();
    expect(await memberships()).toMatchObject([{ memberId: ann, change: 'removed', version: { readNo: before + 1, page: 0 } }]);
    expect(await rows()).toEqual([]);
  });

  it('lets a second complete read decide where their side names the group', async () => {
    await ask('membership');
    stage.graph.groupMembers.set(group, [{ id: randomUUID(), type: 'user' }]);
    stage.graph.memberGroups.set(ann, { named: [group] });
    await step();
    await step();
    expect(await rows()).toMatchObject([{ stage: 'second', wait: 900 }]);
    expect(await memberships()).toEqual([]);
    await step();
    expect(await memberships()).toMatchObject([{ memberId: ann, change: 'removed' }]);
  });

  it('never removes anybody because of an error or an answer that says nothing (invariant 4)', async () => {
    await ask('membership');
    stage.graph.nextError = new GraphUnavailableError('away', { operation: 'members.read' });
    await step();
    expect(await rows()).toMatchObject([{ stage: 'first', attempts: 1 }]);
    await step();
    stage.graph.memberGroups.set(ann, { error: new GraphUnavailableError('away', { operation: 'checkMemberGroups' }) });
    await step();
    expect(await rows()).toMatchObject([{ stage: 'confirm', attempts: 1 }]);
    expect(await memberships()).toEqual([]);
  });

  it('joins requests about one fact, and begins anew when a contradiction comes in the middle', async () => {
    await ask('membership');
    await ask('membership');
    expect(await rows()).toHaveLength(1);
    await step();
    await ask('membership', new Date(Date.now() + 900_000));
    expect(await rows()).toMatchObject([{ stage: 'first' }]);
  });

  it('publishes the attributes of a person who is there', async () => {
    await ask('user');
    stage.graph.people.set(ann, { id: ann, unreadable: false, attributes: { displayName: 'Ann', accountEnabled: false } });
    await step();
    expect(await users()).toMatchObject([{ id: ann, state: 'present', attributes: { accountEnabled: false } }]);
    expect(await rows()).toEqual([]);
  });

  it('takes the entry among the deleted items for proof', async () => {
    await ask('user');
    stage.graph.deletedPeople.add(ann);
    await step();
    expect(await users()).toMatchObject([{ id: ann, state: 'softDeleted' }]);
  });

  it('proves a person purged while the users chain was lost by two looks, settle apart (invariant 4)', async () => {
    await database.db.transaction((tx) => addPrincipals(tx, connection.connectionId, [{ objectId: ann, groupId: group }]));
    await ask('user');
    await step();
    expect(await users()).toEqual([]);
    expect(await rows()).toMatchObject([{ stage: 'second', wait: 900 }]);
    await step();
    expect(await users()).toMatchObject([{ id: ann, state: 'deleted' }]);
    expect(await rows()).toEqual([]);
  });

  it('does not take somebody for deleted whom their group still lists', async () => {
    await database.db.transaction((tx) => addPrincipals(tx, connection.connectionId, [{ objectId: ann, groupId: group }]));
    await ask('user');
    stage.graph.groupMembers.set(group, [{ id: ann, type: 'user' }]);
    await step();
    expect(await users()).toEqual([]);
    expect(await rows()).toMatchObject([{ stage: 'first', attempts: 1 }]);
  });

  it('decides nothing about people whom it may not read', async () => {
    await ask('user');
    stage.graph.people.set(ann, { id: ann, unreadable: true, attributes: {} });
    await step();
    expect(await users()).toEqual([]);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
  });
});
