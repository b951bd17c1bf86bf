import { Controller, Inject } from '@nestjs/common';
import { membershipHeldV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { occurrencesOfHeldChange } from '#notices';
import { FactHearer } from './fact-hearer.js';
import { NOTIFICATION_GROUP } from './notification-group.js';

@Controller()
export class HearHeldChange {
  constructor(@Inject(FactHearer) private readonly hearer: FactHearer) {}

  @OnEvent(NOTIFICATION_GROUP, membershipHeldV1)
  async handle({ event }: Delivery<typeof membershipHeldV1>): Promise<void> {
    await this.hearer.hear(event, (names) => occurrencesOfHeldChange(event, names));
  }
}
