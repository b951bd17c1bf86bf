import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { hearFact, type Fact } from '#notices';
import { logHeard } from './log-heard.js';
import type { NoticeMetrics } from './notice-metrics.js';

/** The part of an event that every fact has. */
export interface HeardEvent {
  readonly id: string;
  readonly data: { readonly organisationId: string; readonly connectionId: string };
}

/** What the handlers share: a fact and what it means, heard at most once per event id. */
export class FactHearer {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
    private readonly log: Log,
  ) {}

  async hear({ id, data }: HeardEvent, meaning: Fact['meaning']): Promise<void> {
    const { organisationId, connectionId } = data;
    const fact = { eventId: id, organisationId, connectionId, meaning };
    const heard = await hearFact({ db: this.db, now: this.clock() }, fact);
    this.metrics.heard(heard);
    logHeard(this.log, { connectionId }, heard);
  }
}
