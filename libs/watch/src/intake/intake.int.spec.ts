import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Queryable } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { IntakeOverloadedError, IntakeUnavailableError } from '../errors.js';
import { watchMigrations } from '../migrations/index.js';
import { Intake } from './intake.js';
import { hashClientState } from './judge-item.js';
import { SubscriptionDirectory } from './subscription-directory.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('Intake', () => {
  const group = randomUUID();
  const graphId = randomUUID();
  const clientState = randomBytes(16).toString('hex');
  let stage: WatchStage;
  let connection: WatchedConnection;
  let statements: number;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    await subscribe(graphId);
    statements = 0;
  });
  afterEach(() => stage.clear());

  const subscribe = (id: string) =>
    database.db.query(
      `INSERT INTO watch.subscriptions (id, connection_id, organisation_id, tenant_id, purpose, group_id, resource, notification_url, client_state_hash, graph_id)
       VALUES (gen_random_uuid(), $1, $2, $3, 'group', $4, 'x', 'x', $5, $6)`,
      [connection.connectionId, connection.organisationId, connection.tenantId, group, hashClientState(clientState), id],
    );
  const counting: Queryable = {
    query: (sql, params) => {
      statements += 1;
      return database.db.query(sql, params);
    },
  };
  const away: Queryable = { query: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })) };
  const intakeOn = (db: Queryable, options: { maxWaiting?: number; deadlineMs?: number } = {}) =>
    new Intake({
      db,
      directory: new SubscriptionDirectory(db),
      verifyKey: (key) => (key === 'key' ? connection.connectionId : null),
      ...options,
    });
  const item = (overrides: object = {}) => ({
    subscriptionId: graphId,
    clientState,
    tenantId: connection.tenantId,
    resource: `Groups/${group}`,
    resourceData: { id: group },
    ...overrides,
  });
  const mark = async () =>
    (
      await database.db.query<{ due_seq: number; notices: number }>(
        `SELECT m.due_seq, m.notices FROM watch.due_marks m JOIN watch.groups g ON g.chain_id = m.chain_id WHERE g.group_id = $1`,
        [group],
      )
    )[0];

  it('raises the due mark before it resolves (invariant 1)', async () => {
    expect(await intakeOn(database.db).accept('key', [item()])).toEqual({ accepted: 1 });
    expect(await mark()).toEqual({ due_seq: 1, notices: 1 });
  });

  it('counts bad items, processes none of them, and lets them fail no neighbour', async () => {
    const batch = [
      item({ clientState: 'guess' }),
      item({ tenantId: randomUUID() }),
      item({ subscriptionId: randomUUID() }),
      'noise',
      item(),
      item(),
    ];
    const counts = await intakeOn(database.db).accept('key', batch);
    expect(counts).toEqual({ wrongClientState: 1, foreignTenant: 1, unknownSubscription: 1, malformed: 1, accepted: 2 });
    expect(await mark()).toEqual({ due_seq: 1, notices: 2 });
  });

  it('drops an unknown key before any database work', async () => {
    expect(await intakeOn(away).accept('stranger', [item(), item()])).toEqual({ unknownKey: 2 });
  });

  it('writes a burst in a few statements', async () => {
    const intake = intakeOn(counting);
    await intake.accept('key', [item()]);
    statements = 0;
    await Promise.all(Array.from({ length: 500 }, () => intake.accept('key', [item(), item()])));
    expect((await mark())?.notices).toBe(1_001);
    expect(statements).toBeLessThan(50);
  });

  it('asks the database for a subscription that it does not know, but not again and again', async () => {
    const intake = intakeOn(counting);
    await intake.accept('key', [item()]);
    const newer = randomUUID();
    await subscribe(newer);
    expect(await intake.accept('key', [item({ subscriptionId: newer })])).toEqual({ accepted: 1 });
    const stranger = item({ subscriptionId: randomUUID() });
    await intake.accept('key', [stranger]);
    statements = 0;
    for (let again = 0; again < 20; again += 1) await intake.accept('key', [stranger]);
    expect(statements).toBe(0);
  });

  it('never acknowledges while Postgres is away (invariant 1)', async () => {
    await expect(intakeOn(away).accept('key', [item()])).rejects.toBeInstanceOf(IntakeUnavailableError);
    const directory = new SubscriptionDirectory(database.db);
    await directory.refresh();
    const warm = new Intake({ db: away, directory, verifyKey: () => connection.connectionId });
    await expect(warm.accept('key', [item()])).rejects.toBeInstanceOf(IntakeUnavailableError);
  });

  it('refuses what it cannot take in time, so that Graph sends it again', async () => {
    const directory = new SubscriptionDirectory(database.db);
    await directory.refresh();
    const stuck: Queryable = { query: () => new Promise(() => undefined) };
    const intake = new Intake({ db: stuck, directory, verifyKey: () => connection.connectionId, maxWaiting: 1, deadlineMs: 100 });
    const results = await Promise.allSettled([1, 2, 3].map(() => intake.accept('key', [item()])));
    const reasons = results.map((result) => (result.status === 'rejected' ? (result.reason as Error).constructor : null));
    expect(reasons).toEqual([IntakeUnavailableError, IntakeUnavailableError, IntakeOverloadedError]);
  });

  it('notes what lifecycle items ask for, and wakes the keeper', async () => {
    await database.db.query(`UPDATE watch.watched_connections SET keeper_due_at = now() + interval '1 hour'`);
    const lifecycle = {
      subscriptionId: graphId,
      clientState,
      tenantId: connection.tenantId,
      lifecycleEvent: 'reauthorizationRequired',
    };
    expect(await intakeOn(database.db).accept('key', [lifecycle])).toEqual({ lifecycle: 1 });
    expect(
      await database.db.query(
        `SELECT s.reauthorize, w.keeper_due_at <= now() AS due FROM watch.subscriptions s JOIN watch.watched_connections w USING (connection_id)`,
      ),
    ).toEqual([{ reauthorize: true, due: true }]);
  });
});
