import { Body, Get, Inject, Patch } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { OrganisationDesk } from './organisation-desk.js';
import {
  organisationSchema,
  patchOrganisationBody,
  type OrganisationAnswer,
  type PatchOrganisationBody,
} from './organisation.schemas.js';

/** What holds for all connections: changed by super admins only. */
@AdminController('organisation')
export class OrganisationController {
  constructor(@Inject(OrganisationDesk) private readonly desk: OrganisationDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: organisationSchema })
  get(@By() actor: Actor): Promise<OrganisationAnswer> {
    return this.desk.get(actor);
  }

  @Patch()
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: organisationSchema })
  patch(@By() actor: Actor, @Body({ schema: patchOrganisationBody }) body: PatchOrganisationBody): Promise<OrganisationAnswer> {
    return this.desk.patch(actor, body);
  }
}
