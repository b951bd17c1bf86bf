import type { GraphError } from '../errors/graph-error.js';

/** What a probing call showed. `undecided`: Graph could not be asked (throttled, away), which says nothing about permissions. */
export type PermissionCheck =
  | { readonly outcome: 'granted' }
  | { readonly outcome: 'missing'; readonly permission: string; readonly error: GraphError | null }
  | { readonly outcome: 'undecided'; readonly error: GraphError | null };

/** The token as Entra issued it, decoded for people only: what it may do is decided by probing (issue "permissions and secrets"). */
export interface TokenFacts {
  readonly expiresAt: Date;
  readonly roles: readonly string[];
  readonly tenantId?: string;
}

export interface PermissionReport {
  readonly token: TokenFacts;
  /** The token carries no application permission at all: were they granted as Delegated, or without admin consent? */
  readonly tokenHasNoRoles: boolean;
  readonly groups: PermissionCheck;
  readonly groupsDelta: PermissionCheck;
  /** Undecided without error where the tenant has no group to try. */
  readonly members: PermissionCheck;
  /** The people's attributes, without which nobody is created, changed or removed. */
  readonly users: PermissionCheck;
  readonly usersDelta: PermissionCheck;
}
