import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { ConsentMissingError, QuotaExceededError, WebhookUnreachableError, type GraphSubscription } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { watchMigrations } from '../migrations/index.js';
import { SubscriptionKeeper } from './subscription-keeper.js';

const database = withDatabase([messagingMigrations, watchMigrations]);
const facts = { operation: 'subscriptions.create' };
const PUBLIC_URL = 'https://hook.example';

describe('SubscriptionKeeper', () => {
  const group = randomUUID();
  let stage: WatchStage;
  let connection: WatchedConnection;
  let keeper: SubscriptionKeeper;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    keeper = keeperAt(PUBLIC_URL);
  });
  afterEach(() => stage.clear());

  const keeperAt = (publicUrl: string | null, budget?: number) =>
    new SubscriptionKeeper(stage.context(), {
      publicUrl: async () => publicUrl,
      keyOf: (connectionId) => `key-of-${connectionId}`,
      ...(budget === undefined ? {} : { budget }),
    });
  const due = () =>
    database.db.query(`UPDATE watch.watched_connections SET keeper_due_at = now() - interval '1 second', lease_until = NULL`);
  const visit = async (by = keeper) => {
    await due();
    await by.visitOne();
  };
  const held = () => [...stage.graph.subscriptions.held.values()];
  const resources = () =>
    held()
      .map(({ resource }) => resource)
      .sort();
  const state = async () =>
    (
      await database.db.query<{ mode: string; problem_code: string | null; problem_message: string | null }>(
        `SELECT mode, problem_code, problem_message FROM watch.watched_connections WHERE connection_id = $1`,
        [connection.connectionId],
      )
    )[0];
  const rows = () =>
    database.db.query<{ id: string; graph_id: string | null }>(`SELECT id, graph_id FROM watch.subscriptions ORDER BY resource`);
  const told = async () =>
    (await stage.published<{ object: { resource: string } }>(connection.connectionId)).map(
      ({ type, data }) => `${type} ${data.object.resource}`,
    );
  const dueMarks = async () =>
    (await database.db.query<{ due: number }>(`SELECT sum(due_seq)::int AS due FROM watch.due_marks`))[0]?.due;

  it('makes one subscription per group and one on people, with the row and its client state before the POST', async () => {
    const seen: number[] = [];
    stage.graph.subscriptions.afterCreate = async () => void seen.push((await rows()).length);
    await visit();
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
    expect(seen).toEqual([1, 2]);
    for (const { clientState, notificationUrl, lifecycleNotificationUrl } of held()) {
      expect(clientState?.length).toBeGreaterThanOrEqual(32);
      expect(notificationUrl).toContain(`${PUBLIC_URL}/webhooks/graph/notifications?k=key-of-${connection.connectionId}`);
      expect(lifecycleNotificationUrl).toContain(`${PUBLIC_URL}/webhooks/graph/lifecycle?k=`);
    }
    expect(new Set(held().map(({ clientState }) => clientState)).size).toBe(2);
    expect(await dueMarks()).toBe(2);
    expect(await state()).toMatchObject({ mode: 'perGroup', problem_code: null });
  });

  it("adopts a subscription after a crash between Graph's 201 and our commit (invariant 1)", async () => {
    const crash = new Error('the process died');
    stage.graph.subscriptions.afterCreate = () => Promise.reject(crash);
    await visit();
    const [made] = held() as [GraphSubscription];
    expect((await rows()).map((row) => row.graph_id)).toEqual([null]);
    stage.graph.subscriptions.afterCreate = undefined;
    await visit();
    expect(stage.graph.subscriptions.held.has(made.id)).toBe(true);
    expect((await rows()).map((row) => row.graph_id)).toContain(made.id);
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
    expect(await dueMarks()).toBe(2);
  });

  it('makes anew a subscription that is ours but whose client state nobody knows', async () => {
    const stray = await stage.graph.subscriptions.create({
      resource: `/groups/${group}`,
      notificationUrl: `${PUBLIC_URL}/webhooks/graph/notifications?k=old`,
      lifecycleNotificationUrl: PUBLIC_URL,
      clientState: 'forgotten',
      expiresAt: new Date(Date.now() + 1e8),
    });
    await visit();
    expect(stage.graph.subscriptions.held.has(stray.id)).toBe(false);
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
  });

  it('leaves a subscription of another system alone and says SUBSCRIPTION_TAKEN', async () => {
    const foreign = await stage.graph.subscriptions.create({
      resource: `/groups/${group}`,
      notificationUrl: 'https://hook.example.evil/webhooks',
      lifecycleNotificationUrl: PUBLIC_URL,
      clientState: 'theirs',
      expiresAt: new Date(Date.now() + 1e8),
    });
    await visit();
    expect(stage.graph.subscriptions.held.get(foreign.id)?.clientState).toBe('theirs');
    expect(await state()).toMatchObject({ mode: 'sweepOnly', problem_code: 'SUBSCRIPTION_TAKEN' });
  });

  it('switches to one on all groups past the budget and back, new before old', async () => {
    await visit();
    const before = held().find(({ resource }) => resource === `/groups/${group}`);
    let oldWasThere = false;
    stage.graph.subscriptions.afterCreate = () => void (oldWasThere = held().some(({ id }) => id === before?.id));
    await visit(keeperAt(PUBLIC_URL, 1));
    expect(oldWasThere).toBe(true);
    expect(resources()).toEqual(['/groups', '/users']);
    expect(await state()).toMatchObject({ mode: 'perTenant' });
    await visit();
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
  });

  it('makes do with one on all groups where the quota is full', async () => {
    stage.graph.subscriptions.refusals.set(`/groups/${group}`, new QuotaExceededError('full', facts));
    await visit();
    expect(await state()).toMatchObject({ problem_code: 'QUOTA_EXCEEDED' });
    await visit();
    expect(resources()).toEqual(['/groups', '/users']);
    expect(await state()).toMatchObject({ mode: 'perTenant', problem_code: null });
  });

  it('sweeps without the permission and names the one that makes it live', async () => {
    stage.graph.subscriptions.refusals.set(`/groups/${group}`, new ConsentMissingError('no', facts, null));
    await visit();
    expect(await state()).toMatchObject({ mode: 'sweepOnly', problem_code: 'CONSENT_MISSING' });
    expect((await state())?.problem_message).toContain('Group.Read.All');
    stage.graph.subscriptions.refusals.clear();
    await visit();
    expect(await state()).toMatchObject({ mode: 'perGroup', problem_code: null });
  });

  it('says that the webhook cannot be reached, and leaves no row behind', async () => {
    for (const resource of [`/groups/${group}`, '/users']) {
      stage.graph.subscriptions.refusals.set(resource, new WebhookUnreachableError('timed out', facts));
    }
    await visit();
    expect(await state()).toMatchObject({ mode: 'sweepOnly', problem_code: 'WEBHOOK_UNREACHABLE' });
    expect(await rows()).toEqual([]);
  });

  it('renews daily and whenever it is asked to reauthorise', async () => {
    await visit();
    await visit();
    expect(stage.graph.subscriptions.renewed).toEqual([]);
    await database.db.query(`UPDATE watch.subscriptions SET renewed_at = now() - interval '25 hours' WHERE purpose = 'users'`);
    await database.db.query(`UPDATE watch.subscriptions SET reauthorize = true WHERE purpose = 'group'`);
    await visit();
    expect(stage.graph.subscriptions.renewed).toHaveLength(2);
    await visit();
    expect(stage.graph.subscriptions.renewed).toHaveLength(2);
  });

  it('makes subscriptions anew one by one, and keeps those that still speak where Graph refuses the first', async () => {
    await visit();
    const ids = () => held().map(({ id }) => id);
    const old = ids();
    const makeAnew = () => database.db.query('UPDATE watch.subscriptions SET make_anew = true');
    await makeAnew();
    await visit();
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
    expect(ids().filter((id) => old.includes(id))).toEqual([]);
    await visit();
    const made = ids();
    await makeAnew();
    stage.graph.subscriptions.refusals.set(`/groups/${group}`, new WebhookUnreachableError('unreachable', facts));
    await visit();
    expect(ids()).toEqual(held().flatMap(({ id, resource }) => (resource === '/users' && made.includes(id) ? [id] : [])));
    expect(resources()).toEqual(['/users']);
    stage.graph.subscriptions.refusals.clear();
    await visit();
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
    expect(ids().filter((id) => made.includes(id))).toEqual([]);
  });

  it('notices a subscription that vanished, makes it anew and tells both', async () => {
    await visit();
    await database.db.query(`UPDATE watch.subscriptions SET created_at = now() - interval '1 hour'`);
    const gone = held().find(({ resource }) => resource === '/users');
    stage.graph.subscriptions.held.delete(gone?.id ?? '');
    await visit();
    expect(resources()).toEqual([`/groups/${group}`, '/users']);
    expect(await told()).toEqual(['rollcall.subscription.lost /users', 'rollcall.subscription.restored /users']);
  });

  it('tells of each lost subscription by its resource, and of its return when that one is there again or nobody wants it', async () => {
    await visit();
    await database.db.query(`UPDATE watch.subscriptions SET created_at = now() - interval '1 hour'`);
    stage.graph.subscriptions.held.clear();
    stage.graph.subscriptions.refusals.set(`/groups/${group}`, new ConsentMissingError('no', facts, null));
    await visit();
    expect((await told()).toSorted()).toEqual([
      `rollcall.subscription.lost /groups/${group}`,
      'rollcall.subscription.lost /users',
      'rollcall.subscription.restored /users',
    ]);
    await stage.forgetPublished();
    await visit(keeperAt(PUBLIC_URL, 1));
    expect(await told()).toEqual([`rollcall.subscription.restored /groups/${group}`]);
    await visit(keeperAt(PUBLIC_URL, 1));
    expect(await told()).toHaveLength(1);
  });

  it('knows the one that it makes in place of a young one that could not be renewed, so that its notifications are believed', async () => {
    await visit();
    const gone = held().find(({ resource }) => resource === `/groups/${group}`);
    stage.graph.subscriptions.held.delete(gone?.id ?? '');
    await database.db.query(`UPDATE watch.subscriptions SET reauthorize = true WHERE purpose = 'group'`);
    await visit();
    expect((await rows()).map((row) => row.graph_id).toSorted()).toEqual(
      held()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(await state()).toMatchObject({ mode: 'perGroup', problem_code: null });
  });

  it('polls where Graph cannot reach it, and ends what it had', async () => {
    await visit();
    await visit(keeperAt(null));
    expect(held()).toEqual([]);
    expect(await state()).toMatchObject({ mode: 'polling' });
  });

  it('ends the subscriptions of a connection that was paused', async () => {
    await visit();
    await database.db.query(`UPDATE watch.watched_connections SET live = false`);
    await visit();
    expect(held()).toEqual([]);
    expect(await rows()).toEqual([]);
  });
});
