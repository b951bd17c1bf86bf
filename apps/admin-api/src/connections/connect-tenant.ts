import { Inject, Injectable } from '@nestjs/common';
import {
  createConnection,
  enableConnection,
  findOrganisation,
  mergePatch,
  validateSettings,
  type Actor,
  type Connection,
  type WatchedGroup,
} from '#connections';
import type { Tx } from '#database';
import { adoptPeople } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { assertMayConnect } from './assert-may-connect.js';
import { asGroupId, resolveGroups } from './resolve-groups.js';
import type { CreateConnectionBody } from './connection.schemas.js';
import { endedConnections } from './ended-connections.js';
import { GraphAccess } from './graph-access.js';

/** Stores a new connection. Whatever must be asked of Graph is asked before anything is written. */
@Injectable()
export class ConnectTenant {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async create(actor: Actor, body: CreateConnectionBody): Promise<Connection> {
    const { name, tenantId, cloud, credential } = body;
    await assertMayConnect(this.services.db, actor, tenantId);
    const organisation = await findOrganisation(this.services.db, actor.organisationId);
    const settings = validateSettings(mergePatch(body.settings, { scope: body.scope }), organisation?.timeZone);
    const watchedGroups = await this.resolve(body, settings.scope.groups);
    const expiresAt = credential.expiresAt === null ? null : new Date(credential.expiresAt);
    return this.services.db.transaction(async (tx) => {
      const created = await createConnection(
        tx,
        actor,
        {
          name,
          tenantId,
          clientId: credential.clientId,
          cloud,
          credential: { clientSecret: credential.clientSecret, expiresAt },
          settings,
          watchedGroups,
        },
        this.services.secretBox,
      );
      await this.adopt(tx, created);
      return body.enabled ? enableConnection(tx, actor, created.id) : created;
    });
  }

  /** Connecting a tenant again finds its people: of the connection that comes back, and of others that ended, the newest first. */
  private async adopt(tx: Tx, { id, organisationId, tenantId }: Connection): Promise<void> {
    const from = (await endedConnections(tx, organisationId, tenantId)).map((connection) => connection.id);
    await adoptPeople(tx, organisationId, from, id);
  }

  /** Ids of a connection that stays off are taken as they are: enabling proves them, and the self-test names what is wrong. */
  private async resolve(
    { tenantId, cloud, credential, enabled }: CreateConnectionBody,
    entries: readonly string[],
  ): Promise<WatchedGroup[]> {
    const ids = entries.map(asGroupId);
    if (!enabled && ids.every((id) => id !== null)) return [...new Set(ids)].map((id) => ({ id, displayName: null }));
    const { clientId, clientSecret } = credential;
    return this.graph.withUnsaved({ tenantId, cloud, clientId, clientSecret }, async (client) => {
      await client.token({ fresh: true });
      return resolveGroups(client, entries);
    });
  }
}
