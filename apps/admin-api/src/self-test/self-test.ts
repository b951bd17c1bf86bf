import { Inject, Injectable } from '@nestjs/common';
import { getConnection, type Actor, type Connection } from '#connections';
import type { GraphClient } from '#graph-client';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { GraphAccess } from '../connections/graph-access.js';
import { failedBy } from './check.js';
import { checkGroup } from './check-group.js';
import { checkPermissions, checkToken } from './check-permissions.js';
import { checkWebhook } from './check-webhook.js';
import type { Check, SelfTestAnswer } from './self-test.schemas.js';

const GROUPS_AT_ONCE = 4;

/** Tries everything that live sync will need, and says of each part what is wrong and how to mend it. Changes nothing. */
@Injectable()
export class SelfTest {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async run(actor: Actor, connectionId: string): Promise<SelfTestAnswer> {
    const connection = await getConnection(this.services.db, actor.organisationId, connectionId);
    const [tenant, webhook] = await Promise.all([this.checkTenant(connection), checkWebhook(this.services.publicUrl)]);
    const checks = [...tenant, webhook];
    return { connectionId, ok: checks.every((check) => check.ok), checkedAt: this.services.clock().toISOString(), checks };
  }

  private async checkTenant(connection: Connection): Promise<Check[]> {
    try {
      return await this.graph.withStored(connection.id, (client) => checkWith(client, connection));
    } catch (error) {
      return [failedBy('token', error, { tenantId: connection.tenantId, clientId: connection.clientId })];
    }
  }
}

async function checkWith(client: GraphClient, connection: Connection): Promise<Check[]> {
  await client.token({ fresh: true });
  const [firstGroup] = connection.watchedGroups;
  const report = await client.probePermissions(firstGroup === undefined ? {} : { groupId: firstGroup.id });
  const isWholeTenant = connection.settings.scope.mode === 'allUsers';
  const checks = [checkToken(report), ...checkPermissions(report, { groups: firstGroup !== undefined || !isWholeTenant })];
  for (let start = 0; start < connection.watchedGroups.length; start += GROUPS_AT_ONCE) {
    const groups = connection.watchedGroups.slice(start, start + GROUPS_AT_ONCE);
    checks.push(...(await Promise.all(groups.map((group) => checkGroup(client, group)))));
  }
  return checks;
}
