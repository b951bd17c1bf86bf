import { Controller, Inject } from '@nestjs/common';
import { connectionEvents } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { occurrencesOfConnectionFact } from '#notices';
import { FactHearer } from './fact-hearer.js';
import { NOTIFICATION_GROUP } from './notification-group.js';

@Controller()
export class HearConnectionFacts {
  constructor(@Inject(FactHearer) private readonly hearer: FactHearer) {}

  @OnEvent(NOTIFICATION_GROUP, ...connectionEvents)
  async handle(delivery: Delivery<(typeof connectionEvents)[number]>): Promise<void> {
    await this.hearer.hear(delivery, (names) => occurrencesOfConnectionFact(delivery.event, names));
  }
}
