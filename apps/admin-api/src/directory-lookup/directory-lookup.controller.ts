import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { GraphAccess } from '../connections/graph-access.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import {
  foundGroupsSchema,
  foundTenantSchema,
  lookUpTenantBody,
  searchGroupsBody,
  type FoundGroups,
  type LookUpTenantBody,
  type SearchGroupsBody,
} from './directory-lookup.schemas.js';

/** As many as a person looks through. */
const MOST_GROUPS = 20;

/** What the wizard looks up while somebody types, with a credential that is not stored, least of all by this. */
@AdminController('connections')
export class DirectoryLookupController {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  @Post('look-up-tenant')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: foundTenantSchema })
  lookUpTenant(@Body({ schema: lookUpTenantBody }) { tenant, cloud }: LookUpTenantBody): Promise<{ tenantId: string }> {
    return this.services.graph.tenant(cloud, tenant);
  }

  @Post('search-groups')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: foundGroupsSchema })
  async searchGroups(@Body({ schema: searchGroupsBody }) body: SearchGroupsBody): Promise<FoundGroups> {
    const { tenantId, cloud, credential, text } = body;
    const found = await this.graph.withUnsaved({ tenantId, cloud, ...credential }, (client) =>
      client.searchGroups(text, MOST_GROUPS),
    );
    return { items: found.map(({ id, displayName, kind, mail }) => ({ id, displayName, kind, mail })) };
  }
}
