import type { MemberType, OwnedField, UserAttributes } from '#contracts';
import type { UserState } from '../facts/decide-user-fact.js';
import type { FactVersion } from '../facts/version.js';

export interface PersonKey {
  readonly connectionId: string;
  readonly entraObjectId: string;
}

export type OwnStatus = 'inactive' | 'active' | 'deactivated';

export interface AccountFields {
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly email: string | null;
  readonly userPrincipalName: string | null;
}

export interface AccountRow extends AccountFields {
  readonly id: string;
  /** What the account is, or would be, without sync's decision that the person is out. */
  readonly ownStatus: OwnStatus;
  readonly isOut: boolean;
  readonly outCode: string | null;
  readonly protected: boolean;
  readonly roles: readonly string[];
  /** The address it holds in its organisation, in lower case; null where it gave it up. */
  readonly claim: string | null;
}

export interface MembershipRow {
  readonly groupId: string;
  readonly present: boolean;
  readonly memberType: MemberType;
  readonly version: FactVersion;
}

export interface GrantRow {
  readonly groupId: string;
  readonly source: 'sync' | 'manual';
}

export interface PinRow {
  readonly id: string;
  readonly groupId: string | null;
  readonly keep: 'in' | 'out';
  /** Why the person would be out, where the pin is on the account; another cause is not covered. */
  readonly causeCode: string | null;
  /** `overtaken`: the tenant changed the fact a moment ago; changing back at once is held. */
  readonly state: 'open' | 'overtaken';
  /** A single field of the account that keeps its value against `refused`, the directory's; null: account or grant. */
  readonly field: OwnedField | null;
  readonly refused: string | null;
}

export type HeldAction = 'create' | 'reactivate' | 'update' | 'deactivate' | 'grant' | 'revoke';

export interface HeldRow {
  readonly id: string;
  readonly groupId: string | null;
  readonly action: HeldAction;
  readonly code: string;
}

/** Everything that a decision about one person reads (design: situation). */
export interface Situation extends PersonKey {
  readonly organisationId: string;
  readonly revision: number;
  readonly userState: UserState | null;
  readonly attributes: UserAttributes;
  readonly unreadable: boolean;
  readonly userVersion: FactVersion;
  readonly skipCode: string | null;
  readonly waitingEmail: string | null;
  readonly memberships: readonly MembershipRow[];
  readonly account: AccountRow | null;
  readonly grants: readonly GrantRow[];
  readonly pins: readonly PinRow[];
  readonly held: readonly HeldRow[];
}

export function statusOf(account: Pick<AccountRow, 'isOut' | 'ownStatus'>): OwnStatus {
  return account.isOut ? 'deactivated' : account.ownStatus;
}
