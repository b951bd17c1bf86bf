import type { GroupView } from '#people';
import type { Page } from '../http/page.js';
import { Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { GroupIdPipe } from '../http/validation.js';
import { groupPageSchema, listGroupsQuery, memberPageSchema, type ListGroupsQuery, type MemberAnswer } from './group.schemas.js';
import { GroupDesk } from './group-desk.js';

@AdminController('groups')
export class GroupsController {
  constructor(@Inject(GroupDesk) private readonly desk: GroupDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: groupPageSchema })
  list(@By() actor: Actor, @Query({ schema: listGroupsQuery }) query: ListGroupsQuery): Promise<Page<GroupView>> {
    return this.desk.list(actor, query);
  }

  @Get(':id/members')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: memberPageSchema })
  members(
    @By() actor: Actor,
    @Param('id', GroupIdPipe) id: string,
    @Query({ schema: listGroupsQuery }) query: ListGroupsQuery,
  ): Promise<Page<MemberAnswer>> {
    return this.desk.members(actor, id, query);
  }
}
