import { Inject, Injectable } from '@nestjs/common';
import type { GraphClient } from '#graph-client';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { GraphAccess } from '../connections/graph-access.js';
import { resolveGroups } from '../connections/resolve-groups.js';
import { failedBy } from './check.js';
import { checkGroup } from './check-group.js';
import { checkPermissions, checkToken } from './check-permissions.js';
import type { Check, UnsavedTestAnswer, UnsavedTestBody } from './self-test.schemas.js';

const GROUPS_AT_ONCE = 4;

/** The self-test of what an admin is typing: a fresh token, each permission, each group by id or name. Stores nothing. */
@Injectable()
export class TestUnsaved {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async run({ tenantId, cloud, credential, groups }: UnsavedTestBody): Promise<UnsavedTestAnswer> {
    const checks = await this.graph
      .withUnsaved({ tenantId, cloud, ...credential }, (client) => checkWith(client, groups))
      .catch((error: unknown) => [failedBy('token', error, { tenantId, clientId: credential.clientId })]);
    return { ok: checks.every((check) => check.ok), checkedAt: this.services.clock().toISOString(), checks };
  }
}

async function checkWith(client: GraphClient, entries: readonly string[]): Promise<Check[]> {
  await client.token({ fresh: true });
  const checks: Check[] = [];
  for (let start = 0; start < entries.length; start += GROUPS_AT_ONCE) {
    const some = entries.slice(start, start + GROUPS_AT_ONCE);
    checks.push(...(await Promise.all(some.map((entry) => checkEntry(client, entry)))).flat());
  }
  const firstGroupId = checks.map(({ facts }) => facts['groupId']).find((groupId) => typeof groupId === 'string');
  const report = await client.probePermissions(firstGroupId === undefined ? {} : { groupId: firstGroupId });
  return [checkToken(report), ...checks, ...checkPermissions(report)];
}

async function checkEntry(client: GraphClient, entry: string): Promise<Check[]> {
  const name = `group:${entry}`;
  try {
    const groups = await resolveGroups(client, [entry]);
    return await Promise.all(groups.map(async (group) => ({ ...(await checkGroup(client, group)), name })));
  } catch (error) {
    return [failedBy(name, error, { entry })];
  }
}
