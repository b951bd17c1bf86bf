import { Controller, Inject } from '@nestjs/common';
import { groupChangedV1 } from '#contracts';
import { OnEvent, type Delivery } from '#messaging';
import { PageApplier } from '#people';
import { PageMetrics } from './page-metrics.js';
import { PROVISIONING_GROUP } from './provisioning-group.js';

@Controller()
export class ApplyGroupChanged {
  constructor(
    @Inject(PageApplier) private readonly applier: PageApplier,
    @Inject(PageMetrics) private readonly metrics: PageMetrics,
  ) {}

  @OnEvent(PROVISIONING_GROUP, groupChangedV1)
  async handle({ event, publishedAt }: Delivery<typeof groupChangedV1>): Promise<void> {
    this.metrics.count('group', await this.applier.applyGroup(event, publishedAt));
  }
}
