import { Inject, Injectable } from '@nestjs/common';
import { ListCursors, rollcallIdSchema } from '#contracts';
import { getConnection, listConnections, pauseConnection, type Actor, type Connection } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { toPage, type Page } from '../http/page.js';
import { presentConnection } from './connection.presenter.js';
import type { ConnectionAnswer, ListConnectionsQuery } from './connection.schemas.js';

const cursors = new ListCursors('connections', rollcallIdSchema);

/** What needs nothing but the database. */
@Injectable()
export class ConnectionDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list(actor: Actor, { limit, cursor, state }: ListConnectionsQuery): Promise<Page<ConnectionAnswer>> {
    const afterId = cursors.decode(cursor);
    const rows = await listConnections(this.services.db, actor.organisationId, { state, afterId, limit: limit + 1 });
    return toPage(rows, limit, presentConnection, cursors, (row) => row.id);
  }

  get(actor: Actor, connectionId: string): Promise<Connection> {
    return getConnection(this.services.db, actor.organisationId, connectionId);
  }

  pause(actor: Actor, connectionId: string): Promise<Connection> {
    return this.services.db.transaction((tx) => pauseConnection(tx, actor, connectionId));
  }
}
