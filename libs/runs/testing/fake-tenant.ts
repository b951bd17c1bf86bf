import type { DirectoryMember, EnumerationOptions, MemberGroupsOutcome, MembersPage } from '#graph-client';
import type { RunGraph } from '#runs';

/** A tenant in memory, read through the part of the Graph client that runs use. Faults are set per group. */
export class FakeTenant {
  readonly groups = new Map<string, DirectoryMember[]>();
  /** Thrown before the page with this index (counted from 0) of the group, until it is taken out. */
  readonly failures = new Map<string, { atPage: number; error: Error }>();
  /** Groups whose member list lies: 200 and nobody. */
  readonly lyingEmpty = new Set<string>();
  /** What a person's own side says, where it differs from the groups (a nested path, a stale replica). */
  readonly ownSide = new Map<string, MemberGroupsOutcome>();
  /** People of the tenant who are in no group. */
  readonly elsewhere: DirectoryMember[] = [];
  readonly deletedUsers = new Set<string>();
  readonly pagesServed: string[] = [];
  /** Ids that were asked for, one by one. */
  readonly peopleServed: string[] = [];
  pageSize = 3;
  /** Awaited before each page is answered. */
  beforePage: (index: number) => Promise<void> = () => Promise.resolve();
  /** Awaited before people are answered by their ids. */
  beforePeople: () => Promise<void> = () => Promise.resolve();

  client(): RunGraph {
    return new FakeClient(this);
  }

  find(id: string): DirectoryMember | undefined {
    return [...this.groups.values(), this.elsewhere].flat().find((member) => member.id === id);
  }

  page(groupId: string, index: number): MembersPage {
    const members = this.lyingEmpty.has(groupId) ? [] : (this.groups.get(groupId) ?? []);
    const failure = this.failures.get(groupId);
    if (failure?.atPage === index) throw failure.error;
    this.pagesServed.push(`${groupId}#${index}`);
    const from = index * this.pageSize;
    const hasMore = from + this.pageSize < members.length;
    return { index, nextLink: hasMore ? `next#${index + 1}` : null, members: members.slice(from, from + this.pageSize) };
  }

  groupsOf(userId: string, groupIds: readonly string[]): MemberGroupsOutcome {
    const told = this.ownSide.get(userId);
    if (told !== undefined) return told;
    return { named: groupIds.filter((groupId) => this.groups.get(groupId)?.some(({ id }) => id === userId)) };
  }
}

/** Counts the requests that it sent, as the real client does. */
class FakeClient implements RunGraph {
  graphRequests = 0;

  constructor(private readonly tenant: FakeTenant) {}

  memberCount(groupId: string): Promise<number | null> {
    this.graphRequests += 1;
    return Promise.resolve(this.tenant.groups.get(groupId)?.length ?? null);
  }

  async *members(groupId: string, options: EnumerationOptions = {}): AsyncGenerator<MembersPage> {
    let index = options.resumeLink === undefined ? 0 : Number(options.resumeLink.split('#')[1]);
    for (;;) {
      options.signal?.throwIfAborted();
      this.graphRequests += 1;
      await this.tenant.beforePage(index);
      const page = this.tenant.page(groupId, index);
      yield page;
      if (page.nextLink === null) return;
      index += 1;
    }
  }

  checkMemberGroups: RunGraph['checkMemberGroups'] = (pairs) => {
    this.graphRequests += 1;
    return Promise.resolve(new Map(pairs.map(({ userId, groupIds }) => [userId, this.tenant.groupsOf(userId, groupIds)])));
  };

  usersByIds: RunGraph['usersByIds'] = async (ids) => {
    this.graphRequests += 1;
    await this.tenant.beforePeople();
    this.tenant.peopleServed.push(...ids);
    const found = ids.flatMap((id) => this.tenant.find(id) ?? []);
    return { found, missing: ids.filter((id) => !found.some((user) => user.id === id)) };
  };

  deletedUser: RunGraph['deletedUser'] = (id) => {
    this.graphRequests += 1;
    return Promise.resolve(this.tenant.deletedUsers.has(id) ? { id, deletedDateTime: null } : null);
  };
}

/** A member who is a person with a usable address. */
export function buildMember(id: string, overrides: Partial<DirectoryMember> = {}): DirectoryMember {
  const name = id.slice(-4);
  return {
    id,
    type: 'user',
    unreadable: false,
    attributes: {
      displayName: `Person ${name}`,
      mail: `person-${name}@example.com`,
      userPrincipalName: `person-${name}@example.com`,
      accountEnabled: true,
      userType: 'Member',
    },
    ...overrides,
  };
}
