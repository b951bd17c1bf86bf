import { randomUUID } from 'node:crypto';
import {
  buildEvent,
  runApprovedV1,
  runAwaitingReviewV1,
  runCancelledV1,
  runCompletedV1,
  runFailedV1,
  runRequestedV1,
  runSupersededV1,
  runUndoneV1,
  TOPICS,
} from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { SyncRun } from '../run.js';
import type { SkippedPerson } from '../summary/first-skips.js';

const FACTS = {
  requested: runRequestedV1,
  awaitingReview: runAwaitingReviewV1,
  approved: runApprovedV1,
  completed: runCompletedV1,
  failed: runFailedV1,
  cancelled: runCancelledV1,
  superseded: runSupersededV1,
  undone: runUndoneV1,
} as const;

export type RunFact = keyof typeof FACTS;

/** A notice names the first groups of a run; whoever needs them all asks for the run. */
const TOLD_GROUPS = 10;

/** What some facts say besides. */
export interface FactDetails {
  readonly firstSkips?: readonly SkippedPerson[];
  /** Changes of the plan by action. */
  readonly planned?: Readonly<Record<string, number>>;
  /** The run that took this one back. */
  readonly undo?: Pick<SyncRun, 'id' | 'requestedBy'>;
}

/** Tells the world of a run's new state, through the outbox of the transaction that changed it. */
export async function publishRunFact(
  tx: Tx,
  run: SyncRun,
  fact: RunFact,
  now: Date,
  { firstSkips = [], planned, undo }: FactDetails = {},
): Promise<void> {
  const identity = { id: randomUUID(), source: '/rollcall/full-sync', key: run.connectionId, time: now, subject: run.id };
  const { id, kind, apply, state, reason, requestedBy, cancelledBy, supersededBy, groupIds, undoes } = run;
  const groups = groupIds === null ? {} : { groupCount: groupIds.length, groupIds: groupIds.slice(0, TOLD_GROUPS) };
  const event = buildEvent(FACTS[fact], identity, {
    organisationId: run.organisationId,
    connectionId: run.connectionId,
    run: {
      ...{ id, kind, apply, state, reason, requestedBy, ...groups },
      ...(undoes === null ? {} : { undoes }),
      ...(cancelledBy === null ? {} : { cancelledBy }),
      ...(supersededBy === null ? {} : { supersededBy }),
      ...(undo === undefined ? {} : { undoneBy: { runId: undo.id, requestedBy: undo.requestedBy } }),
    },
    summary: run.summary,
    error: run.error,
    ...(planned === undefined ? {} : { planned: { ...planned } }),
    ...(firstSkips.length === 0 ? {} : { firstSkips: [...firstSkips] }),
  });
  await enqueue(tx, [{ topic: TOPICS.syncRuns.name, key: run.connectionId, event }]);
}
