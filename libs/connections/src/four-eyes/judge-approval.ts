/** What one more approval means where two people are needed. */
export type ApprovalVerdict =
  /** The approver is the first: it is remembered, and waits for somebody else. */
  | 'first'
  /** The approver was the first already: nothing new. */
  | 'stillFirst'
  /** Somebody else approved before: this is the second pair of eyes. */
  | 'second'
  /** The approver asked for it, or changed it: the second pair of eyes must be another's. */
  | 'ownWork';

export interface Approval {
  readonly approver: string;
  /** Who approved before, the earliest first. */
  readonly approvedBy: readonly string[];
  /** Who asked for it, or changed what it holds. */
  readonly madeBy: readonly string[];
}

/** Pure. Whoever made it may be the first of two approvers, never the second. */
export function judgeApproval({ approver, approvedBy, madeBy }: Approval): ApprovalVerdict {
  const others = approvedBy.filter((other) => other !== approver);
  if (others.length === 0) return approvedBy.length === 0 ? 'first' : 'stillFirst';
  return madeBy.includes(approver) ? 'ownWork' : 'second';
}
