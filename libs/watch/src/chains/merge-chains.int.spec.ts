import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage } from '#watch/testing';
import { watchMigrations } from '../migrations/index.js';
import { ChainReader } from './chain-reader.js';
import { findMergeable, mergeChains } from './merge-chains.js';
import { MAX_GROUPS_PER_CHAIN } from './plan-chains.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('mergeChains', () => {
  const [one, two] = [randomUUID(), randomUUID()].sort() as [string, string];
  let stage: WatchStage;
  beforeEach(() => {
    stage = new WatchStage(() => database.db);
  });
  afterEach(() => stage.clear());

  const readAll = async () => {
    const reader = new ChainReader(stage.context());
    while (await reader.readOne());
  };
  const settle = () =>
    database.db.query(
      `UPDATE watch.chains SET created_at = created_at - interval '16 minutes', link_taken_at = link_taken_at - interval '16 minutes'`,
    );
  const chains = () =>
    database.db.query<{ state: string; groups: string[] }>(
      `SELECT c.state, ARRAY(SELECT g.group_id FROM watch.groups g WHERE g.chain_id = c.id ORDER BY 1) AS groups
         FROM watch.chains c WHERE c.kind = 'groups' ORDER BY c.state, c.created_at`,
    );

  it('takes a new link, lets the old chains be read beside it for settle, then switches at once', async () => {
    const connection = await stage.watch([one]);
    await stage.setScope(connection, [one, two]);
    await readAll();
    const baselines = await database.db.query(`SELECT group_id FROM watch.baselines`);
    await mergeChains(stage.context(), connection.connectionId);
    expect((await chains()).map(({ state }) => state)).toEqual(['live', 'live']);

    await settle();
    await mergeChains(stage.context(), connection.connectionId);
    await readAll();
    await mergeChains(stage.context(), connection.connectionId);
    expect((await chains()).map(({ state }) => state)).toEqual(['live', 'live', 'overlapping']);

    await settle();
    await mergeChains(stage.context(), connection.connectionId);
    expect(await chains()).toEqual([
      { state: 'live', groups: [one, two] },
      { state: 'retired', groups: [] },
      { state: 'retired', groups: [] },
    ]);
    // The new chain reports again what the old ones saw; nothing was between, so nobody reads the groups anew.
    expect(await database.db.query(`SELECT group_id FROM watch.baselines`)).toEqual(baselines);
    stage.graph.scriptGroups([{ id: two, members: [{ id: randomUUID(), type: 'user', removed: false }] }]);
    await readAll();
    expect(await stage.published(connection.connectionId)).toHaveLength(1);
  });

  it('is tried only where a chain waits to stand for others, or where the smallest two fit into one', async () => {
    const groups = (count: number) => Array.from({ length: count }, () => randomUUID());
    const mergeable = () => findMergeable(database.db);
    const { connectionId, ...connection } = await stage.watch([one]);
    const full = await stage.watch(groups(MAX_GROUPS_PER_CHAIN + 1));
    expect(await mergeable()).toEqual([]);
    await stage.setScope({ connectionId, ...connection }, [one, two]);
    expect(await mergeable()).toEqual([connectionId]);
    await database.db.query(`UPDATE watch.watched_connections SET live = false WHERE connection_id = $1`, [connectionId]);
    expect(await mergeable()).toEqual([]);
    await database.db.query(
      `UPDATE watch.chains SET state = 'overlapping' WHERE id = (SELECT id FROM watch.chains WHERE connection_id = $1 AND kind = 'users')`,
      [full.connectionId],
    );
    expect(await mergeable()).toEqual([full.connectionId]);
  });
});
