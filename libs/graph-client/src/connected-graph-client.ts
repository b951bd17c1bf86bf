import { readGroupsDelta, readGroupsDeltaLatest } from './delta/groups-delta.js';
import { readUsersDelta, readUsersDeltaLatest } from './delta/users-delta.js';
import type {
  DeletedObject,
  DirectoryGroup,
  DirectoryUser,
  GroupsDeltaPage,
  MembersPage,
  UserProperty,
  UsersDeltaPage,
  UsersPage,
} from './directory/directory-objects.js';
import { readMembers, readUsers } from './directory/enumerate-people.js';
import { countMembers, findGroupsByName, readGroup, searchGroups } from './directory/groups.js';
import { checkMemberGroups } from './directory/member-groups.js';
import { readOrganization, type Organization } from './directory/organization.js';
import { readPeopleById, type PeopleById } from './directory/people-by-id.js';
import { readDeleted, readUser } from './directory/single-people.js';
import type { EnumerationOptions, GraphClient, MemberGroupsOutcome } from './graph-client.js';
import type { PermissionReport, TokenFacts } from './permissions/permission-report.js';
import { probePermissions } from './permissions/probe-permissions.js';
import type { GraphSubscriptions } from './subscriptions/graph-subscription.js';
import { SubscriptionRequests } from './subscriptions/subscription-requests.js';
import type { GraphTransport } from './transport/graph-transport.js';
import type { LiveConnection } from './transport/live-connection.js';

/** The table of contents of what can be asked of Graph; each answer's rules are in the named function. */
export class ConnectedGraphClient implements GraphClient {
  readonly subscriptions: GraphSubscriptions;

  constructor(
    private readonly live: LiveConnection,
    private readonly transport: GraphTransport,
  ) {
    this.subscriptions = new SubscriptionRequests(transport);
  }

  get connectionId(): string {
    return this.live.connection.connectionId;
  }

  get graphRequests(): number {
    return this.transport.requests;
  }

  token(options: { fresh?: boolean } = {}): Promise<TokenFacts> {
    return this.live.tokens.facts(options.fresh ?? false);
  }

  organization(): Promise<Organization | null> {
    return readOrganization(this.transport);
  }

  group(id: string): Promise<DirectoryGroup> {
    return readGroup(this.transport, id);
  }

  groupsByName(exactName: string): Promise<DirectoryGroup[]> {
    return findGroupsByName(this.transport, exactName);
  }

  searchGroups(text: string, limit: number): Promise<DirectoryGroup[]> {
    return searchGroups(this.transport, text, limit);
  }

  memberCount(groupId: string): Promise<number | null> {
    return countMembers(this.transport, groupId);
  }

  members(groupId: string, options: EnumerationOptions & { select?: readonly UserProperty[] } = {}): AsyncIterable<MembersPage> {
    return readMembers(this.transport, groupId, options, this.onUnreadable);
  }

  users(options: EnumerationOptions & { filter?: string; select?: readonly UserProperty[] } = {}): AsyncIterable<UsersPage> {
    return readUsers(this.transport, options, this.onUnreadable);
  }

  async usersByIds(ids: readonly string[]): Promise<PeopleById> {
    const people = await readPeopleById(this.transport, this.live, this.classify, ids);
    if (people.found.some((person) => person.unreadable)) this.onUnreadable();
    return people;
  }

  user(idOrUpnOrMail: string): Promise<DirectoryUser | null> {
    return readUser(this.transport, idOrUpnOrMail);
  }

  deletedUser(id: string): Promise<DeletedObject | null> {
    return readDeleted(this.transport, 'user', id);
  }

  deletedGroup(id: string): Promise<DeletedObject | null> {
    return readDeleted(this.transport, 'group', id);
  }

  checkMemberGroups(
    pairs: readonly { readonly userId: string; readonly groupIds: readonly string[] }[],
  ): Promise<Map<string, MemberGroupsOutcome>> {
    return checkMemberGroups(this.transport, this.classify, pairs);
  }

  groupsDeltaLatest(groupIds: readonly string[]): Promise<{ deltaLink: string }> {
    return readGroupsDeltaLatest(this.transport, groupIds);
  }

  groupsDeltaRound(link: string, options: { signal?: AbortSignal } = {}): AsyncIterable<GroupsDeltaPage> {
    return readGroupsDelta(this.transport, link, options.signal);
  }

  usersDeltaLatest(select?: readonly UserProperty[]): Promise<{ deltaLink: string }> {
    return readUsersDeltaLatest(this.transport, select);
  }

  usersDeltaRound(link: string, options: { signal?: AbortSignal } = {}): AsyncIterable<UsersDeltaPage> {
    return readUsersDelta(this.transport, link, options.signal);
  }

  async probePermissions(options: { groupId?: string } = {}): Promise<PermissionReport> {
    return probePermissions(this.transport, await this.live.tokens.facts(true), options.groupId);
  }

  private readonly onUnreadable = (): void => this.live.tokens.distrust();

  private readonly classify: GraphTransport['classify'] = (answer, operation) => this.transport.classify(answer, operation);
}
