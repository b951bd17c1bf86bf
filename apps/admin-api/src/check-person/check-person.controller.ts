import { Body, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { CheckPersonDesk } from './check-person-desk.js';
import { checkPersonBody, personCheckSchema, type CheckPersonBody, type PersonCheckAnswer } from './check-person.schemas.js';

@AdminController('connections')
export class CheckPersonController {
  constructor(@Inject(CheckPersonDesk) private readonly desk: CheckPersonDesk) {}

  @Post(':id/check-person')
  @HttpCode(200)
  @Requires('sync.run')
  @ApiOkResponse({ standardSchema: personCheckSchema })
  check(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: checkPersonBody }) body: CheckPersonBody,
  ): Promise<PersonCheckAnswer> {
    return this.desk.check(actor, id, body);
  }
}
