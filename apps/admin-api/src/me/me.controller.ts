import { Body, Get, Inject, Patch } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { findOrganisation, permissionsOf, readMailAddress, setMailAddress } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { Signed } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import type { Authentication } from '../http/authenticator.js';
import { memberOf } from '../http/member-of.js';
import { Requires } from '../http/permission.guard.js';
import { meSchema, patchMeBody, type MeAnswer, type PatchMeBody } from './me.schemas.js';

/** Who am I, with which rights, and where mail reaches me. */
@AdminController('me')
export class MeController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: meSchema })
  async me(@Signed() { actor, displayName }: Authentication): Promise<MeAnswer> {
    const { db, simulatedTenant } = this.services;
    const organisation = await findOrganisation(db, actor.organisationId);
    const { email, isProven } = await readMailAddress(db, actor.organisationId, memberOf(actor));
    return {
      id: actor.id,
      kind: actor.kind,
      displayName,
      email,
      emailIsProven: isProven,
      role: actor.role,
      permissions: [...permissionsOf(actor.role)],
      simulatorPageUrl: simulatedTenant?.pageUrl ?? null,
      organisation,
    };
  }

  @Patch()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: meSchema })
  async patch(@Signed() signed: Authentication, @Body({ schema: patchMeBody }) { email }: PatchMeBody): Promise<MeAnswer> {
    const { actor } = signed;
    if (email !== undefined) await this.services.db.transaction((tx) => setMailAddress(tx, actor, memberOf(actor), email));
    return this.me(signed);
  }
}
