import { Controller, Inject } from '@nestjs/common';
import {
  runApprovedV1,
  runAwaitingReviewV1,
  runCancelledV1,
  runCompletedV1,
  runFailedV1,
  runRequestedV1,
  runSupersededV1,
  runUndoneV1,
} from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { occurrencesOfRunFact } from '#notices';
import { FactHearer } from './fact-hearer.js';
import { NOTIFICATION_GROUP } from './notification-group.js';

export const runFacts = [
  runRequestedV1,
  runAwaitingReviewV1,
  runApprovedV1,
  runCompletedV1,
  runFailedV1,
  runCancelledV1,
  runSupersededV1,
  runUndoneV1,
] as const;

@Controller()
export class HearRunFacts {
  constructor(@Inject(FactHearer) private readonly hearer: FactHearer) {}

  @OnEvent(NOTIFICATION_GROUP, ...runFacts)
  async handle(delivery: Delivery<(typeof runFacts)[number]>): Promise<void> {
    await this.hearer.hear(delivery, (names) => occurrencesOfRunFact(delivery.event, names));
  }
}
