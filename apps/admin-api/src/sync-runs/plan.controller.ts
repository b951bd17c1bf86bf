import { Body, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import type { PresentedRun } from '#runs';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Creates } from '../http/idempotency.interceptor.js';
import type { Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { PlanDesk } from './plan-desk.js';
import {
  approveRunBody,
  decideChangeBody,
  decideChangesBody,
  decidedChangeSchema,
  decidedChangesSchema,
  listChangesQuery,
  plannedChangePageSchema,
  type ApproveRunBody,
  type DecideChangeBody,
  type DecideChangesBody,
  type ListChangesQuery,
  type PlannedChangeAnswer,
} from './planned-change.schemas.js';
import { runSchema, undoRunBody, type RunAnswer, type UndoRunBody } from './sync-run.schemas.js';
import { UndoDesk } from './undo-desk.js';

/** The plan of a run: what it would do, what is taken out of it, and the word to go on, to stop or to take it back. */
@AdminController('sync-runs')
export class PlanController {
  constructor(
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(UndoDesk) private readonly undoDesk: UndoDesk,
  ) {}

  @Get(':id/changes')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: plannedChangePageSchema })
  list(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: listChangesQuery }) query: ListChangesQuery,
  ): Promise<Page<PlannedChangeAnswer>> {
    return this.desk.list(actor, id, query);
  }

  @Patch(':id/changes/:changeId')
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: decidedChangeSchema })
  decideOne(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Param('changeId', RollcallIdPipe) changeId: string,
    @Body({ schema: decideChangeBody }) body: DecideChangeBody,
  ): Promise<{ planHash: string }> {
    return this.desk.decideOne(actor, id, changeId, body);
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: decidedChangesSchema })
  decideMany(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: decideChangesBody }) body: DecideChangesBody,
  ): Promise<{ planHash: string; count: number }> {
    return this.desk.decideMany(actor, id, body);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: runSchema })
  approve(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: approveRunBody }) { planHash }: ApproveRunBody,
  ): Promise<RunAnswer> {
    return this.desk.approve(actor, id, planHash);
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Creates()
  @Requires('sync.run')
  @ApiAcceptedResponse({ standardSchema: runSchema })
  undo(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: undoRunBody }) { apply }: UndoRunBody,
  ): Promise<PresentedRun> {
    return this.undoDesk.undoRun(actor, id, apply);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: runSchema })
  cancel(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<PresentedRun> {
    return this.desk.cancel(actor, id);
  }
}
