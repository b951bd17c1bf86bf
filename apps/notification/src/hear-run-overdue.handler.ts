import { Controller, Inject } from '@nestjs/common';
import { runBegunV1, runOverdueV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { occurrencesOfRunOverdue } from '#notices';
import { FactHearer } from './fact-hearer.js';
import { NOTIFICATION_GROUP } from './notification-group.js';

@Controller()
export class HearRunOverdue {
  constructor(@Inject(FactHearer) private readonly hearer: FactHearer) {}

  @OnEvent(NOTIFICATION_GROUP, runOverdueV1, runBegunV1)
  async handle(delivery: Delivery<typeof runOverdueV1 | typeof runBegunV1>): Promise<void> {
    await this.hearer.hear(delivery, (names) => occurrencesOfRunOverdue(delivery.event, names));
  }
}
