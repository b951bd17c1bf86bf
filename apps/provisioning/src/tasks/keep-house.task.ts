import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { maintainJournal, trimPeople } from '#people';

const EVERY_MS = 60 * 60 * 1_000;

/** Once at boot and then hourly: partitions of the journal ahead of time, and rows that outlived their use. */
export class KeepHouseTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<void> {
    const now = this.clock();
    const partitions = await maintainJournal(this.db, now);
    const trimmed = await trimPeople(this.db, now);
    this.log.debug({ ...partitions, trimmed }, 'journal partitions and retention were looked after');
  }

  onApplicationBootstrap(): void {
    const look = () => {
      this.running = this.run().catch((error: unknown) => this.log.error({ error }, 'housekeeping failed; it is tried again'));
    };
    look();
    this.timer = setInterval(look, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
