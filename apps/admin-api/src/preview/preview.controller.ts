import { Body, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { PreviewDesk } from './preview-desk.js';
import {
  previewBody,
  previewQuery,
  previewSchema,
  previewStoredBody,
  type PreviewAnswer,
  type PreviewBody,
  type PreviewQuery,
  type PreviewStoredBody,
} from './preview.schemas.js';

@AdminController('connections')
export class PreviewController {
  constructor(@Inject(PreviewDesk) private readonly desk: PreviewDesk) {}

  @Post('preview')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: previewSchema })
  ofNew(
    @By() actor: Actor,
    @Query({ schema: previewQuery }) { limit }: PreviewQuery,
    @Body({ schema: previewBody }) body: PreviewBody,
  ): Promise<PreviewAnswer> {
    return this.desk.ofNew(actor, body, limit);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: previewSchema })
  ofStored(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: previewQuery }) { limit }: PreviewQuery,
    @Body({ schema: previewStoredBody }) body: PreviewStoredBody,
  ): Promise<PreviewAnswer> {
    return this.desk.ofStored(actor, id, body, limit);
  }
}
