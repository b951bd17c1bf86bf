import { isCodedError } from '#contracts';
import { blockConnection } from '../failures/block-connection.js';
import { decideFailure } from '../failures/decide-failure.js';
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
    const { db, graph, log, random } = this.context;
    const [{ connectionId, kind }] = rechecks;
    log.warn({ err: error, connectionId, count: rechecks.length }, 'rechecks could not be answered; asking again later');
    const reaction = decideFailure(error, 0, random());
    if (reaction.kind === 'blockConnection') {
      await blockConnection(db, connectionId, reaction, kind === 'user' ? 'users' : 'groups');
      await graph.failed(connectionId, error);
    }
    await retryRechecks(db, rechecks, isCodedError(error) ? error.code : 'INTERNAL_ERROR');
  }
}
