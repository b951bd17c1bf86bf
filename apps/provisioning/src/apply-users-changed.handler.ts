import { Controller, Inject } from '@nestjs/common';
import { usersChangedV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { PageApplier } from '#people';
import { currentSpan } from '#tracing';
import { PageRecord } from './page-record.js';
import { PROVISIONING_GROUP } from './provisioning-group.js';

@Controller()
export class ApplyUsersChanged {
  constructor(
    @Inject(PageApplier) private readonly applier: PageApplier,
    @Inject(PageRecord) private readonly record: PageRecord,
  ) {}

  @OnEvent(PROVISIONING_GROUP, usersChangedV1)
  async handle({ event, publishedAt }: Delivery<typeof usersChangedV1>): Promise<void> {
    currentSpan().note({ 'rollcall.run_id': event.data.runId });
    this.record.keep('users', event.data, await this.applier.applyUsers(event, publishedAt));
  }
}
