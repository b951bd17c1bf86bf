import type { Lease, Tx } from '#database';
import type { Halt } from '../lifecycle/halt.js';
import type { ReadBook } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';

const LOOK_AGAIN_MS = 1_000;
/** The old chains are read on until the new ones stand for them, so going on without the new links loses nothing either. */
const PATIENCE_MS = 10 * 60_000;

/** A run from scratch reads after the new delta links were taken: what changes from then on is caught by them. Null: it may begin. */
export async function awaitNewLinks(tx: Tx, lease: Lease, run: SyncRun, book: ReadBook, now: Date): Promise<Halt | null> {
  await holdRun(tx, lease);
  const areTaken = await book.beginAnew(tx, run);
  if (areTaken || now.getTime() - run.requestedAt.getTime() >= PATIENCE_MS) return null;
  return { kind: 'wait', until: new Date(now.getTime() + LOOK_AGAIN_MS), failedAttempt: false };
}
