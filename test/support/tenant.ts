import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, fetch } from 'undici';

/** What a simulated tenant tells of itself (`simulator.json` of a data folder). */
export interface TenantFacts {
  readonly graphBaseUrl: string;
  readonly authorityHost: string;
  readonly caFile: string;
  readonly pageUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
}

export interface TenantUser {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly userPrincipalName: string;
}

/** Changes a tenant as an administrator's script would: over Graph, with the application's own token. */
export class Tenant {
  private readonly dispatcher: Agent;
  private token: string | undefined;

  private constructor(
    readonly facts: TenantFacts,
    ca: string,
  ) {
    this.dispatcher = new Agent({ connect: { ca } });
  }

  static async of(facts: TenantFacts): Promise<Tenant> {
    return new Tenant(facts, await readFile(facts.caFile, 'utf8'));
  }

  async addUser(displayName: string, attributes: Record<string, unknown> = {}): Promise<TenantUser> {
    const name = `${displayName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${randomBytes(3).toString('hex')}`;
    const domain = await this.domain();
    return (await this.graph('POST', '/users', {
      accountEnabled: true,
      displayName,
      mailNickname: name,
      userPrincipalName: `${name}@${domain}`,
      mail: `${name}@${domain}`,
      passwordProfile: { password: randomBytes(12).toString('hex') },
      ...attributes,
    })) as unknown as TenantUser;
  }

  updateUser(id: string, attributes: Record<string, unknown>): Promise<unknown> {
    return this.graph('PATCH', `/users/${id}`, attributes);
  }

  deleteUser(id: string): Promise<unknown> {
    return this.graph('DELETE', `/users/${id}`);
  }

  restore(id: string): Promise<unknown> {
    return this.graph('POST', `/directory/deletedItems/${id}/restore`);
  }

  addMember(groupId: string, memberId: string): Promise<unknown> {
    return this.graph('POST', `/groups/${groupId}/members/$ref`, {
      '@odata.id': `${this.facts.graphBaseUrl}/v1.0/directoryObjects/${memberId}`,
    });
  }

  removeMember(groupId: string, memberId: string): Promise<unknown> {
    return this.graph('DELETE', `/groups/${groupId}/members/${memberId}/$ref`);
  }

  async members(groupId: string): Promise<TenantUser[]> {
    const members: TenantUser[] = [];
    let path: string | undefined = `/groups/${groupId}/members?$top=999&$select=id,displayName,mail,userPrincipalName`;
    while (path !== undefined) {
      const page: { value: TenantUser[]; '@odata.nextLink'?: string } = (await this.graph('GET', path)) as never;
      members.push(...page.value);
      path = page['@odata.nextLink'];
    }
    return members;
  }

  async createGroup(displayName: string): Promise<string> {
    const group = await this.graph('POST', '/groups', {
      displayName,
      mailEnabled: false,
      securityEnabled: true,
      mailNickname: randomBytes(4).toString('hex'),
    });
    return group['id'] as string;
  }

  deleteGroup(id: string): Promise<unknown> {
    return this.graph('DELETE', `/groups/${id}`);
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
  }

  private async domain(): Promise<string> {
    const page = (await this.graph('GET', '/users?$top=1&$select=userPrincipalName')) as unknown as { value: TenantUser[] };
    return page.value[0]?.userPrincipalName.split('@')[1] ?? 'contoso.example';
  }

  private async graph(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    this.token ??= await this.requestToken();
    const response = await fetch(path.startsWith('https:') ? path : `${this.facts.graphBaseUrl}/v1.0${path}`, {
      method,
      dispatcher: this.dispatcher,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }

  private async requestToken(): Promise<string> {
    const { authorityHost, tenantId, clientId, clientSecret } = this.facts;
    const response = await fetch(`${authorityHost}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      dispatcher: this.dispatcher,
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'client_credentials',
        scope: 'https://graph.microsoft.com/.default',
      }),
    });
    const answer = (await response.json()) as { access_token?: string };
    if (answer.access_token === undefined) throw new Error(`no token: ${JSON.stringify(answer)}`);
    return answer.access_token;
  }
}
