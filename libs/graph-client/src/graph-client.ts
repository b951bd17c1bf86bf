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
import type { GraphError } from './errors/graph-error.js';
import type { PermissionReport, TokenFacts } from './permissions/permission-report.js';
import type { GraphSubscriptions } from './subscriptions/graph-subscription.js';

export interface EnumerationOptions {
  /** The `nextLink` of the last page that was kept: the enumeration goes on there. Throws PageLinkExpired when it is too old. */
  readonly resumeLink?: string;
  readonly signal?: AbortSignal;
}

/** Of the groups asked for, those that the person is in, transitively; or why that is not known. An error is never "in none". */
export type MemberGroupsOutcome =
  { readonly named: readonly string[] } | { readonly notFound: true } | { readonly error: GraphError };

/**
 * Graph for one connection. Every failure is a `GraphError` with code, retry advice and facts; nothing sleeps in line, and no
 * error, cut body or lying shape is ever returned as data. An aborted call throws its signal's reason; an error of the throttle
 * gate passes as it is. All reads are safe to repeat.
 */
export interface GraphClient {
  readonly connectionId: string;
  /** Requests that this object sent to Graph so far. */
  readonly graphRequests: number;

  /** Proves the credential. `fresh` asks Entra whatever is cached. The token itself never leaves the library. */
  token(options?: { fresh?: boolean }): Promise<TokenFacts>;
  /** Null where the application may not read it: it is not needed. */
  organization(): Promise<{ id: string; displayName: string; verifiedDomains: string[] } | null>;

  /** Throws GroupNotFound, also for a soft-deleted group. */
  group(id: string): Promise<DirectoryGroup>;
  /** Several groups may have one name. */
  groupsByName(exactName: string): Promise<DirectoryGroup[]>;
  /** Groups whose name begins with the text. */
  searchGroups(text: string, limit: number): Promise<DirectoryGroup[]>;
  /** From the index, so it may lag; null where Graph does not say. Of `EVERYBODY`: all users. */
  memberCount(groupId: string): Promise<number | null>;
  /**
   * Direct members in pages of up to 999; of `EVERYBODY` all users of the tenant. Throws GroupNotFound. Complete only when the page
   * with `nextLink` null has come.
   */
  members(groupId: string, options?: EnumerationOptions & { select?: readonly UserProperty[] }): AsyncIterable<MembersPage>;
  users(options?: EnumerationOptions & { filter?: string; select?: readonly UserProperty[] }): AsyncIterable<UsersPage>;

  /** `missing` are ids that Graph left out: not found *in this read*. */
  usersByIds(ids: readonly string[]): Promise<{ found: DirectoryUser[]; missing: string[] }>;
  user(idOrUpnOrMail: string): Promise<DirectoryUser | null>;
  deletedUser(id: string): Promise<DeletedObject | null>;
  deletedGroup(id: string): Promise<DeletedObject | null>;
  /** `EVERYBODY` may be asked like a group: it is named as long as the tenant has the person. */
  checkMemberGroups(
    pairs: readonly { readonly userId: string; readonly groupIds: readonly string[] }[],
  ): Promise<Map<string, MemberGroupsOutcome>>;

  /** The delta link of "now" for at most 50 groups. */
  groupsDeltaLatest(groupIds: readonly string[]): Promise<{ deltaLink: string }>;
  /**
   * Follows a stored delta link, or the `nextLink` of a round that was interrupted, to the end. Throws DeltaExpired: start a new
   * chain; and PageLinkExpired for a `nextLink` that is too old: begin the round again at its delta link.
   */
  groupsDeltaRound(link: string, options?: { signal?: AbortSignal }): AsyncIterable<GroupsDeltaPage>;
  usersDeltaLatest(select?: readonly UserProperty[]): Promise<{ deltaLink: string }>;
  usersDeltaRound(link: string, options?: { signal?: AbortSignal }): AsyncIterable<UsersDeltaPage>;

  readonly subscriptions: GraphSubscriptions;

  /** Tries each permission with a fresh token. The subscription's permission is told by the first `subscriptions.create`. */
  probePermissions(options?: { groupId?: string }): Promise<PermissionReport>;
}
