import { isCodedError, logFailure } from '#contracts';
import { takeFailure } from '../failures/take-failure.js';
import type { WatchContext } from '../watch-context.js';
import { claimRechecks, type Recheck } from './claim-rechecks.js';
import { askTheirSide, readGroupForRechecks } from './recheck-memberships.js';
import { recheckPeople } from './recheck-people.js';
import { retryRechecks } from './recheck-outcome.js';

/** Reads directly, once they have settled, the facts whose evidence contradicted itself. */
export class Rechecker {
  constructor(private readonly context: WatchContext) {}

  /** Answers rechecks that one read can answer together; false when none is due. Throws only when the database is away. */
  async checkOne(): Promise<boolean> {
    const rechecks = await claimRechecks(this.context);
    if (rechecks === null) return false;
    try {
      await this.check(rechecks);
    } catch (error) {
      await this.react(error, rechecks);
    }
    return true;
  }

  private async check(rechecks: readonly [Recheck, ...Recheck[]]): Promise<void> {
    const [{ connectionId, kind, stage }] = rechecks;
    const graph = await this.context.graph.open(connectionId, { priority: 'low' });
    if (kind === 'user') return recheckPeople(this.context, graph, rechecks);
    if (stage === 'confirm') return askTheirSide(this.context, graph, rechecks);
    return readGroupForRechecks(this.context, graph, rechecks);
  }

  private async react(error: unknown, rechecks: readonly [Recheck, ...Recheck[]]): Promise<void> {
    const { db, log } = this.context;
    const [{ connectionId, kind: about, attempts }] = rechecks;
    const kind = about === 'user' ? 'users' : 'groups';
    const read = { connectionId, kind, failures: attempts, isLowPriority: true } as const;
    const { nextTryAt, isNews } = await takeFailure(this.context, error, read);
    const dueAt = await retryRechecks(db, rechecks, isCodedError(error) ? error.code : 'INTERNAL_ERROR', nextTryAt);
    const fields = { connectionId, count: rechecks.length, nextTryAt: dueAt ?? nextTryAt };
    logFailure(log, error, fields, 'rechecks could not be answered; asking again later', isNews);
  }
}
