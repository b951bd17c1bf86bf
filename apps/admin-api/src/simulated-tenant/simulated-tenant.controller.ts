import { HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { getConnection, type Actor } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { ProblemError } from '../http/problem.js';
import { RollcallIdPipe } from '../http/validation.js';

const changesSchema = z.object({ newcomers: z.array(z.string()), renamed: z.array(z.string()) });

/** What the tour does in the simulated tenant; no other tenant is ever written to. */
@AdminController('connections')
export class SimulatedTenantController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Post(':id/simulated-changes')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: changesSchema })
  async change(
    @By() { organisationId }: Actor,
    @Param('id', RollcallIdPipe) id: string,
  ): Promise<z.output<typeof changesSchema>> {
    const { cloud, tenantId, watchedGroups } = await getConnection(this.services.db, organisationId, id);
    const { simulatedTenant } = this.services;
    const [group] = watchedGroups;
    if (simulatedTenant === null || cloud !== 'simulated' || tenantId !== simulatedTenant.tenantId || group === undefined) {
      throw new ProblemError('NOT_FOUND', 'This connection has no group in a simulated tenant of this process.');
    }
    const { newcomers, renamed } = simulatedTenant.changeSome(group.id);
    return { newcomers: [...newcomers], renamed: [...renamed] };
  }
}
