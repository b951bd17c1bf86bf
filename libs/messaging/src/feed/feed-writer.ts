import type { Envelope } from '#contracts';
import { lockNamed, type Database, type Tx } from '#database';
import { z } from 'zod';
import { classifyFailure } from '../classify-failure.js';
import { FEED_CHANNEL } from './feed-item.js';

const bound = z.object({ organisationId: z.string() });

interface Waiting {
  readonly event: Envelope;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MAX_EVENTS_A_COMMIT = 200;

/**
 * Appends events to the table that the live streams of all replicas read. Calls that come while a commit is on its way share the
 * next one, so a consumer with several partitions at once is not held to one commit an event.
 */
export class FeedWriter {
  private waiting: Waiting[] = [];
  private isFlushing = false;

  constructor(private readonly db: Database) {}

  /** Durable on return. A repeated event id is left as it is; an event of no organisation is passed over. */
  append(event: Envelope): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ event, resolve, reject });
      if (!this.isFlushing) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.isFlushing = true;
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, MAX_EVENTS_A_COMMIT));
    this.isFlushing = false;
  }

  /** Never rejects. An event that Postgres refuses fails alone: its neighbours are appended one by one. */
  private async commit(batch: readonly Waiting[]): Promise<void> {
    const events = batch.map(({ event }) => event);
    try {
      await this.db.transaction((tx) => appendToFeed(tx, events));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && classifyFailure(error) !== 'delay') for (const each of batch) await this.commit([each]);
      else for (const { reject } of batch) reject(error);
    }
  }
}

/** Under a lock that the commit ends: ids become visible in their order, so a reader's cursor never passes one by. */
async function appendToFeed(tx: Tx, events: readonly Envelope[]): Promise<void> {
  const rows = events.flatMap((event) => {
    const { data } = bound.safeParse(event.data);
    return data === undefined ? [] : [{ organisationId: data.organisationId, id: event.id, event: JSON.stringify(event) }];
  });
  if (rows.length === 0) return;
  await lockNamed(tx, 'messaging.feed');
  await tx.query(
    `INSERT INTO messaging.feed (organisation_id, event_id, event)
     SELECT organisation_id, event_id, event
       FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS input (organisation_id, event_id, event, position)
      ORDER BY position
     ON CONFLICT (event_id) DO NOTHING`,
    [rows.map(({ organisationId }) => organisationId), rows.map(({ id }) => id), rows.map(({ event }) => event)],
  );
  await tx.query('SELECT pg_notify($1, $2)', [FEED_CHANNEL, '']);
}
