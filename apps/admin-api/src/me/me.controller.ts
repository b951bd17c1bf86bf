import { Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { findOrganisation, permissions, permissionsOf, roles } from '#connections';
import { rollcallIdSchema } from '#contracts';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { Signed } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import type { Authentication } from '../http/authenticator.js';
import { Requires } from '../http/permission.guard.js';

const meSchema = z.object({
  id: z.string(),
  kind: z.enum(['person', 'token', 'system']),
  displayName: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  /** Where the simulated tenant is changed by hand, when this process runs one. */
  simulatorPageUrl: z.string().nullable(),
  organisation: z
    .object({ id: rollcallIdSchema, name: z.string(), timeZone: z.string(), supportContact: z.string().nullable() })
    .nullable(),
});

/** Who am I, with which rights. */
@AdminController('me')
export class MeController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: meSchema })
  async me(@Signed() { actor, displayName }: Authentication): Promise<z.input<typeof meSchema>> {
    const organisation = await findOrganisation(this.services.db, actor.organisationId);
    return {
      id: actor.id,
      kind: actor.kind,
      displayName,
      role: actor.role,
      permissions: [...permissionsOf(actor.role)],
      simulatorPageUrl: this.services.simulatedTenant?.pageUrl ?? null,
      organisation,
    };
  }
}
