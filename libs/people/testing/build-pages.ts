import { randomUUID } from 'node:crypto';
import {
  buildEvent,
  groupChangedV1,
  membershipsChangedV1,
  usersChangedV1,
  type CloudEvent,
  type GroupChangedV1,
  type MembershipItem,
  type MembershipsChangedV1,
  type Round,
  type UserAttributes,
  type UserItem,
  type UsersChangedV1,
} from '#contracts';

/** What tests say of a page; the rest has a value that does not matter. `at` is when the read began and ended. */
export interface PageOptions {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly readNo: number;
  readonly page?: number;
  readonly origin?: 'delta' | 'read' | 'run';
  readonly at: Date;
  readonly noticedAt?: Date;
  readonly recheck?: boolean;
  readonly runId?: string;
}

export function buildUsersPage(
  options: PageOptions & { readonly round?: Round },
  users: readonly UserItem[],
): CloudEvent<typeof usersChangedV1> {
  const data: UsersChangedV1 = {
    ...headerOf(options),
    users: [...users],
    ...(options.round === undefined ? {} : { round: options.round }),
  };
  return buildEvent(usersChangedV1, identityOf(options), data);
}

export function buildMembershipsPage(
  options: PageOptions & { readonly groupId: string; readonly round?: Round },
  items: readonly MembershipItem[],
): CloudEvent<typeof membershipsChangedV1> {
  const data: MembershipsChangedV1 = {
    ...headerOf(options),
    groupId: options.groupId,
    items: [...items],
    ...(options.round === undefined ? {} : { round: options.round }),
  };
  return buildEvent(membershipsChangedV1, identityOf(options), data);
}

export function buildGroupPage(
  options: PageOptions & { readonly groupId: string },
  state: GroupChangedV1['state'],
  displayName?: string,
): CloudEvent<typeof groupChangedV1> {
  const data: GroupChangedV1 = {
    ...headerOf(options),
    groupId: options.groupId,
    state,
    ...(displayName === undefined ? {} : { displayName }),
  };
  return buildEvent(groupChangedV1, identityOf(options), data);
}

export function buildUser(id: string, attributes: UserAttributes = {}, state: UserItem['state'] = 'present'): UserItem {
  const name = `person-${id.slice(-6)}`;
  const defaults = {
    displayName: name,
    mail: `${name}@example.com`,
    userPrincipalName: `${name}@example.com`,
    accountEnabled: true,
    userType: 'Member',
  };
  return { id, state, attributes: { ...defaults, ...attributes } };
}

export const added = (memberId: string): MembershipItem => ({ memberId, memberType: 'user', change: 'added' });
export const removed = (memberId: string): MembershipItem => ({ memberId, memberType: 'unknown', change: 'removed' });

function headerOf({
  organisationId,
  connectionId,
  readNo,
  page = 0,
  origin = 'delta',
  at,
  noticedAt,
  recheck,
  runId,
}: PageOptions) {
  return {
    organisationId,
    connectionId,
    readNo,
    page,
    origin,
    ...(recheck === undefined ? {} : { recheck }),
    ...(runId === undefined ? {} : { runId }),
    times: { noticedAt: noticedAt?.toISOString() ?? null, readStartedAt: at.toISOString(), readAt: at.toISOString() },
  };
}

function identityOf({ connectionId, at }: PageOptions) {
  return { id: randomUUID(), source: '/rollcall/subscription', key: connectionId, time: at };
}
