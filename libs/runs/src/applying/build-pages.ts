import {
  MAX_PAGE_BYTES,
  MAX_PAGE_ITEMS,
  type MembershipItem,
  type MembershipsChangedV1,
  type UserItem,
  type UsersChangedV1,
} from '#contracts';
import type { Difference } from './difference.js';
import type { RoundPlace } from './removal-rounds.js';

export interface PageOwner {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly runId: string;
}

export type RunPage =
  | { readonly type: 'users'; readonly data: UsersChangedV1 }
  | { readonly type: 'memberships'; readonly data: MembershipsChangedV1 };

/** Room for the header and the envelope around the items. */
const HEADER_BYTES = 4_096;

/**
 * The pages that carry these differences: groups that somebody leaves who comes in by others, then attributes, so that a newcomer is
 * known when the membership arrives, then the memberships group by group. No page is longer or larger than the contract allows.
 */
export function buildPages(
  owner: PageOwner,
  differences: readonly Difference[],
  rounds: ReadonlyMap<string, RoundPlace> = new Map(),
): RunPage[] {
  const aboutPeople = differences.filter(({ groupId }) => groupId === null);
  const joining = inGroups(differences.filter(({ kind }) => kind !== 'removed'));
  const leavingFirst = inGroups(differences.filter(({ kind, leavesFirst }) => kind === 'removed' && leavesFirst === true));
  const leaving = inGroups(differences.filter(({ kind, leavesFirst }) => kind === 'removed' && leavesFirst !== true));
  return [
    ...[...leavingFirst].flatMap(([groupId, members]) => membershipPages(owner, groupId, members)),
    ...inPages(aboutPeople, userItem).map(({ items, of }): RunPage => ({
      type: 'users',
      data: { ...header(owner, of), users: items },
    })),
    ...[...joining].flatMap(([groupId, members]) => membershipPages(owner, groupId, members)),
    ...[...leaving].flatMap(([groupId, members]) => membershipPages(owner, groupId, members, rounds.get(groupId))),
  ];
}

/** A round's portion is one page: 500 removals are far below the size of a page. */
function membershipPages(owner: PageOwner, groupId: string, members: readonly Difference[], round?: RoundPlace): RunPage[] {
  return inPages(members, membershipItem).map(({ items, of }): RunPage => ({
    type: 'memberships',
    data: { ...header(owner, of), groupId, items, ...(round === undefined ? {} : { round: { ...round } }) },
  }));
}

function inGroups(differences: readonly Difference[]): Map<string, Difference[]> {
  const byGroup = new Map<string, Difference[]>();
  for (const difference of differences) {
    if (difference.groupId === null) continue;
    const members = byGroup.get(difference.groupId) ?? [];
    byGroup.set(difference.groupId, members);
    members.push(difference);
  }
  return byGroup;
}

function userItem({ personId, kind, attributes, readNo, page, plan }: Difference): UserItem {
  const bound = { id: personId, version: { readNo, page }, ...(plan === null ? {} : { plan }) };
  if (kind === 'softDeleted') return { ...bound, state: 'softDeleted' };
  return { ...bound, state: 'present', ...(attributes === null ? {} : { attributes }) };
}

function membershipItem({ personId, kind, memberType, readNo, page, plan }: Difference): MembershipItem {
  return {
    memberId: personId,
    memberType,
    change: kind === 'removed' ? 'removed' : 'added',
    version: { readNo, page },
    ...(plan === null ? {} : { plan }),
  };
}

/** Each item has a version of its own; the header's times span them all, and the earlier start protects more (invariant 2a). */
function header(owner: PageOwner, of: readonly Difference[]) {
  const starts = of.map(({ readStartedAt }) => readStartedAt.getTime());
  const ends = of.map(({ readAt }) => readAt.getTime());
  const [first] = of;
  return {
    ...owner,
    readNo: first?.readNo ?? 1,
    page: first?.page ?? 0,
    origin: 'run' as const,
    times: {
      readStartedAt: new Date(Math.min(...starts)).toISOString(),
      readAt: new Date(Math.max(...ends)).toISOString(),
    },
  };
}

function inPages<Item>(
  differences: readonly Difference[],
  toItem: (difference: Difference) => Item,
): { items: Item[]; of: Difference[] }[] {
  const pages: { items: Item[]; of: Difference[] }[] = [];
  let bytes = Infinity;
  for (const difference of differences) {
    const item = toItem(difference);
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    let last = pages.at(-1);
    if (last === undefined || last.items.length >= MAX_PAGE_ITEMS || bytes + size > MAX_PAGE_BYTES) {
      last = { items: [], of: [] };
      pages.push(last);
      bytes = HEADER_BYTES;
    }
    last.items.push(item);
    last.of.push(difference);
    bytes += size;
  }
  return pages;
}
