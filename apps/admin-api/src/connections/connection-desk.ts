import { Inject, Injectable } from '@nestjs/common';
import { rollcallIdSchema } from '#contracts';
import { getConnection, listConnections, pauseConnection, type Actor, type Connection } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { decodeCursor, toPage, type Page } from '../http/page.js';
import { presentConnection } from './connection.presenter.js';
import type { ConnectionAnswer, ListConnectionsQuery } from './connection.schemas.js';

/** What needs nothing but the database. */
@Injectable()
export class ConnectionDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list(actor: Actor, { limit, cursor, state }: ListConnectionsQuery): Promise<Page<ConnectionAnswer>> {
    const afterId = decodeCursor(cursor, rollcallIdSchema);
    const rows = await listConnections(this.services.db, actor.organisationId, { state, afterId, limit: limit + 1 });
    return toPage(rows, limit, presentConnection, (row) => row.id);
  }

  get(actor: Actor, connectionId: string): Promise<Connection> {
    return getConnection(this.services.db, actor.organisationId, connectionId);
  }

  pause(actor: Actor, connectionId: string): Promise<Connection> {
    return this.services.db.transaction((tx) => pauseConnection(tx, actor, connectionId));
  }
}
