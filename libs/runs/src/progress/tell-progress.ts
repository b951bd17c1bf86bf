import { randomUUID } from 'node:crypto';
import { buildEvent, runProgressedV1, TOPICS, type Clock, type Log, type RunState } from '#contracts';
import type { Database, Tx } from '#database';
import { enqueue } from '#messaging';
import { getRun } from '../queries/find-runs.js';
import type { PresentedRun } from '../queries/present-run.js';
import type { SyncRun } from '../run.js';

const EVERY_MS = 1_000;
const MOVING: readonly RunState[] = ['reading', 'comparing', 'approved', 'applying'];

export interface ProgressTeller {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells how far a run has come while `work` goes on, each second at most and only what is new. Nothing of the work waits for it. */
export async function whileTelling<Result>(
  tools: ProgressTeller,
  run: Pick<SyncRun, 'id' | 'organisationId' | 'connectionId'>,
  work: () => Promise<Result>,
): Promise<Result> {
  let told = '';
  let telling = Promise.resolve();
  let isTelling = false;
  const tell = async () => {
    try {
      told = await tools.database.transaction((tx) => tellProgress(tx, run, told, tools.clock()));
    } catch (error) {
      tools.log.debug({ runId: run.id, error }, 'how far the run has come was not told');
    }
    isTelling = false;
  };
  const timer = setInterval(() => {
    if (isTelling) return;
    isTelling = true;
    telling = tell();
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await telling;
  }
}

/**
 * Answers what was told last. The row is locked, so that nothing is told of a run that has ended; where a page is being stored it is
 * told a second later.
 */
async function tellProgress(
  tx: Tx,
  { id, organisationId, connectionId }: Pick<SyncRun, 'id' | 'organisationId' | 'connectionId'>,
  told: string,
  now: Date,
): Promise<string> {
  const free = await tx.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND state = ANY ($2) FOR SHARE SKIP LOCKED', [
    id,
    MOVING,
  ]);
  if (free.length === 0) return told;
  const { kind, apply, state, reason, progress } = await getRun(tx, organisationId, id);
  const news = newsOf(state, progress);
  if (news === told) return told;
  const identity = { id: randomUUID(), source: '/rollcall/full-sync', key: connectionId, time: now, subject: id };
  const fact = {
    organisationId,
    connectionId,
    run: { id, kind, apply, state, reason },
    progress: { ...progress, groups: { ...progress.groups } },
  };
  await enqueue(tx, [{ topic: TOPICS.syncRuns.name, key: connectionId, event: buildEvent(runProgressedV1, identity, fact) }]);
  return news;
}

/** A rate that changes while nothing moves is no news. */
function newsOf(state: RunState, { perSecond: _rate, secondsLeft: _rest, ...counts }: PresentedRun['progress']): string {
  return JSON.stringify([state, counts]);
}
