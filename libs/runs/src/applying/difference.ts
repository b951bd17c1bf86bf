import type { MemberType, UserAttributes } from '#contracts';

/** One fact that the run found and `people` does not hold, with the version of its evidence. */
export interface Difference {
  readonly personId: string;
  readonly groupId: string | null;
  readonly kind: 'attributes' | 'added' | 'removed' | 'softDeleted';
  readonly memberType: MemberType;
  readonly attributes: UserAttributes | null;
  readonly readNo: number;
  readonly page: number;
  readonly readStartedAt: Date;
  readonly readAt: Date;
  /** Binds the fact to a change and to the revision it was computed from (invariant 6); null for what is no person's. */
  readonly plan: PlanBinding | null;
  /** Leaves before anything else of the person is published: whoever comes in would be given the group for a moment. */
  readonly leavesFirst?: boolean;
}

export type PlanBinding = {
  readonly changeId: string;
  readonly expectedRevision: number;
  /** A person approved exactly this change, so the guard lets it pass; an automatic run never says so. */
  readonly approved?: true;
  /** Marks of all that the approved lines of the person predict (`effectMarks`). */
  readonly effects: string[];
};
