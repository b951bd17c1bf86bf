import { Inject, Injectable } from '@nestjs/common';
import { deleteConnection, getConnection, WebhookKeys, type Actor, type Connection } from '#connections';
import type { GraphClient } from '#graph-client';
import { disbandConnection } from '#people';
import { cancelRunsOf } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { peopleTools } from '../people-tools.js';
import type { DeleteConnectionQuery } from './connection.schemas.js';
import { GraphAccess } from './graph-access.js';

/** Ends a connection: its subscriptions at Graph while there still is a credential, its runs, then the credential. The people stay, or go through the guard. */
@Injectable()
export class DisconnectTenant {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async end(actor: Actor, connectionId: string, { deactivateAccounts }: DeleteConnectionQuery): Promise<Connection> {
    const connection = await getConnection(this.services.db, actor.organisationId, connectionId);
    if (connection.state !== 'created' && connection.state !== 'disconnected') await this.endSubscriptions(connection);
    return this.services.db.transaction(async (tx) => {
      await cancelRunsOf(tx, actor, connection.id, this.services.clock());
      if (deactivateAccounts) await disbandConnection(tx, peopleTools(this.services), actor, connection.id);
      return deleteConnection(tx, actor, connection.id);
    });
  }

  /**
   * A tenant that cannot be reached must not keep an admin from disconnecting it: what is left there ends by itself, and its
   * notifications are dropped as unknown.
   */
  private async endSubscriptions(connection: Connection): Promise<void> {
    try {
      await this.graph.withStored(connection.id, (client) => this.removeOurs(client, connection.id));
    } catch (error) {
      this.services.log.warn(
        { error, connectionId: connection.id },
        'the Graph subscriptions could not be ended; they run out by themselves',
      );
    }
  }

  private async removeOurs(client: GraphClient, connectionId: string): Promise<void> {
    const keys = new WebhookKeys(this.services.secretBox.keys);
    const subscriptions = await client.subscriptions.list();
    const ours = subscriptions.filter(({ notificationUrl }) => {
      const key = URL.canParse(notificationUrl) ? new URL(notificationUrl).searchParams.get('k') : null;
      return key !== null && keys.verify(key) === connectionId;
    });
    await Promise.all(ours.map(({ id }) => client.subscriptions.remove(id)));
  }
}
