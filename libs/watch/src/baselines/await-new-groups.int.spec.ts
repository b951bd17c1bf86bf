import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectionSettingsSchema } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { baselineDone, baselineStarted, findAwaitingGroups, requestBaselines } from '#watch';
import { WatchStage } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { watchMigrations } from '../migrations/index.js';

const database = withDatabase([messagingMigrations, watchMigrations]);
const [known, added] = [randomUUID(), randomUUID()];
let stage: WatchStage;

beforeEach(() => void (stage = new WatchStage(() => database.db)));
afterEach(() => stage.clear());

it('a scope waits for a group that was added until the run that reads it has ended', async () => {
  const connection = await stage.watch([known]);
  const { connectionId } = connection;
  const reader = new ChainReader(stage.context());
  const readAll = async () => {
    while (await reader.readOne());
  };
  const runId = randomUUID();
  const read = async (groupId: string) => {
    await database.db.transaction((tx) => baselineStarted(tx, connectionId, [groupId], runId));
    await database.db.transaction((tx) => baselineDone(tx, runId));
  };
  const of = { connectionId, settings: connectionSettingsSchema.parse({}), effects: { live: true, run: true } };
  const waits = async (watchedGroupIds: string[], changed: object = {}) =>
    (await findAwaitingGroups(database.db, [{ ...of, watchedGroupIds, ...changed }])).has(connectionId);
  await readAll();
  await read(known);
  expect(await waits([known])).toBe(false);

  const scope = [known, added];
  expect(await waits(scope), 'not taken up yet').toBe(true);
  await stage.setScope(connection, scope);
  expect(await waits(scope), 'its chain has no link').toBe(true);
  await readAll();
  expect(await waits(scope), 'wants its baseline').toBe(true);
  expect(await waits(scope, { effects: { live: false, run: true } })).toBe(false);
  expect(await waits(scope, { settings: connectionSettingsSchema.parse({ scope: { mode: 'allUsers' } }) })).toBe(false);
  await read(added);
  expect(await waits(scope)).toBe(false);

  // What was read once is known, also while it is read again.
  await database.db.transaction((tx) => requestBaselines(tx, connection, [added], 'DELTA_EXPIRED'));
  expect(await waits(scope)).toBe(false);
});
