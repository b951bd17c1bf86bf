import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import type { Delivery } from '#messaging';
import { hearFact, type Fact } from '#notices';
import { logHeard } from './log-heard.js';
import type { NoticeMetrics } from './notice-metrics.js';

/** The part of a delivery that every fact has. */
export interface HeardDelivery extends Pick<Delivery, 'topic' | 'place'> {
  readonly event: {
    readonly id: string;
    readonly data: { readonly organisationId: string; readonly connectionId: string };
  };
}

/** What the handlers share: a fact and what it means, heard at most once per event id. */
export class FactHearer {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
    private readonly log: Log,
  ) {}

  async hear({ event: { id, data }, topic, place }: HeardDelivery, meaning: Fact['meaning']): Promise<void> {
    const { organisationId, connectionId } = data;
    const inLog = { log: `${topic}/${place.partition}`, offset: place.offset };
    const fact = { eventId: id, organisationId, connectionId, place: inLog, meaning };
    const heard = await hearFact({ db: this.db, now: this.clock() }, fact);
    this.metrics.heard(heard);
    logHeard(this.log, { connectionId }, heard);
  }
}
