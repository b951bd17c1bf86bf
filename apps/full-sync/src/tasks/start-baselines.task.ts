import { findConnection, systemActor } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { requestRun, RunInProgressError } from '#runs';
import { baselineStarted, WATCH_CHANNELS, wantedBaselines, type WantedBaseline } from '#watch';
import type { Task } from '#service-host';

/** Requests a run for the groups that must be read as a whole: new ones, and those whose delta link was lost or that returned. */
export class StartBaselinesTask implements Task {
  readonly name = 'start-baselines';
  readonly channels = [WATCH_CHANNELS.baselines];
  readonly intervalMs = 2_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    for (const wanted of await wantedBaselines(this.db)) {
      await this.start(wanted).catch((error: unknown) => {
        const fields = { connectionId: wanted.connectionId, error };
        // The other run began before these groups were asked for; they are read when it has ended.
        if (!(error instanceof RunInProgressError)) this.log.error(fields, 'a baseline could not be requested');
      });
    }
    return false;
  }

  private async start({ organisationId, connectionId, groups }: WantedBaseline): Promise<void> {
    const groupIds = groups.map(({ groupId }) => groupId);
    await this.db.transaction(async (tx) => {
      // With live sync off nothing is applied between the runs that people or the schedule ask for.
      const connection = await findConnection(tx, connectionId);
      if (connection?.settings.trigger.live !== true) return;
      const actor = systemActor('full-sync', organisationId);
      const request = { connectionId, kind: 'group', apply: 'automatic', reason: reasonOf(groups), groupIds } as const;
      const run = await requestRun(tx, actor, request, this.clock());
      if (run.state !== 'requested') throw new RunInProgressError(run.id);
      await baselineStarted(tx, connectionId, groupIds, run.id);
    });
  }
}

/** One reason for the run; a lost link says more than a new group. */
function reasonOf(groups: WantedBaseline['groups']): string {
  const reasons = new Set(groups.map(({ reason }) => reason));
  if (reasons.has('DELTA_EXPIRED')) return 'DELTA_EXPIRED';
  return reasons.has('GROUP_RETURNED') ? 'GROUP_RETURNED' : 'BASELINE';
}
