import type { MemberType } from '#contracts';
import {
  GraphUnavailableError,
  type DirectoryUser,
  type GraphClient,
  type GroupDelta,
  type GroupsDeltaPage,
  type MemberGroupsOutcome,
  type MembersPage,
  type UserDelta,
  type UsersDeltaPage,
} from '#graph-client';
import type { GraphDoor } from '../src/graph-door.js';
import { FakeSubscriptions } from './fake-subscriptions.js';

/** One scripted page of a round; a hook runs before it is answered. */
export interface ScriptedPage<Delta> {
  readonly items: readonly Delta[];
  readonly before?: () => Promise<void> | void;
}

type Script<Delta> = readonly ScriptedPage<Delta>[];

const nothing = async (): Promise<never> => {
  throw new GraphUnavailableError('not scripted', { operation: 'fake' });
};

/**
 * A Graph whose next answers a test writes down. Every delta round takes the next script (none: no changes) and ends with a new link;
 * pages are addressed by links `round/{n}/{page}`, so an interrupted round goes on where it was.
 */
export class FakeGraph implements GraphDoor {
  readonly subscriptions = new FakeSubscriptions();
  readonly opened: string[] = [];
  readonly failures: unknown[] = [];
  readonly links: string[] = [];
  recoveries = 0;

  readonly people = new Map<string, DirectoryUser>();
  readonly groupMembers = new Map<string, { id: string; type: MemberType }[]>();
  readonly memberGroups = new Map<string, MemberGroupsOutcome>();
  readonly deletedPeople = new Set<string>();
  /** Thrown by the next call of any kind, then forgotten. */
  nextError: Error | undefined;

  private readonly groupRounds: Script<GroupDelta>[] = [];
  private readonly userRounds: Script<UserDelta>[] = [];
  private readonly played = new Map<number, Script<unknown>>();
  private rounds = 0;

  /** Scripts the next groups round, one list per page. */
  scriptGroups(...pages: (readonly GroupDelta[] | ScriptedPage<GroupDelta>)[]): void {
    this.groupRounds.push(pages.map((page) => ('items' in page ? page : { items: page })));
  }

  scriptUsers(...pages: (readonly UserDelta[])[]): void {
    this.userRounds.push(pages.map((items) => ({ items })));
  }

  async open(connectionId: string): Promise<GraphClient> {
    this.opened.push(connectionId);
    return this.client(connectionId);
  }

  async failed(_connectionId: string, error: unknown): Promise<void> {
    this.failures.push(error);
  }

  async recovered(): Promise<void> {
    this.recoveries += 1;
  }

  private throwIfAsked(): void {
    const error = this.nextError;
    this.nextError = undefined;
    if (error !== undefined) throw error;
  }

  private client(connectionId: string): GraphClient {
    return {
      connectionId,
      graphRequests: 0,
      token: nothing,
      organization: nothing,
      group: nothing,
      groupsByName: nothing,
      searchGroups: nothing,
      memberCount: nothing,
      members: (groupId) => this.members(groupId),
      users: () => this.members('nobody') as never,
      usersByIds: async (ids) => {
        this.throwIfAsked();
        const found = ids.flatMap((id) => this.people.get(id) ?? []);
        return { found, missing: ids.filter((id) => !this.people.has(id)) };
      },
      user: async (id) => this.people.get(id) ?? null,
      deletedUser: async (id) => (this.deletedPeople.has(id) ? { id, deletedDateTime: new Date() } : null),
      deletedGroup: async () => null,
      checkMemberGroups: async (pairs) =>
        new Map(pairs.map(({ userId }) => [userId, this.memberGroups.get(userId) ?? { named: [] }])),
      groupsDeltaLatest: async () => this.latest(),
      groupsDeltaRound: (link) => this.groupsRound(link),
      usersDeltaLatest: async () => this.latest(),
      usersDeltaRound: (link) => this.usersRound(link),
      subscriptions: this.subscriptions,
      probePermissions: nothing,
    };
  }

  private async latest(): Promise<{ deltaLink: string }> {
    this.throwIfAsked();
    this.rounds += 1;
    return { deltaLink: `latest/${this.rounds}` };
  }

  private async *members(groupId: string): AsyncGenerator<MembersPage> {
    this.throwIfAsked();
    const members = (this.groupMembers.get(groupId) ?? []).map((member) => ({ ...member, unreadable: false, attributes: {} }));
    yield { index: 0, nextLink: null, members };
  }

  private async *groupsRound(link: string): AsyncGenerator<GroupsDeltaPage> {
    for await (const { index, items, links } of this.play(link, this.groupRounds)) yield { index, ...links, groups: items };
  }

  private async *usersRound(link: string): AsyncGenerator<UsersDeltaPage> {
    for await (const { index, items, links } of this.play(link, this.userRounds)) yield { index, ...links, users: items };
  }

  private async *play<Delta>(link: string, scripts: Script<Delta>[]) {
    this.links.push(link);
    this.throwIfAsked();
    const resumed = /^round\/(\d+)\/(\d+)$/.exec(link);
    const round = resumed === null ? (this.rounds += 1) : Number(resumed[1]);
    if (resumed === null) this.played.set(round, scripts.shift() ?? [{ items: [] }]);
    const script = this.played.get(round) as Script<Delta>;
    const first = resumed === null ? 0 : Number(resumed[2]);
    for (const [offset, page] of script.slice(first).entries()) {
      await page.before?.();
      const at = first + offset;
      const isLast = at === script.length - 1;
      const links = isLast
        ? { nextLink: null, deltaLink: `delta/${round}` }
        : { nextLink: `round/${round}/${at + 1}`, deltaLink: null };
      yield { index: offset, items: page.items, links };
    }
  }
}
