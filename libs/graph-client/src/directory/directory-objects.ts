import type { MemberType, UserAttributes } from '#contracts';

/** The attributes that Rollcall reads of people (Graph sheet 2.4). `userPrincipalName` is always among what is asked for. */
export const USER_SELECT = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'userPrincipalName',
  'otherMails',
  'accountEnabled',
  'userType',
] as const;

export type UserProperty = (typeof USER_SELECT)[number];

export type GroupKind = 'microsoft365' | 'security' | 'mailEnabledSecurity' | 'distribution' | 'unknown';

export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string | null;
  readonly kind: GroupKind;
  /** Membership is computed by Entra from a rule, asynchronously. */
  readonly dynamic: boolean;
  /** Without `Member.Read.Hidden` the members of such a group may look like none (sheet 2.1). */
  readonly hiddenMembership: boolean;
  readonly mail: string | null;
}

export interface DirectoryUser {
  readonly id: string;
  /** Graph answered 200 but the application may not read people: `attributes` is empty and says nothing (sheet 2.1). */
  readonly unreadable: boolean;
  /** `null`: Graph says that there is none. Absent: not read. */
  readonly attributes: UserAttributes;
}

export interface DirectoryMember extends DirectoryUser {
  readonly type: MemberType;
}

export interface DeletedObject {
  readonly id: string;
  readonly deletedDateTime: Date | null;
}

/** Position in the enumeration, counted from 0 also after a resume; the last page has `nextLink` null. */
interface Page {
  readonly index: number;
  readonly nextLink: string | null;
}

export interface MembersPage extends Page {
  readonly members: readonly DirectoryMember[];
}

export interface UsersPage extends Page {
  readonly users: readonly DirectoryUser[];
}

/** `changed`: soft-deleted, restorable. `deleted`: gone for good. */
export type RemovedReason = 'changed' | 'deleted';

/** One occurrence of a group in a delta page. The same group may occur again in this and later pages of the round (sheet 3.2). */
export interface GroupDelta {
  readonly id: string;
  readonly removed?: RemovedReason;
  /** Absent: not reported. `null`: cleared. */
  readonly displayName?: string | null;
  /** A slice of the changes, in Graph's order. Empty says nothing about who is a member. */
  readonly members: readonly { readonly id: string; readonly type: MemberType; readonly removed: boolean }[];
}

/** Exactly one of the links is null; `deltaLink` marks the end of the round. */
interface DeltaPage extends Page {
  readonly deltaLink: string | null;
}

export interface GroupsDeltaPage extends DeltaPage {
  readonly groups: readonly GroupDelta[];
}

export interface UserDelta {
  readonly id: string;
  readonly removed?: RemovedReason;
  /** Absent properties were not reported: that never means null (sheet 3.2). */
  readonly attributes: UserAttributes;
}

export interface UsersDeltaPage extends DeltaPage {
  readonly users: readonly UserDelta[];
}
