import { Inject, Injectable } from '@nestjs/common';
import { enableConnection, getConnection, renameWatchedGroup, watchesAnybody, type Actor, type Connection } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { ProblemError } from '../http/problem.js';
import { GraphAccess } from './graph-access.js';
import { resolveGroups } from './resolve-groups.js';

/** Enabling proves first: a fresh token, and each watched group. What fails is answered, and the connection stays as it is. */
@Injectable()
export class EnableLiveSync {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async enable(actor: Actor, connectionId: string): Promise<Connection> {
    const connection = await getConnection(this.services.db, actor.organisationId, connectionId);
    if (connection.state === 'enabled') return connection;
    if (connection.state === 'disconnected')
      throw new ProblemError('CONFLICT', `${connection.name} is disconnected: connect the tenant again.`);
    if (!watchesAnybody(connection)) throw new ProblemError('CONFLICT', `${connection.name} watches no group yet.`);
    const groups = await this.graph.withStored(connectionId, async (client) => {
      await client.token({ fresh: true });
      return resolveGroups(client, connection.settings.scope.groups);
    });
    return this.services.db.transaction(async (tx) => {
      for (const group of groups) await renameWatchedGroup(tx, connectionId, group);
      return enableConnection(tx, actor, connectionId);
    });
  }
}
