import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog, type UsersChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { DeltaExpiredError, GraphUnavailableError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { inSpan, startTracing } from '#tracing';
import { OtlpReceiver } from '#tracing/testing';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import { addPrincipals } from './add-principals.js';
import { PrincipalReader } from './principal-reader.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('PrincipalReader', () => {
  const group = randomUUID();
  let stage: WatchStage;
  let connection: WatchedConnection;
  let reader: PrincipalReader;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    reader = new PrincipalReader(stage.context());
  });
  afterEach(() => stage.clear());

  const name = (id: string, attributesRead = false) =>
    database.db.transaction((tx) =>
      addPrincipals(tx, connection.connectionId, [{ objectId: id, groupId: group }], { attributesRead }),
    );
  const person = (id: string, unreadable = false) =>
    stage.graph.people.set(id, {
      id,
      unreadable,
      attributes: unreadable ? {} : { displayName: 'Ann', userPrincipalName: 'ann@contoso.com' },
    });
  const users = async () => (await stage.published<UsersChangedV1>(connection.connectionId)).flatMap(({ data }) => data.users);
  const states = () => database.db.query(`SELECT state, attempts, failure_code FROM watch.principals ORDER BY state`);
  const again = async () => {
    await database.db.query(`UPDATE watch.principals SET retry_at = now() - interval '1 second' WHERE state = 'pending'`);
    return reader.readOne();
  };

  it('enters nobody of a connection that was never live', async () => {
    const named = [{ objectId: randomUUID(), groupId: group }];
    expect(await database.db.transaction((tx) => addPrincipals(tx, randomUUID(), named, { attributesRead: true }))).toEqual([]);
  });

  it('publishes the attributes of newcomers under a number of their own', async () => {
    const ann = randomUUID();
    person(ann);
    await name(ann);
    await again();
    expect(await users()).toMatchObject([{ id: ann, state: 'present', attributes: { displayName: 'Ann' } }]);
    expect(await states()).toMatchObject([{ state: 'read' }]);
    expect(await again()).toBe(false);
  });

  it('goes on with the trace that named the people, and links to the others (of several notices)', async () => {
    const receiver = await OtlpReceiver.start();
    const tracing = await startTracing({ service: 'test', endpoint: receiver.endpoint, log: silentLog });
    for (const notice of ['notice one', 'notice two', 'notice two']) {
      const id = randomUUID();
      person(id);
      await inSpan(notice, { parent: null }, () => name(id));
    }
    await again();
    await tracing.stop();
    await receiver.stop();
    const reads = receiver.spans.filter(({ name: span }) => span === 'read principals');
    const notices = receiver.spans.filter(({ name: span }) => span.startsWith('notice'));
    expect(reads).toMatchObject([{ attributes: { 'rollcall.people': 3 } }]);
    expect([reads[0]?.traceId, ...(reads[0]?.links ?? [])].toSorted()).toEqual(notices.map(({ traceId }) => traceId).toSorted());
  });

  it('loses nobody when Graph or the process fails in between (invariant 1)', async () => {
    const ann = randomUUID();
    person(ann);
    await name(ann);
    stage.graph.nextError = new GraphUnavailableError('away', { operation: 'users' });
    await again();
    expect(await users()).toEqual([]);
    await again();
    expect(await users()).toHaveLength(1);
  });

  it('asks again for people whom Graph leaves out, and then puts them on the recheck list', async () => {
    await name(randomUUID());
    for (let attempt = 0; attempt < 4; attempt += 1) await again();
    expect(await users()).toEqual([]);
    expect(await states()).toMatchObject([{ state: 'missing' }]);
    expect(await database.db.query(`SELECT kind, reason FROM watch.rechecks`)).toEqual([{ kind: 'user', reason: 'NOT_FOUND' }]);
  });

  it('says once that somebody is unreadable, and reads them when the permission is there', async () => {
    const ann = randomUUID();
    person(ann, true);
    await name(ann);
    await again();
    await again();
    expect(await users()).toMatchObject([{ id: ann, attributes: {} }]);
    expect(await states()).toMatchObject([{ state: 'pending', failure_code: 'MEMBERS_UNREADABLE' }]);
    person(ann);
    await again();
    expect((await users()).at(-1)).toMatchObject({ id: ann, attributes: { displayName: 'Ann' } });
  });

  it('does not read people anew whose attributes a baseline published', async () => {
    await name(randomUUID(), true);
    expect(await again()).toBe(false);
  });

  it('reads the people of a connection anew whose users chain was lost, and only then', async () => {
    const ann = randomUUID();
    person(ann);
    await name(ann, true);
    const chains = new ChainReader(stage.context());
    const readAll = async () => {
      while (await chains.readOne());
    };
    await readAll();
    expect(await again()).toBe(false);
    stage.graph.nextError = new DeltaExpiredError('expired', { operation: 'users.delta' }, null);
    await raiseDueMarks(database.db, [{ connectionId: connection.connectionId, groupId: null, notices: 1 }]);
    await readAll();
    await again();
    expect(await users()).toMatchObject([{ id: ann, state: 'present' }]);
  });

  it('publishes of a users round only the people whom a membership named', async () => {
    const ann = randomUUID();
    await name(ann, true);
    const chains = new ChainReader(stage.context());
    while (await chains.readOne());
    stage.graph.scriptUsers([
      { id: ann, attributes: { accountEnabled: false } },
      { id: randomUUID(), attributes: { displayName: 'Somebody else' } },
    ]);
    await raiseDueMarks(database.db, [{ connectionId: connection.connectionId, groupId: null, notices: 1 }]);
    while (await chains.readOne());
    expect(await users()).toEqual([{ id: ann, state: 'present', attributes: { accountEnabled: false } }]);
  });
});
