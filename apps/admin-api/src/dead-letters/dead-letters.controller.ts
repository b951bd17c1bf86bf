import { Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '#connections';
import { rollcallIdSchema } from '#contracts';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { pageQuery, pageSchema, type Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { deadLetterSchema, type DeadLetterAnswer } from './dead-letter.schemas.js';
import { DeadLetterDesk } from './dead-letter-desk.js';

const deadLettersQuery = z.strictObject({ ...pageQuery, connectionId: rollcallIdSchema.optional() });

const settledSchema = z.object({ id: z.string(), state: z.enum(['replayed', 'discarded']) });

/** What no handler could take. */
@AdminController('dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLetterDesk) private readonly desk: DeadLetterDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: pageSchema(deadLetterSchema) })
  list(
    @By() actor: Actor,
    @Query({ schema: deadLettersQuery }) query: z.output<typeof deadLettersQuery>,
  ): Promise<Page<DeadLetterAnswer>> {
    return this.desk.list(actor, query);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: settledSchema })
  replay(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<z.output<typeof settledSchema>> {
    return this.desk.settle(actor, id, 'replayed');
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: settledSchema })
  discard(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<z.output<typeof settledSchema>> {
    return this.desk.settle(actor, id, 'discarded');
  }
}
