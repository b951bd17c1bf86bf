import { Controller, Inject } from '@nestjs/common';
import { membershipsChangedV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { PageApplier } from '#people';
import { currentSpan } from '#tracing';
import { PageRecord } from './page-record.js';
import { PROVISIONING_GROUP } from './provisioning-group.js';

@Controller()
export class ApplyMembershipsChanged {
  constructor(
    @Inject(PageApplier) private readonly applier: PageApplier,
    @Inject(PageRecord) private readonly record: PageRecord,
  ) {}

  @OnEvent(PROVISIONING_GROUP, membershipsChangedV1)
  async handle({ event, publishedAt }: Delivery<typeof membershipsChangedV1>): Promise<void> {
    currentSpan().note({ 'rollcall.run_id': event.data.runId });
    this.record.keep('memberships', event.data, await this.applier.applyMemberships(event, publishedAt));
  }
}
