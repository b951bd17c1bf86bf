import type { WatchContext } from '../watch-context.js';
import { blockConnection } from './block-connection.js';
import { decideFailure, type FailureReaction } from './decide-failure.js';

export interface FailedRead {
  readonly connectionId: string;
  readonly kind: 'groups' | 'users';
  /** Those before, in a row. */
  readonly failures: number;
  /** It gives way to live reads: where it is asked to wait, they need not wait with it. What Graph itself asks, every request respects. */
  readonly isLowPriority?: true;
}

/** What follows from a failure, and how to say it. */
export interface TakenFailure {
  readonly reaction: FailureReaction;
  readonly nextTryAt: Date;
  /** False where it waited for the same before. */
  readonly isNews: boolean;
}

/** Takes the failure of a read: where it is the whole connection's, that waits, and its admins are told. */
export async function takeFailure(
  { db, graph, clock, random }: WatchContext,
  error: unknown,
  { connectionId, kind, failures, isLowPriority }: FailedRead,
): Promise<TakenFailure> {
  const reaction = decideFailure(error, failures, random());
  const nextTryAt = new Date(clock().getTime() + ('waitMs' in reaction ? reaction.waitMs : 0));
  if (reaction.kind !== 'blockConnection') return { reaction, nextTryAt, isNews: true };
  if (isLowPriority === true && reaction.code === 'THROTTLED')
    return { reaction: { ...reaction, kind: 'retryLater' }, nextTryAt, isNews: failures === 0 };
  const isNews = await blockConnection(db, connectionId, reaction, kind);
  await graph.failed(connectionId, error);
  return { reaction, nextTryAt, isNews };
}
