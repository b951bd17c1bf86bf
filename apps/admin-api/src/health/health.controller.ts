import { Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { getConnection, PostgresThrottleGate, type Actor } from '#connections';
import { countPeople } from '#people';
import { connectionHealth } from '#watch';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { presentHealth } from './health.presenter.js';
import { healthSchema, type HealthAnswer } from './health.schemas.js';
import { LatencyWindows } from './latency-windows.js';

/** How live sync of a connection is doing. */
@AdminController('connections')
export class HealthController {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(LatencyWindows) private readonly latency: LatencyWindows,
  ) {}

  @Get(':id/health')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: healthSchema })
  async health(@By() { organisationId }: Actor, @Param('id', RollcallIdPipe) id: string): Promise<HealthAnswer> {
    const { db, clock } = this.services;
    const connection = await getConnection(db, organisationId, id);
    const gate = new PostgresThrottleGate(db, clock);
    const [watch, people, latency, load, waitsUntil] = await Promise.all([
      connectionHealth(db, id),
      countPeople(db, organisationId, id),
      this.latency.of(organisationId, id),
      gate.load(connection),
      gate.blockedUntil(connection),
    ]);
    return presentHealth({ connection, watch, people, throttle: { load, waitsUntil }, latency });
  }
}
