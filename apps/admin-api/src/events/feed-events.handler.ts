import { Controller, Inject } from '@nestjs/common';
import { connectionEvents, effectEvents, runEvents } from '#contracts';
import { FeedWriter, OnEvent, type Delivery } from '#messaging';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';

export const ADMIN_API_GROUP = 'admin-api';

/** What the live stream shows: outcomes, runs and connections. Pages of the directory are not for browsers. */
export const feedEvents = [...effectEvents, ...runEvents, ...connectionEvents];

/** Copies outcomes from the log to the table that the live streams of all replicas read. A redelivery is dropped by its event id. */
@Controller()
export class FeedEvents {
  private readonly feed: FeedWriter;

  constructor(@Inject(ADMIN_API_SERVICES) services: AdminApiServices) {
    this.feed = new FeedWriter(services.db);
  }

  @OnEvent(ADMIN_API_GROUP, ...feedEvents)
  handle({ event }: Delivery): Promise<void> {
    return this.feed.append(event);
  }
}
