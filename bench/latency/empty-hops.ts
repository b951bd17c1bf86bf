import { randomUUID } from 'node:crypto';
import { silentLog, type Envelope } from '#contracts';
import { Database, migrate, NotificationListener } from '#database';
import { EmbeddedLogEngine, enqueue, KafkaEngine, messagingMigrations, OutboxRelay, type LogRecord } from '#messaging';
import { withClient } from '../support/bench-postgres.js';
import { commitTimes, latencies } from '../support/committed-rows.js';
import { paced } from '../support/paced.js';

const TOPIC = 'provisioning.events.v1';

/** Latencies of the same hops with nothing in them: insert into the outbox, relay, log, one upsert. */
export async function emptyHops(
  url: string,
  brokers: string | undefined,
  pace: { readonly changes: number; readonly perSecond: number },
): Promise<number[]> {
  await migrate(url, [messagingMigrations]);
  const db = await Database.connect({ url, applicationName: 'bench hops' });
  await db.query('CREATE TABLE arrived (id uuid PRIMARY KEY, topic text NOT NULL)');
  const listener = new NotificationListener(url, silentLog);
  await listener.start();
  const engine =
    brokers === undefined
      ? new EmbeddedLogEngine({ db, listener, log: silentLog })
      : new KafkaEngine(
          { brokers: brokers.split(','), clientId: 'bench', ssl: false, topicPrefix: `bench-${randomUUID()}.` },
          silentLog,
        );
  await engine.ensureTopics('bench');
  const relay = new OutboxRelay({ db, publisher: engine.publisher(), listener, log: silentLog });
  const source = engine.source('bench');
  try {
    relay.start();
    source.start({
      topics: [TOPIC],
      onBatch: async (batch) => {
        await upsert(db, batch.records);
        await batch.commit((batch.records.at(-1)?.offset ?? 0) + 1);
        return { resumeAfterMs: 0 };
      },
    });
    await travel(
      db,
      ['warm-up'].map(() => randomUUID()),
      pace.perSecond,
    );
    await withClient(url, (client) => commitTimes(client, { sql: ARRIVED, params: [], expected: 1 }));
    const ids = Array.from({ length: pace.changes }, () => randomUUID());
    const begun = await travel(db, ids, pace.perSecond);
    const rows = await withClient(url, (client) => commitTimes(client, { sql: ARRIVED, params: [], expected: ids.length + 1 }));
    return latencies(begun, rows);
  } finally {
    await source.stop();
    await relay.stop();
    await engine.close();
    await listener.stop();
    await db.close();
  }
}

function travel(db: Database, ids: readonly string[], perSecond: number): Promise<Map<string, number>> {
  return paced(ids, perSecond, (id) => db.transaction((tx) => enqueue(tx, [{ topic: TOPIC, key: id, event: eventOf(id) }])));
}

async function upsert(db: Database, records: readonly LogRecord[]): Promise<void> {
  const ids = [...new Set(records.map(({ key }) => key))];
  await db.query(
    `INSERT INTO arrived (id, topic) SELECT id, $2 FROM unnest($1::uuid[]) AS id ON CONFLICT (id) DO UPDATE SET topic = EXCLUDED.topic`,
    [ids, TOPIC],
  );
}

function eventOf(id: string): Envelope {
  return { specversion: '1.0', id, source: '/bench', type: 'bench.change', time: new Date().toISOString(), data: {} };
}

const ARRIVED = 'SELECT id, xmin FROM arrived';
