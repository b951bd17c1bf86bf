import type { Task } from '#service-host';
import { WATCH_CHANNELS, type SubscriptionDirectory } from '#watch';

/** Keeps the intake's picture of subscriptions and watched groups fresh in this process. */
export class RefreshDirectoryTask implements Task {
  readonly name = 'refresh-directory';
  readonly channels = [WATCH_CHANNELS.directory];
  readonly intervalMs = 60_000;
  readonly width = 1;

  constructor(private readonly directory: SubscriptionDirectory) {}

  async run(): Promise<boolean> {
    await this.directory.refresh();
    return false;
  }
}
