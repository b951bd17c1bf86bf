import { Controller, Inject } from '@nestjs/common';
import { membershipHeldV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { occurrencesOfHeldCount } from '#notices';
import { FactHearer } from './fact-hearer.js';
import { NOTIFICATION_GROUP } from './notification-group.js';

/** How many changes of a connection wait for review now; 0 where they were decided meanwhile. */
export type CountWaiting = (connectionId: string) => Promise<number>;
export const COUNT_WAITING = Symbol('count what waits for review');

/**
 * A change that the guard holds is told by the guard's own alert. One that waits for review is told with all that wait beside it, as
 * many as there are now: the event may be old, and one of hundreds.
 */
@Controller()
export class HearHeldChange {
  constructor(
    @Inject(FactHearer) private readonly hearer: FactHearer,
    @Inject(COUNT_WAITING) private readonly countWaiting: CountWaiting,
  ) {}

  @OnEvent(NOTIFICATION_GROUP, membershipHeldV1)
  async handle(delivery: Delivery<typeof membershipHeldV1>): Promise<void> {
    const { event } = delivery;
    const { organisationId, connectionId, after } = event.data;
    if (after?.['code'] !== 'REVIEW') return;
    const waiting = await this.countWaiting(connectionId);
    if (waiting === 0) return;
    const at = new Date(event.time);
    await this.hearer.hear(delivery, ({ connection: connectionName }) =>
      occurrencesOfHeldCount({ organisationId, connectionId, connectionName, waiting }, at),
    );
  }
}
