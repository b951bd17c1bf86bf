import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import type { Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { NoticeDesk } from './notice-desk.js';
import {
  alertPageSchema,
  listAlertsQuery,
  listNoticesQuery,
  noticePageSchema,
  noticeSchema,
  readAllBody,
  readAllSchema,
  type AlertAnswer,
  type ListAlertsQuery,
  type ListNoticesQuery,
  type NoticeAnswer,
  type NoticePage,
  type ReadAllBody,
} from './notice.schemas.js';

/** The bell: everybody sees and reads their own notices only. */
@AdminController('notifications')
export class NoticesController {
  constructor(@Inject(NoticeDesk) private readonly desk: NoticeDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: noticePageSchema })
  list(@By() actor: Actor, @Query({ schema: listNoticesQuery }) query: ListNoticesQuery): Promise<NoticePage> {
    return this.desk.list(actor, query);
  }

  @Get('alerts')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: alertPageSchema })
  alerts(@By() actor: Actor, @Query({ schema: listAlertsQuery }) query: ListAlertsQuery): Promise<Page<AlertAnswer>> {
    return this.desk.alerts(actor, query);
  }

  @Post('read')
  @HttpCode(200)
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: readAllSchema })
  readAll(@By() actor: Actor, @Body({ schema: readAllBody }) { upToPosition }: ReadAllBody): Promise<{ count: number }> {
    return this.desk.readAll(actor, upToPosition);
  }

  @Post(':id/read')
  @HttpCode(200)
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: noticeSchema })
  read(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<NoticeAnswer> {
    return this.desk.read(actor, id);
  }
}
