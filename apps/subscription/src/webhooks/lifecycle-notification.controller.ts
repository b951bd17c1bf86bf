import { Body, Controller, Headers, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { NotificationDesk } from './notification-desk.js';

/** Where Graph posts lifecycle notifications. 202 means durable (invariant 1); everything else happens afterwards. */
@Controller('webhooks/graph/lifecycle')
export class LifecycleNotificationController {
  constructor(@Inject(NotificationDesk) private readonly desk: NotificationDesk) {}

  @Post()
  @HttpCode(202)
  async receive(
    @Query('k') key: string | undefined,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
  ): Promise<void> {
    await this.desk.take(key ?? '', contentType, body);
  }
}
