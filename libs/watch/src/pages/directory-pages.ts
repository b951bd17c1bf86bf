import {
  buildEvent,
  groupChangedV1,
  membershipsChangedV1,
  usersChangedV1,
  type CloudEvent,
  type GroupChangedV1,
  type MembershipItem,
  type Origin,
  type Round,
  type UserItem,
} from '#contracts';
import { splitIntoPages } from './split-into-pages.js';

/** The read that found the facts of a commit. */
export interface ReadFacts {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly readNo: number;
  readonly origin: Origin;
  readonly recheck?: boolean;
  readonly noticedAt: Date | null;
  readonly readStartedAt: Date;
  readonly readAt: Date;
}

/**
 * Collects the facts of one commit as events. `page` is the position of Graph's page in the read; several published pages may share
 * it. Event ids are made of the read, the page and a count, so no two commits of a read may use the same page.
 */
export class DirectoryPages {
  readonly events: CloudEvent[] = [];

  constructor(
    private readonly read: ReadFacts,
    private readonly page: number,
    private readonly part = 'page',
  ) {}

  get connectionId(): string {
    return this.read.connectionId;
  }

  group(change: Pick<GroupChangedV1, 'groupId' | 'state' | 'displayName'>): void {
    this.events.push(buildEvent(groupChangedV1, this.identity(), { ...this.header(), ...change }));
  }

  memberships(groupId: string, items: readonly MembershipItem[]): void {
    for (const page of splitIntoPages(items)) this.membershipPage(groupId, page);
  }

  membershipPage(groupId: string, items: readonly MembershipItem[], round?: Round): void {
    const data = { ...this.header(), groupId, items: [...items], ...(round === undefined ? {} : { round }) };
    this.events.push(buildEvent(membershipsChangedV1, this.identity(), data));
  }

  /** With `roundId` the pages are one round: kept until the last has come, and judged together. */
  users(users: readonly UserItem[], roundId?: string): void {
    const pages = splitIntoPages(users);
    for (const [index, page] of pages.entries()) {
      const round = roundId === undefined ? {} : { round: { id: roundId, index, pages: pages.length } };
      this.events.push(buildEvent(usersChangedV1, this.identity(), { ...this.header(), users: page, ...round }));
    }
  }

  private header() {
    const { organisationId, connectionId, readNo, origin, recheck } = this.read;
    return {
      organisationId,
      connectionId,
      readNo,
      page: this.page,
      origin,
      ...(recheck === true ? { recheck } : {}),
      times: {
        noticedAt: this.read.noticedAt?.toISOString() ?? null,
        readStartedAt: this.read.readStartedAt.toISOString(),
        readAt: this.read.readAt.toISOString(),
      },
    };
  }

  private identity() {
    const { connectionId, readNo, readAt } = this.read;
    return {
      id: `${connectionId}:${readNo}:${this.page}:${this.part}:${this.events.length}`,
      source: '/rollcall/subscription',
      key: connectionId,
      subject: connectionId,
      time: readAt,
    };
  }
}
