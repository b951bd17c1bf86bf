import { Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { getConnection, type Actor } from '#connections';
import { countPeople, latencyPercentiles } from '#people';
import { connectionHealth } from '#watch';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { presentHealth } from './health.presenter.js';
import { healthSchema, type HealthAnswer } from './health.schemas.js';

const HOUR_MS = 60 * 60 * 1000;

/** How live sync of a connection is doing. */
@AdminController('connections')
export class HealthController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get(':id/health')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: healthSchema })
  async health(@By() { organisationId }: Actor, @Param('id', RollcallIdPipe) id: string): Promise<HealthAnswer> {
    const { db, clock } = this.services;
    const connection = await getConnection(db, organisationId, id);
    const since = (hours: number) => latencyPercentiles(db, organisationId, id, new Date(clock().getTime() - hours * HOUR_MS));
    const [watch, people, hour, day, week] = await Promise.all([
      connectionHealth(db, id),
      countPeople(db, organisationId, id),
      since(1),
      since(24),
      since(7 * 24),
    ]);
    return presentHealth({ connection, watch, people, latency: { '1h': hour, '24h': day, '7d': week } });
  }
}
