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

  it('of people waits longer each time that their page comes back, up to an hour', async () => {
    const connectionId = randomUUID();
    const memberId = randomUUID();
    const payload = { data: { ...owner, connectionId, users: [{ id: memberId }] } };
    const waits: number[] = [];
    for (let letter = 1; letter <= 9; letter += 1) {
      const now = new Date();
      await database.db.query(
        `INSERT INTO messaging.dead_letters (connection_id, consumer_group, topic, partition, "offset", key, headers, value, event_type,
                reason_code, reason_message, attempts, first_at, last_at)
         VALUES ($1, 'provisioning', 'directory.changes.v1', 0, $2, 'key', '{}', '', $3, 'Error', '', 5, $4, $4)`,
        [connectionId, letter, usersChangedV1.type, now],
      );
      // What was read anew is off the list before its page comes back.
      await database.db.query('DELETE FROM watch.rechecks WHERE member_id = $1', [memberId]);
      await database.db.transaction((tx) => openRepair(tx, { eventType: usersChangedV1.type, payload }, now));
      const [row] = await database.db.query<{ due: Date }>('SELECT due_at AS due FROM watch.rechecks WHERE member_id = $1', [
        memberId,
      ]);
      waits.push((row!.due.getTime() - now.getTime()) / 60_000);
    }
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('that does not name its people or group opens nothing and does not throw', async () => {
    for (const payload of [null, 'text', { data: { groupId: 'x' } }]) {
      await database.db.transaction((tx) => openRepair(tx, { eventType: membershipsChangedV1.type, payload }, new Date()));
    }
    expect(await database.db.query('SELECT 1 FROM watch.baselines WHERE connection_id = $1', [owner.connectionId])).toEqual([]);
  });
});
