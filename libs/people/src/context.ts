import type { ConnectionSettings, ConnectionState } from '#contracts';
import type { Tx } from '#database';
import type { RecheckRequest } from './facts/recheck-request.js';

/** What decisions need of a connection; `readConnectionWithPicture` of `#watch` answers it. */
export interface ConnectionForRules {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly state: ConnectionState;
  readonly settings: ConnectionSettings;
  readonly watchedGroupIds: readonly string[];
  /** Whether effects may follow now from live pages, and from pages of a run. Facts are stored in any case. */
  readonly effects: { readonly live: boolean; readonly run: boolean };
  /** The scope names a group whose members nobody knows yet: who is in no other may be in that one (invariant 4). Absent: no. */
  readonly awaitsGroups?: boolean;
  /** Supposed to be connected again: that its people were to go when it ended does not count. */
  readonly comesBack?: boolean;
}

/** A group as Entra names it now. */
export interface NamedGroup {
  readonly id: string;
  readonly displayName: string;
}

/** What the app wires in: owners beside this one that it may not import or that sit above it. */
export interface PeopleContext {
  /** Called inside the transaction, after the organisation lock. Null where the connection is unknown. */
  connectionOf(tx: Tx, connectionId: string): Promise<ConnectionForRules | null>;
  /** Written with the facts, in the same transaction; may name one fact twice. */
  onContradiction(tx: Tx, rechecks: readonly RecheckRequest[]): Promise<void>;
  /** The name of a group by the newest evidence, in the same transaction: who shows watched groups follows renames. */
  onGroupNamed(tx: Tx, connectionId: string, group: NamedGroup): Promise<void>;
}
