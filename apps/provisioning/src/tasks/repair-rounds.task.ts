import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { takeStuckPeople } from '#people';
import { addRechecks } from '#watch';
import type { Task } from '#service-host';

/** Pages of a round are published by one commit; one that has not come by then was buried. */
const WHOLE_WITHIN_MS = 600_000;

/** People whose reports wait for a page that will not come are read directly: nothing waits without end. */
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
    const people = await this.db.transaction(async (tx) => {
      const stuck = await takeStuckPeople(tx, new Date(now.getTime() - WHOLE_WITHIN_MS));
      await addRechecks(
        tx,
        stuck.map(({ entraObjectId, ...owner }) => ({
          ...owner,
          ...{ kind: 'user', groupId: null, memberId: entraObjectId, reason: 'DEAD_LETTER', dueAt: now },
        })),
      );
      return stuck.length;
    });
    if (people > 0) this.log.warn({ people }, 'a round of people did not become whole; they are read directly');
    return people > 0;
  }
}
