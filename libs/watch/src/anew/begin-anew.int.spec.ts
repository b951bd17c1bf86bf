import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { mergeChains } from '../chains/merge-chains.js';
import { watchMigrations } from '../migrations/index.js';
import { beginAnew, endAnew } from './begin-anew.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('beginAnew', () => {
  const [one, two] = [randomUUID(), randomUUID()].sort() as [string, string];
  let runId: string;
  let stage: WatchStage;
  let connection: WatchedConnection;

  beforeEach(async () => {
    runId = randomUUID();
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([one, two]);
    await readAll();
    await database.db.query('DELETE FROM watch.baselines');
  });
  afterEach(() => stage.clear());

  const readAll = async () => {
    const reader = new ChainReader(stage.context());
    while (await reader.readOne());
  };
  const begin = () => database.db.transaction((tx) => beginAnew(tx, connection, runId));
  const end = (unread: string[] = []) => database.db.transaction((tx) => endAnew(tx, runId, unread));
  const settle = async () => {
    await database.db.query(`UPDATE watch.chains SET link_taken_at = link_taken_at - interval '16 minutes'`);
    await mergeChains(stage.context(), connection.connectionId);
  };
  const chains = (kind: 'groups' | 'users') =>
    database.db.query<{ id: string; state: string; link: string | null }>(
      'SELECT id, state, link FROM watch.chains WHERE kind = $1 ORDER BY state, created_at',
      [kind],
    );
  const live = async (kind: 'groups' | 'users') => (await chains(kind)).filter(({ state }) => state === 'live');
  /** In the middle of a round that never ends. */
  const breakOldChains = () =>
    database.db.query(`UPDATE watch.chains SET next_link = 'broken', retry_at = now() + interval '1 day' WHERE state = 'live'`);

  it('takes new links beside the old ones, which are read on, and switches when settle has passed (new before old)', async () => {
    const [oldGroups, oldUsers] = [await live('groups'), await live('users')];
    expect(await begin()).toBe(false);
    expect(await live('groups')).toEqual(oldGroups);
    await readAll();
    expect(await begin()).toBe(true);
    expect(await live('groups')).toEqual(oldGroups);
    await settle();
    for (const [kind, old] of [
      ['groups', oldGroups],
      ['users', oldUsers],
    ] as const) {
      const [now, ...more] = await live(kind);
      expect(more).toEqual([]);
      expect(old.map(({ link }) => link)).not.toContain(now?.link);
    }
    const groups = await database.db.query<{ chain_id: string }>('SELECT DISTINCT chain_id FROM watch.groups');
    expect(groups.map(({ chain_id }) => chain_id)).toEqual((await live('groups')).map(({ id }) => id));
    expect(await database.db.query('SELECT 1 FROM watch.baselines')).toEqual([]);
  });

  it('asks for new subscriptions, once however often it is called', async () => {
    await database.db.query(
      `INSERT INTO watch.subscriptions (id, connection_id, organisation_id, tenant_id, purpose, resource, notification_url,
         client_state_hash, graph_id) VALUES ($1, $2, $3, $4, 'users', '/users', 'https://x', '\\x00', 'theirs')`,
      [randomUUID(), connection.connectionId, connection.organisationId, connection.tenantId],
    );
    await begin();
    expect(await database.db.query('SELECT make_anew FROM watch.subscriptions')).toEqual([{ make_anew: true }]);
    await database.db.query('UPDATE watch.subscriptions SET make_anew = false');
    const after = await chains('groups');
    await begin();
    expect(await chains('groups')).toEqual(after);
    expect(await database.db.query('SELECT make_anew FROM watch.subscriptions')).toEqual([{ make_anew: false }]);
  });

  it('does not wait for an old chain that is broken, once a run has read everything after the new links were taken', async () => {
    await begin();
    await readAll();
    await breakOldChains();
    expect(await begin()).toBe(true);
    await settle();
    expect((await chains('groups')).map(({ state }) => state)).toEqual(['live', 'overlapping']);
    await end();
    await settle();
    expect((await chains('groups')).map(({ state }) => state)).toEqual(['live', 'retired']);
    expect((await live('groups')).map(({ link }) => link)).not.toContain(null);
  });

  it('waits for it where the run could not read one of its groups', async () => {
    await begin();
    await readAll();
    await breakOldChains();
    await begin();
    await end([two]);
    await settle();
    expect((await chains('groups')).map(({ state }) => state)).toEqual(['live', 'overlapping']);
    expect((await chains('users')).map(({ state }) => state)).toEqual(['live', 'retired']);
  });

  it('only forgets the links where live sync rests: they begin anew, with a baseline, when it goes on', async () => {
    await database.db.query('UPDATE watch.watched_connections SET live = false');
    expect(await begin()).toBe(true);
    expect((await chains('groups')).map(({ state, link }) => [state, link])).toEqual([['live', null]]);
    await database.db.query('UPDATE watch.watched_connections SET live = true');
    await readAll();
    const baselines = await database.db.query<{ group_id: string }>('SELECT group_id FROM watch.baselines ORDER BY 1');
    expect(baselines.map(({ group_id }) => group_id)).toEqual([one, two]);
  });

  it('has nothing to do for a connection that was never live', async () => {
    connection = { connectionId: randomUUID(), organisationId: randomUUID(), tenantId: randomUUID() };
    expect(await begin()).toBe(true);
  });
});
