import type { Clock } from '#contracts';
import type { Database } from '#database';
import { checkStanding } from '#notices';
import type { Task } from '#service-host';
import { lookUpSituations } from '../look-up-situations.js';
import type { NoticeMetrics } from '../notice-metrics.js';

/** Looks up what no single event begins or ends: secrets that run out, dead letters, and changes that wait for review. */
export class CheckStandingCausesTask implements Task {
  readonly name = 'check-standing-causes';
  readonly channels = [];
  readonly intervalMs = 30_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    this.metrics.heard(await checkStanding(this.db, await lookUpSituations(this.db, now), now));
    return false;
  }
}
