import type { TenantFacts } from './tenant.js';

export interface BulkPeople {
  /** Object id of the group that all of them are in. */
  readonly groupId: string;
  readonly firstUserId: string;
  readonly lastUserId: string;
}

export interface TenantSecret {
  readonly id: string;
  readonly value: string;
}

export interface TenantApp {
  readonly clientId: string;
  readonly secret: TenantSecret;
}

/** The control API of a simulated tenant in another process: what no application may do over Graph, or not so fast. */
export class TenantControl {
  constructor(private readonly facts: Pick<TenantFacts, 'pageUrl'>) {}

  /** People by the thousand, all in one new group. */
  bulk(createUsers: number, newGroup: string): Promise<BulkPeople> {
    return this.call('POST', '/bulk', { createUsers, newGroup });
  }

  async setBehaviours(changes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call('PATCH', '/behaviours', { changes });
  }

  /** Until `clearFaults`. Paths are those of Graph and of the token endpoint. */
  async setFault(fault: { readonly kind: string; readonly scope?: { readonly path: string } }): Promise<void> {
    await this.call('POST', '/faults', { fault });
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', '/faults');
  }

  async createGroup(displayName: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return (await this.call<{ id: string }>('POST', '/groups', { displayName, attributes })).id;
  }

  async memberIds(groupId: string, limit: number): Promise<string[]> {
    const { items } = await this.call<{ items: { id: string }[] }>('GET', `/groups/${groupId}/members?limit=${limit}`);
    return items.map(({ id }) => id);
  }

  async addPerson(displayName: string, groupId: string): Promise<string> {
    return (await this.call<{ id: string }>('POST', '/people', { displayName, groups: [groupId] })).id;
  }

  async addMembers(groupId: string, members: readonly string[]): Promise<void> {
    await this.call('POST', `/groups/${groupId}/members`, { members });
  }

  async emptyGroup(groupId: string): Promise<void> {
    await this.call('POST', `/groups/${groupId}/empty`);
  }

  async removeMember(groupId: string, memberId: string): Promise<void> {
    await this.call('DELETE', `/groups/${groupId}/members/${memberId}`);
  }

  /** An application of its own, with one secret. */
  async createApp(displayName: string, roles: readonly string[]): Promise<TenantApp> {
    const { clientId, secrets } = await this.call<{ clientId: string; secrets: TenantSecret[] }>('POST', '/apps', {
      displayName,
      roles,
    });
    const [secret] = secrets;
    if (secret === undefined) throw new Error(`the application ${displayName} has no secret`);
    return { clientId, secret };
  }

  /** What an administrator consents to; it holds for tokens that are issued from now on. */
  async consent(clientId: string, roles: readonly string[]): Promise<void> {
    await this.call('POST', '/apps/consent', { clientId, roles });
  }

  async expireSecrets(clientId: string): Promise<void> {
    await this.call('POST', '/apps/expire-secret', { clientId });
  }

  /** A new secret beside the old ones. */
  addSecret(clientId: string): Promise<TenantSecret> {
    return this.call('POST', '/apps/rotate-secret', { clientId, keepOld: true });
  }

  private async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.facts.pageUrl.replace(/\/$/, '')}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
