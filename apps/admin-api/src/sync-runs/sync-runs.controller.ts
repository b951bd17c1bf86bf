import type { PresentedRun } from '#runs';
import type { Page } from '../http/page.js';
import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Creates } from '../http/idempotency.interceptor.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { RunDesk } from './run-desk.js';
import {
  listRunsQuery,
  requestRunBody,
  runPageSchema,
  runSchema,
  type ListRunsQuery,
  type RequestRunBody,
  type RunAnswer,
} from './sync-run.schemas.js';

@AdminController('sync-runs')
export class SyncRunsController {
  constructor(@Inject(RunDesk) private readonly desk: RunDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: runPageSchema })
  list(@By() actor: Actor, @Query({ schema: listRunsQuery }) query: ListRunsQuery): Promise<Page<RunAnswer>> {
    return this.desk.list(actor, query);
  }

  @Get(':id')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: runSchema })
  get(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<RunAnswer> {
    return this.desk.get(actor, id);
  }
}

/** "Trigger full sync" of a connection, also of a paused or never-enabled one. */
@AdminController('connections')
export class RequestRunController {
  constructor(@Inject(RunDesk) private readonly desk: RunDesk) {}

  @Post(':id/sync-runs')
  @HttpCode(202)
  @Creates()
  @Requires('sync.run')
  @ApiAcceptedResponse({ standardSchema: runSchema })
  request(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: requestRunBody }) body: RequestRunBody,
  ): Promise<PresentedRun> {
    return this.desk.request(actor, id, body);
  }
}
