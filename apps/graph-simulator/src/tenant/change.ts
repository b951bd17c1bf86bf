import type { Attributes, ObjectKind, ObjectState } from './directory-object.js';
import type { PopulationSpec } from './population.js';

/**
 * What can happen to the directory. Each change carries enough to be undone as well as done: that is how a stale replica
 * answers with the state of some time ago.
 */
export type Change =
  | {
      readonly kind: 'created';
      readonly handle: number;
      readonly id: string;
      readonly type: ObjectKind;
      readonly attributes: Attributes;
    }
  | { readonly kind: 'populated'; readonly population: PopulationSpec }
  | { readonly kind: 'updated'; readonly handle: number; readonly before: Attributes; readonly after: Attributes }
  | StateChange
  | MemberChange
  /** Bulk: every handle from `from` to `from + count - 1` joins, in this order. */
  | { readonly kind: 'membersAdded'; readonly group: number; readonly from: number; readonly count: number };

export interface StateChange {
  readonly kind: 'state';
  readonly handle: number;
  readonly from: ObjectState;
  readonly to: ObjectState;
  /** Attributes that the step rewrites (`deletedDateTime`, `userPrincipalName`). */
  readonly before: Attributes;
  readonly after: Attributes;
  /** Groups that a soft-deleted object left, which it joins again when it is restored. */
  readonly leftGroups?: readonly number[];
}

export interface MemberChange {
  readonly kind: 'memberAdded' | 'memberRemoved';
  readonly group: number;
  readonly member: number;
  /** The membership ended or came back because the member was deleted or restored. */
  readonly byDeletion?: true;
}

/** One change with its place in the tenant's history. `at` is milliseconds of the simulated clock. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: number;
  readonly change: Change;
}
