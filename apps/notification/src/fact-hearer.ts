import type { Clock } from '#contracts';
import type { Database } from '#database';
import { hearFact, type Fact } from '#notices';
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
  ) {}

  async hear({ id, data }: HeardEvent, meaning: Fact['meaning']): Promise<void> {
    const { organisationId, connectionId } = data;
    const fact = { eventId: id, organisationId, connectionId, meaning };
    this.metrics.heard(await hearFact({ db: this.db, now: this.clock() }, fact));
  }
}
