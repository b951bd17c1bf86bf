import type { SecretBox } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { reportChannelStates, resealDestinations, trimNotices, type ChannelState } from '#notices';
import type { Task } from '#service-host';

/** At boot and hourly: says which channels are on, seals addresses under the newest key, and forgets what is long over. */
export class KeepNoticesTask implements Task {
  readonly name = 'keep-notices';
  readonly channels = [];
  readonly intervalMs = 60 * 60 * 1_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly secretBox: SecretBox,
    private readonly states: readonly ChannelState[],
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    await reportChannelStates(this.db, this.states, now);
    const trimmed = await trimNotices(this.db, now);
    const resealed = await this.db.transaction((tx) => resealDestinations(tx, this.secretBox));
    this.log.debug({ trimmed, resealed }, 'notices were looked after');
    return false;
  }
}
