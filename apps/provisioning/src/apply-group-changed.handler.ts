import { Controller, Inject } from '@nestjs/common';
import { groupChangedV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { PageApplier } from '#people';
import { PageRecord } from './page-record.js';
import { PROVISIONING_GROUP } from './provisioning-group.js';

@Controller()
export class ApplyGroupChanged {
  constructor(
    @Inject(PageApplier) private readonly applier: PageApplier,
    @Inject(PageRecord) private readonly record: PageRecord,
  ) {}

  @OnEvent(PROVISIONING_GROUP, groupChangedV1)
  async handle({ event, publishedAt }: Delivery<typeof groupChangedV1>): Promise<void> {
    this.record.keep('group', event.data, await this.applier.applyGroup(event, publishedAt));
  }
}
