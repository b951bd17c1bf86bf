import { DELIVERIES_DUE_CHANNEL, type Deliverer } from '#notices';
import type { Task } from '#service-host';
import type { NoticeMetrics } from '../notice-metrics.js';

/** Works off the list of deliveries, several at a time, so that a receiver that hangs delays no other. */
export class DeliverNoticesTask implements Task {
  readonly name = 'deliver-notices';
  readonly channels = [DELIVERIES_DUE_CHANNEL];
  readonly intervalMs = 1_000;
  readonly width = 6;

  constructor(
    private readonly deliverer: Deliverer,
    private readonly metrics: NoticeMetrics,
  ) {}

  async run(): Promise<boolean> {
    const outcome = await this.deliverer.deliverNext();
    if (outcome !== null) this.metrics.attempted(outcome);
    return outcome !== null;
  }
}
