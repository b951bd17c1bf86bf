import type { Task } from '#service-host';
import { WATCH_CHANNELS, type SubscriptionKeeper } from '#watch';

/** Makes, renews, reauthorises and ends the Graph subscriptions. */
export class KeepSubscriptionsTask implements Task {
  readonly name = 'keep-subscriptions';
  readonly channels = [WATCH_CHANNELS.keeper];
  readonly intervalMs = 2_000;
  readonly width = 2;

  constructor(private readonly keeper: SubscriptionKeeper) {}

  run(): Promise<boolean> {
    return this.keeper.visitOne();
  }
}
