import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { EVERYBODY, type UsersChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { DeltaExpiredError, type UserDelta } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '../../testing/watch-stage.js';
import { beginAnew, endAnew } from '../anew/begin-anew.js';
import { baselineDone, wantedBaselines } from '../baselines/baselines.js';
import { raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import { addPrincipals } from '../principals/add-principals.js';
import { PrincipalReader } from '../principals/principal-reader.js';
import { addRechecks } from '../rechecks/add-rechecks.js';
import { Rechecker } from '../rechecks/rechecker.js';
import { ChainReader } from './chain-reader.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('where everybody of the tenant is in scope', () => {
  const stage = new WatchStage(() => database.db);
  afterEach(() => stage.clear());

  const readChains = async () => {
    const reader = new ChainReader(stage.context());
    while (await reader.readOne());
  };
  const wanted = async () => (await wantedBaselines(database.db)).flatMap(({ groups }) => groups);
  const users = async ({ connectionId }: WatchedConnection) =>
    (await stage.published<UsersChangedV1>(connectionId)).flatMap(({ data }) => data.users);
  const report = async ({ connectionId }: WatchedConnection, ...deltas: UserDelta[]) => {
    stage.graph.scriptUsers(deltas);
    await raiseDueMarks(database.db, [{ connectionId, groupId: null, notices: 1 }]);
    await readChains();
  };
  const everybody = () => stage.watch([], true);

  it('asks for one baseline of everybody once the users chain has its link', async () => {
    await everybody();
    expect(await wanted()).toEqual([]);
    await readChains();
    expect(await wanted()).toEqual([{ groupId: EVERYBODY, reason: 'NEW_GROUP' }]);
  });

  it('asks for it again after the link was lost, instead of reading all principals one by one', async () => {
    const connection = await everybody();
    await readChains();
    await database.db.query('DELETE FROM watch.baselines');
    await database.db.transaction((tx) =>
      addPrincipals(tx, connection.connectionId, [{ objectId: randomUUID(), groupId: EVERYBODY }], { attributesRead: true }),
    );
    stage.graph.nextError = new DeltaExpiredError('expired', { operation: 'users.delta' }, null);
    await report(connection);
    expect(await wanted()).toEqual([{ groupId: EVERYBODY, reason: 'DELTA_EXPIRED' }]);
    expect(await database.db.query(`SELECT 1 FROM watch.principals WHERE state = 'pending'`)).toEqual([]);
  });

  it('publishes of a users round whoever joins, changes or goes, and reads whom it did not know', async () => {
    const connection = await everybody();
    await readChains();
    const [ann, bob] = [randomUUID(), randomUUID()];
    stage.graph.people.set(ann, { id: ann, unreadable: false, attributes: { displayName: 'Ann', mail: 'ann@contoso.com' } });
    await report(connection, { id: ann, attributes: { accountEnabled: false } }, { id: bob, removed: 'changed', attributes: {} });
    expect(await users(connection)).toEqual([
      { id: ann, state: 'present', attributes: { accountEnabled: false } },
      { id: bob, state: 'softDeleted' },
    ]);
    await new PrincipalReader(stage.context()).readOne();
    expect((await users(connection)).at(-1)).toMatchObject({ id: ann, attributes: { mail: 'ann@contoso.com' } });
    await stage.forgetPublished();
    await report(connection, { id: ann, attributes: { displayName: 'Anna' } });
    expect(await new PrincipalReader(stage.context()).readOne()).toBe(false);
    expect(await users(connection)).toEqual([{ id: ann, state: 'present', attributes: { displayName: 'Anna' } }]);
  });

  it('begins with a baseline when a scope of groups is widened, and is told of principals only when it is narrowed', async () => {
    const group = randomUUID();
    const connection = await stage.watch([group]);
    await readChains();
    await database.db.query('DELETE FROM watch.baselines');
    await report(connection, { id: randomUUID(), attributes: { displayName: 'Stranger' } });
    expect(await users(connection)).toEqual([]);

    await stage.setScope(connection, [group], true);
    await stage.setScope(connection, [group], true);
    expect(await wanted()).toEqual([{ groupId: EVERYBODY, reason: 'NEW_GROUP' }]);
    await report(connection, { id: randomUUID(), attributes: { displayName: 'Not any more' } });
    expect(await users(connection)).toHaveLength(1);

    await stage.setScope(connection, [group], false);
    expect(await wanted()).toEqual([]);
    await stage.forgetPublished();
    await report(connection, { id: randomUUID(), attributes: { displayName: 'Stranger' } });
    expect(await users(connection)).toEqual([]);
  });

  it('says that somebody is deleted after two complete reads of the tenant and two 404, `settle` apart (invariant 4)', async () => {
    const connection = await everybody();
    const gone = randomUUID();
    stage.graph.groupMembers.set(EVERYBODY, [{ id: randomUUID(), type: 'user' }]);
    const due = () => database.db.query(`UPDATE watch.rechecks SET due_at = now() - interval '1 second'`);
    const ask = { ...connection, kind: 'user' as const, groupId: null, memberId: gone, reason: 'UNCONFIRMED_REMOVAL' };
    await database.db.transaction((tx) => addRechecks(tx, [{ ...ask, dueAt: new Date() }]));
    const rechecker = new Rechecker(stage.context());
    await due();
    await rechecker.checkOne();
    expect(await users(connection)).toEqual([]);
    await due();
    await rechecker.checkOne();
    expect(await users(connection)).toEqual([{ id: gone, state: 'deleted' }]);
  });

  it('keeps whoever a complete read of the tenant still lists, although the person is not found', async () => {
    const connection = await everybody();
    const listed = randomUUID();
    stage.graph.groupMembers.set(EVERYBODY, [{ id: listed, type: 'user' }]);
    const ask = { ...connection, kind: 'user' as const, groupId: null, memberId: listed, reason: 'UNCONFIRMED_REMOVAL' };
    await database.db.transaction((tx) => addRechecks(tx, [{ ...ask, dueAt: new Date(0) }]));
    await new Rechecker(stage.context()).checkOne();
    expect(await users(connection)).toEqual([]);
    expect(await database.db.query('SELECT stage FROM watch.rechecks')).toEqual([{ stage: 'first' }]);
  });

  it('lets a new users chain stand for a broken one only after a run from scratch that read everybody', async () => {
    for (const [unread, state] of [
      [[EVERYBODY], 'linked'],
      [[], 'read'],
    ] as const) {
      const connection = await everybody();
      await readChains();
      const runId = randomUUID();
      await database.db.transaction((tx) => beginAnew(tx, connection, runId));
      await readChains();
      await database.db.transaction(async (tx) => {
        await beginAnew(tx, connection, runId);
        await endAnew(tx, runId, unread);
        await baselineDone(tx, runId);
      });
      expect(await database.db.query('SELECT anew_state FROM watch.chains WHERE anew_run_id = $1', [runId])).toEqual([
        { anew_state: state },
      ]);
    }
  });
});
