import { randomUUID } from 'node:crypto';
import { EVERYBODY } from '#contracts';
import type { GraphClient, GraphClients, GraphConnection } from '#graph-client';
import {
  GroupNotFoundError,
  SecretInvalidError,
  TenantNotFoundError,
  type DirectoryGroup,
  type DirectoryMember,
  type PermissionCheck,
} from '#graph-client';

const granted: PermissionCheck = { outcome: 'granted' };

/** A tenant in memory, as far as the API asks Graph: its secret, its groups and their members, its subscriptions. */
export class FakeTenant {
  readonly tenantId = randomUUID();
  secret = 'the-right-secret';
  readonly groups: DirectoryGroup[] = [];
  readonly members = new Map<string, DirectoryMember[]>();
  /** Of groups inside groups: who is named by their own side although no member. */
  readonly insiders = new Map<string, readonly string[]>();
  readonly deletedUsers = new Set<string>();
  readonly subscriptions: { id: string; notificationUrl: string }[] = [];
  permissions = { groups: granted, groupsDelta: granted, members: granted, users: granted, usersDelta: granted };
  tokenRequests = 0;
  /** Of the next tokens, one after the other; then what is granted. */
  readonly rolesOfNextTokens: string[][] = [];

  addGroup(displayName: string, members: DirectoryMember[] = [person()]): string {
    const id = randomUUID();
    this.groups.push({ id, displayName, kind: 'security', dynamic: false, hiddenMembership: false, mail: null });
    this.members.set(id, members);
    return id;
  }

  /** In the place of the real door to Graph. */
  readonly clients: Pick<GraphClients, 'for' | 'forget' | 'tenant'> = {
    for: (connection) => this.clientFor(connection) as GraphClient,
    forget: () => undefined,
    tenant: async (_, idOrDomain) => {
      if (idOrDomain === 'contoso.example' || idOrDomain === this.tenantId) return { tenantId: this.tenantId };
      throw new TenantNotFoundError(`Entra knows no tenant "${idOrDomain}".`, { operation: 'tenant.lookUp', status: 400 });
    },
  };

  private everybody(): DirectoryMember[] {
    return [...this.members.values()].flat();
  }

  private membersOf(groupId: string): DirectoryMember[] | undefined {
    return groupId === EVERYBODY ? this.everybody() : this.members.get(groupId);
  }

  private isMember(groupId: string, userId: string): boolean {
    if (this.insiders.get(groupId)?.includes(userId) === true) return true;
    return this.members.get(groupId)?.some(({ id }) => id === userId) ?? false;
  }

  private clientFor({ connectionId, clientSecret }: GraphConnection): Partial<GraphClient> {
    const token = async () => {
      this.tokenRequests += 1;
      if (clientSecret !== this.secret)
        throw new SecretInvalidError('Invalid client secret provided.', { operation: 'token', aadsts: 7000215 });
      const roles = this.rolesOfNextTokens.shift() ?? ['Group.Read.All', 'User.Read.All'];
      return { expiresAt: new Date('2030-01-01T00:00:00Z'), roles };
    };
    const group = async (id: string) => {
      const found = this.groups.find((known) => known.id === id);
      if (found === undefined)
        throw new GroupNotFoundError(`The tenant has no group ${id}.`, { operation: 'group.get', status: 404 });
      return found;
    };
    return {
      connectionId,
      token,
      group,
      groupsByName: async (name) => this.groups.filter(({ displayName }) => displayName === name),
      searchGroups: async (text, limit) => {
        await token();
        const begins = (name: string | null) => name?.toLowerCase().startsWith(text.toLowerCase()) === true;
        return this.groups.filter(({ displayName }) => begins(displayName)).slice(0, limit);
      },
      memberCount: async (id) => this.membersOf(id)?.length ?? null,
      user: async (text) => this.everybody().find(({ id, attributes }) => id === text || attributes.mail === text) ?? null,
      deletedUser: async (id) => (this.deletedUsers.has(id) ? { id, deletedDateTime: null } : null),
      checkMemberGroups: async (pairs) =>
        new Map(pairs.map(({ userId, groupIds }) => [userId, { named: groupIds.filter((id) => this.isMember(id, userId)) }])),
      members: (id) => pageOf(this.membersOf(id) ?? []),
      probePermissions: async () => ({ token: await token(), tokenHasNoRoles: false, ...this.permissions }),
      subscriptions: {
        list: async () => [...this.subscriptions],
        remove: async (id: string) => {
          const index = this.subscriptions.findIndex((subscription) => subscription.id === id);
          if (index >= 0) this.subscriptions.splice(index, 1);
          return index >= 0;
        },
      } as unknown as GraphClient['subscriptions'],
    };
  }
}

export function person(overrides: Partial<DirectoryMember> = {}): DirectoryMember {
  return { id: randomUUID(), type: 'user', unreadable: false, attributes: {}, ...overrides };
}

async function* pageOf(members: readonly DirectoryMember[]) {
  yield { index: 0, nextLink: null, members };
}
