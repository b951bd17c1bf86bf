import { KnownConnections } from '#connections';
import type { Clock, Log } from '#contracts';
import { tryLockNamed, type Database } from '#database';
import { checkStanding } from '#notices';
import type { Task } from '#service-host';
import { lookUpSituations } from '../look-up-situations.js';
import { logHeard } from '../log-heard.js';
import type { NoticeMetrics } from '../notice-metrics.js';

/**
 * Looks up what no single event begins or ends: secrets that run out, dead letters, and changes that wait for review. One replica at a
 * time: else what one saw a moment ago could open again what another one has ended since.
 */
export class CheckStandingCausesTask implements Task {
  readonly name = 'check-standing-causes';
  readonly channels = [];
  readonly intervalMs = 30_000;
  readonly width = 1;
  private readonly connections = new KnownConnections();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly metrics: NoticeMetrics,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    await this.db.transaction(async (tx) => {
      if (!(await tryLockNamed(tx, 'check-standing-causes'))) return;
      const now = this.clock();
      const heard = await checkStanding(this.db, await lookUpSituations(this.db, this.connections, now), now);
      this.metrics.heard(heard);
      logHeard(this.log, {}, heard);
    });
    return false;
  }
}
