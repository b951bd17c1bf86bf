import { Body, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { SelfTest } from './self-test.js';
import {
  selfTestSchema,
  unsavedTestBody,
  unsavedTestSchema,
  type SelfTestAnswer,
  type UnsavedTestBody,
} from './self-test.schemas.js';
import { TestUnsaved } from './test-unsaved.js';

@AdminController('connections')
export class SelfTestController {
  constructor(
    @Inject(SelfTest) private readonly selfTest: SelfTest,
    @Inject(TestUnsaved) private readonly unsaved: TestUnsaved,
  ) {}

  /** For the wizard: ids, secret, permissions and groups, before anything is saved. */
  @Post('test')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: unsavedTestSchema })
  testUnsaved(@Body({ schema: unsavedTestBody }) body: UnsavedTestBody): ReturnType<TestUnsaved['run']> {
    return this.unsaved.run(body);
  }

  @Post(':id/test')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: selfTestSchema })
  test(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<SelfTestAnswer> {
    return this.selfTest.run(actor, id);
  }
}
