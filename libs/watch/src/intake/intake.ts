import { isDatabaseAway, type Queryable } from '#database';
import { currentTraceparent } from '#tracing';
import { IntakeUnavailableError } from '../errors.js';
import { judgeItem, parseItem, type ItemVerdict, type RejectedOutcome } from './judge-item.js';
import { noteLifecycleEvents } from './lifecycle-events.js';
import { NoticeBatcher, type NoticeBatcherOptions } from './notice-batcher.js';
import type { SubscriptionDirectory } from './subscription-directory.js';

export type IntakeOutcome = RejectedOutcome | 'accepted' | 'lifecycle' | 'unknownKey';
export type IntakeCounts = Readonly<Partial<Record<IntakeOutcome, number>>>;

export interface IntakeOptions extends NoticeBatcherOptions {
  readonly db: Queryable;
  readonly directory: SubscriptionDirectory;
  /** The connection that the key in the registered address belongs to, found without the database; null for any other text. */
  readonly verifyKey: (key: string) => string | null;
}

/** Takes up what Graph posts: checks each item and raises due marks. Everything else happens after the answer. */
export class Intake {
  private readonly batcher: NoticeBatcher;

  constructor(private readonly options: IntakeOptions) {
    this.batcher = new NoticeBatcher(options.db, options);
  }

  /**
   * Resolves once everything good in the batch is committed, with the number of items by outcome; then the caller may acknowledge.
   * Rejects with IntakeUnavailableError or IntakeOverloadedError where that is not certain: Graph sends it again.
   */
  async accept(key: string, items: readonly unknown[]): Promise<IntakeCounts> {
    const connectionId = this.options.verifyKey(key);
    if (connectionId === null) return { unknownKey: items.length };
    try {
      const verdicts = await this.judge(connectionId, items);
      await this.write(verdicts);
      return countOutcomes(verdicts);
    } catch (error) {
      if (isDatabaseAway(error)) throw new IntakeUnavailableError({ cause: error });
      throw error;
    }
  }

  private async judge(connectionId: string, items: readonly unknown[]): Promise<ItemVerdict[]> {
    const { directory } = this.options;
    const parsed = items.map(parseItem);
    const ids = parsed.flatMap((item) => (item === null ? [] : [item.subscriptionId]));
    if (ids.length > 0) await directory.ensureKnown(connectionId, ids);
    return parsed.map((item) => {
      if (item === null) return { outcome: 'malformed' };
      const subscription = directory.find(item.subscriptionId);
      return judgeItem(item, connectionId, subscription, (groupId) => directory.isWatched(connectionId, groupId));
    });
  }

  private async write(verdicts: readonly ItemVerdict[]): Promise<void> {
    const lifecycle = verdicts.filter((verdict) => verdict.outcome === 'lifecycle');
    if (lifecycle.length > 0) await noteLifecycleEvents(this.options.db, lifecycle);
    const traceparent = currentTraceparent();
    const notices = verdicts.flatMap((verdict) => {
      if (verdict.outcome !== 'accepted') return [];
      const { connectionId, mark } = verdict;
      return [{ connectionId, groupId: mark === 'users' ? null : mark.groupId, notices: 1, traceparent }];
    });
    if (notices.length > 0) await this.batcher.raise(notices);
  }
}

function countOutcomes(verdicts: readonly ItemVerdict[]): IntakeCounts {
  const counts: Partial<Record<IntakeOutcome, number>> = {};
  for (const { outcome } of verdicts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
