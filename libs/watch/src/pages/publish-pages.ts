import { TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { DirectoryPages } from './directory-pages.js';

/** Puts the pages into the outbox, keyed by connection, in the transaction that commits what they tell. */
export async function publishPages(tx: Tx, pages: DirectoryPages): Promise<void> {
  const topic = TOPICS.directoryChanges.name;
  await enqueue(
    tx,
    pages.events.map((event) => ({ topic, key: pages.connectionId, event })),
  );
}
