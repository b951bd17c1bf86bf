import type { Clock } from '#contracts';
import { tryLockNamed, type Database } from '#database';
import { trimPlans } from '#runs';
import type { Task } from '#service-host';

const BATCH = 10_000;

/** At boot and hourly: plans that nobody needs any more (design: "Retention"). One replica at a time; the others pass. */
export class KeepPlansTask implements Task {
  readonly name = 'keep-plans';
  readonly channels = [];
  readonly intervalMs = 60 * 60 * 1_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<boolean> {
    const gone = await this.db.transaction(async (tx) =>
      (await tryLockNamed(tx, this.name)) ? trimPlans(tx, this.clock(), BATCH) : 0,
    );
    return gone >= BATCH;
  }
}
