import type { Page } from '../http/page.js';
import { Body, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { AccountDesk } from './account-desk.js';
import {
  accountPageSchema,
  accountSchema,
  activateBody,
  activatedSchema,
  listAccountsQuery,
  patchAccountBody,
  setInactiveSchema,
  type AccountAnswer,
  type ActivateBody,
  type ListAccountsQuery,
  type PatchAccountBody,
} from './account.schemas.js';
import { whySchema, type WhyAnswer } from './why.schemas.js';

@AdminController('accounts')
export class AccountsController {
  constructor(@Inject(AccountDesk) private readonly desk: AccountDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: accountPageSchema })
  list(@By() actor: Actor, @Query({ schema: listAccountsQuery }) query: ListAccountsQuery): Promise<Page<AccountAnswer>> {
    return this.desk.list(actor, query);
  }

  @Post('activate')
  @HttpCode(200)
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: activatedSchema })
  activate(@By() actor: Actor, @Body({ schema: activateBody }) body: ActivateBody): Promise<{ activated: number }> {
    return this.desk.activate(actor, body);
  }

  /** The newest activation by whoever asks, within a day; whose status changed since stays as it is. */
  @Post('activate/undo')
  @HttpCode(200)
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: setInactiveSchema })
  undoActivation(@By() actor: Actor, @Body({ schema: activateBody }) body: ActivateBody): Promise<{ setInactive: number }> {
    return this.desk.undoActivation(actor, body);
  }

  @Get(':id')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: accountSchema })
  get(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<AccountAnswer> {
    return this.desk.get(actor, id);
  }

  @Get(':id/why')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: whySchema })
  why(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<WhyAnswer> {
    return this.desk.why(actor, id);
  }

  @Patch(':id')
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: accountSchema })
  patch(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: patchAccountBody }) body: PatchAccountBody,
  ): Promise<AccountAnswer> {
    return this.desk.patch(actor, id, body);
  }
}
