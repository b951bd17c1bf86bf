import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '#connections';
import { ListCursors, rollcallIdSchema } from '#contracts';
import { countUnread, listAlerts, listNotices, markAllRead, markRead } from '#notices';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { memberOf } from '../http/member-of.js';
import { toPage, type Page } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import { presentAlert, presentNotice } from './notice.presenter.js';
import type { AlertAnswer, ListAlertsQuery, ListNoticesQuery, NoticeAnswer, NoticePage } from './notice.schemas.js';

const noticeCursors = new ListCursors('notices', z.int());
const alertCursors = new ListCursors('alerts', z.tuple([z.iso.datetime(), rollcallIdSchema]));

/** What is under the bell of whoever asks, and the alerts of the organisation. */
@Injectable()
export class NoticeDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list(actor: Actor, { limit, cursor, ...filter }: ListNoticesQuery): Promise<NoticePage> {
    const { db } = this.services;
    const { organisationId } = actor;
    const listing = { ...filter, beforePosition: noticeCursors.decode(cursor), limit: limit + 1 };
    const rows = await listNotices(db, organisationId, memberOf(actor), listing);
    const page = toPage(rows, limit, presentNotice, noticeCursors, ({ position }) => position);
    return { ...page, unread: await countUnread(db, organisationId, memberOf(actor)) };
  }

  async read(actor: Actor, noticeId: string): Promise<NoticeAnswer> {
    const { db, clock } = this.services;
    const notice = await markRead(db, actor.organisationId, memberOf(actor), noticeId, clock());
    if (notice === null) throw new ProblemError('NOT_FOUND', `You have no notice ${noticeId}.`);
    return presentNotice(notice);
  }

  async readAll(actor: Actor, upToPosition: number): Promise<{ count: number }> {
    const { db, clock } = this.services;
    return { count: await markAllRead(db, actor.organisationId, memberOf(actor), upToPosition, clock()) };
  }

  async alerts({ organisationId }: Actor, { limit, cursor, ...filter }: ListAlertsQuery): Promise<Page<AlertAnswer>> {
    const place = alertCursors.decode(cursor);
    const after = place === undefined ? undefined : { openedAt: new Date(place[0]), id: place[1] };
    const rows = await listAlerts(this.services.db, organisationId, { ...filter, after, limit: limit + 1 });
    return toPage(rows, limit, presentAlert, alertCursors, ({ openedAt, id }) => [openedAt.toISOString(), id]);
  }
}
