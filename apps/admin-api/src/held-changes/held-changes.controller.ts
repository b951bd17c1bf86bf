import type { Page } from '../http/page.js';
import { Body, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { HeldChangeDesk } from './held-change-desk.js';
import {
  countSchema,
  heldPageSchema,
  heldSelectionBody,
  listHeldQuery,
  releasedSchema,
  type HeldChangeAnswer,
  type HeldSelectionBody,
  type ListHeldQuery,
  type ReleasedAnswer,
} from './held-change.schemas.js';

@AdminController('held-changes')
export class HeldChangesController {
  constructor(@Inject(HeldChangeDesk) private readonly desk: HeldChangeDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: heldPageSchema })
  list(@By() actor: Actor, @Query({ schema: listHeldQuery }) query: ListHeldQuery): Promise<Page<HeldChangeAnswer>> {
    return this.desk.list(actor, query);
  }

  @Post('release')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: releasedSchema })
  release(@By() actor: Actor, @Body({ schema: heldSelectionBody }) body: HeldSelectionBody): Promise<ReleasedAnswer> {
    return this.desk.release(actor, body);
  }

  @Post('reject')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: countSchema })
  reject(@By() actor: Actor, @Body({ schema: heldSelectionBody }) body: HeldSelectionBody): Promise<{ count: number }> {
    return this.desk.reject(actor, body);
  }
}
