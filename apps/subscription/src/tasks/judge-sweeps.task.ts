import type { Log } from '#contracts';
import type { Task } from '#service-host';
import { forgetReadMarks, forgetRetiredChains, settleEarlyFinds, type WatchContext } from '#watch';

/** Tells early finds of the sweep from missed notices, and forgets marks that were read and chains that were replaced. */
export class JudgeSweepsTask implements Task {
  readonly name = 'judge-sweeps';
  readonly channels = [];
  readonly intervalMs = 30_000;
  readonly width = 1;

  constructor(
    private readonly context: WatchContext,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const missed = await settleEarlyFinds(this.context);
    if (missed > 0) this.log.warn({ missed }, 'changes were found by the sweep whose notifications never came');
    await forgetReadMarks(this.context.db);
    await forgetRetiredChains(this.context);
    return false;
  }
}
