import { Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '#connections';
import { rollcallIdSchema } from '#contracts';
import { listActivity } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { pageQuery, pageSchema, type Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { presentActivity, activitySchema } from './activity.presenter.js';

const activityQuery = z.strictObject({
  ...pageQuery,
  connectionId: rollcallIdSchema.optional(),
  account: rollcallIdSchema.optional(),
  cause: z.string().trim().min(1).max(200).optional(),
});

/** A row per effect, newest first. */
@AdminController('activity')
export class ActivityController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: pageSchema(activitySchema) })
  async list(
    @By() { organisationId }: Actor,
    @Query({ schema: activityQuery }) { account, ...query }: z.output<typeof activityQuery>,
  ): Promise<Page<z.input<typeof activitySchema>>> {
    const { items, nextCursor } = await listActivity(this.services.db, { organisationId, accountId: account, ...query });
    return { items: items.map(presentActivity), nextCursor };
  }
}
