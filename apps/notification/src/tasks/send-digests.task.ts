import { listSuperAdmins } from '#connections';
import type { Clock } from '#contracts';
import type { Database } from '#database';
import { sendDigests } from '#notices';
import type { Task } from '#service-host';

/** Writes the daily digests whose time has come, each in its reader's zone. */
export class SendDigestsTask implements Task {
  readonly name = 'send-digests';
  readonly channels = [];
  readonly intervalMs = 60_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<boolean> {
    await sendDigests(this.db, await listSuperAdmins(this.db), this.clock());
    return false;
  }
}
