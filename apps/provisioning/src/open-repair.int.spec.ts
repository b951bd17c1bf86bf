import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { membershipsChangedV1, usersChangedV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { watchMigrations } from '#watch';
import { openRepair } from './open-repair.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations]);

describe('the repair of a dead-lettered page', () => {
  const owner = { organisationId: randomUUID(), connectionId: randomUUID() };

  it('of people puts them on the recheck list', async () => {
    const id = randomUUID();
    const payload = { data: { ...owner, users: [{ id, state: 'nonsense' }] } };
    await database.db.transaction((tx) => openRepair(tx, { eventType: usersChangedV1.type, payload }, new Date()));
    const rows = await database.db.query('SELECT kind, reason FROM watch.rechecks WHERE member_id = $1', [id]);
    expect(rows).toEqual([{ kind: 'user', reason: 'DEAD_LETTER' }]);
  });

  it('that does not name its people or group opens nothing and does not throw', async () => {
    for (const payload of [null, 'text', { data: { groupId: 'x' } }]) {
      await database.db.transaction((tx) => openRepair(tx, { eventType: membershipsChangedV1.type, payload }, new Date()));
    }
    expect(await database.db.query('SELECT 1 FROM watch.baselines WHERE connection_id = $1', [owner.connectionId])).toEqual([]);
  });
});
