import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { recordFor } from '#messaging/testing';
import { RecordTooLargeError } from '../errors.js';
import { messagingMigrations } from '../migrations/index.js';
import { enqueue } from './enqueue.js';
import { MAX_RECORD_BYTES } from './outbox-record.js';
import { outboxStatus } from './outbox-status.js';

describe('enqueue', () => {
  const database = withDatabase([messagingMigrations]);

  it('leaves nothing of a transaction that rolls back', async () => {
    const failed = database.db.transaction(async (tx) => {
      await enqueue(tx, [recordFor('a', 0)]);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await outboxStatus(database.db)).toEqual({ records: 0, oldestSeconds: 0 });
  });

  it('refuses a record that no log would carry, and writes nothing', async () => {
    const record = recordFor('a', 1);
    const large = { ...record, event: { ...record.event, padding: 'x'.repeat(MAX_RECORD_BYTES) } };
    const refused = database.db.transaction((tx) => enqueue(tx, [recordFor('a', 0), large]));
    await expect(refused).rejects.toThrow(RecordTooLargeError);
    expect((await outboxStatus(database.db)).records).toBe(0);
  });

  it('keeps the given order and says what the record is', async () => {
    await database.db.transaction((tx) => enqueue(tx, [recordFor('a', 0), recordFor('b', 1), recordFor('a', 2)]));
    const rows = await database.db.query<{ key: string; headers: Record<string, string> }>(
      'SELECT key, headers FROM messaging.outbox ORDER BY id',
    );
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'a']);
    expect(rows[0]?.headers).toEqual({
      'event-type': 'rollcall.account.updated',
      'content-type': 'application/cloudevents+json',
    });
    const status = await outboxStatus(database.db);
    expect(status.records).toBe(3);
    expect(status.oldestSeconds).toBeGreaterThan(0);
  });
});
