import { describe, expect, it } from 'vitest';
import { silentLog, TOPICS } from '#contracts';
import { withDatabase } from '#database/testing';
import { eventually } from '#test/eventually';
import type { LogRecord } from '../log-engine.js';
import { messagingMigrations } from '../migrations/index.js';
import { bucketOf } from '../partitioner.js';
import { EmbeddedLogEngine } from './embedded-log-engine.js';
import { trimLog } from './trim-log.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const { directoryChanges, provisioningEvents } = TOPICS;

describe('trimLog', () => {
  const database = withDatabase([messagingMigrations]);

  it('shrinks each topic to its retention, and readers pass over what is gone', async () => {
    const engine = new EmbeddedLogEngine({ db: database.db, listener: { on: () => () => {} }, log: silentLog });
    const publish = (topic: typeof directoryChanges.name | typeof provisioningEvents.name, text: string) =>
      engine.publisher().publish([{ topic, key: 'a', headers: {}, value: Buffer.from(text) }]);
    await publish(directoryChanges.name, 'old page');
    await publish(provisioningEvents.name, 'old effect');
    await database.db.query("UPDATE messaging.log_records SET published_at = now() - interval '8 days'");
    await publish(directoryChanges.name, 'new page');

    expect(await trimLog(database.db, () => new Date())).toBe(1);
    expect(await trimLog(database.db, () => new Date(Date.now() + 23 * DAY_MS))).toBe(2);

    await publish(directoryChanges.name, 'newest page');
    const seen: LogRecord[] = [];
    const source = engine.source('reader');
    source.start({
      topics: [directoryChanges.name],
      onBatch: async (batch) => {
        seen.push(...batch.records);
        await batch.commit((batch.records.at(-1)?.offset ?? 0) + 1);
        return { resumeAfterMs: 0 };
      },
    });
    await eventually(() => expect(seen.map(({ value, offset }) => [value.toString(), offset])).toEqual([['newest page', 2]]));
    await source.stop();
    expect(seen[0]?.partition).toBe(bucketOf('a', 12));
  });
});
