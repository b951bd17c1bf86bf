import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { takeStuckReports } from '#people';
import { addRechecks } from '#watch';
import type { Task } from '#service-host';

/** Pages of a round are published by one commit; one that has not come by then was buried. */
const WHOLE_WITHIN_MS = 600_000;

/** Whoever was reported on a page that waits for one that will not come is read directly: nothing waits without end. */
export class RepairRoundsTask implements Task {
  readonly name = 'repair-rounds';
  readonly channels = [];
  readonly intervalMs = 60_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    const reports = await this.db.transaction(async (tx) => {
      const stuck = await takeStuckReports(tx, new Date(now.getTime() - WHOLE_WITHIN_MS));
      await addRechecks(
        tx,
        stuck.map(({ entraObjectId, ...of }) => ({
          ...of,
          kind: of.groupId === null ? 'user' : 'membership',
          memberId: entraObjectId,
          reason: 'DEAD_LETTER',
          dueAt: now,
        })),
      );
      return stuck.length;
    });
    if (reports > 0) this.log.warn({ reports }, 'a round did not become whole; whoever it reported is read directly');
    return reports > 0;
  }
}
