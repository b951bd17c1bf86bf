import type { MemberGroupsOutcome } from '#graph-client';

/** What follows for a membership that a complete read of the group did not list. */
export type AbsenceVerdict =
  /** Proven by both sides, or by two complete reads `settle` apart. */
  | 'removed'
  /** The person's own side is asked, `CONFIRM_SECONDS` after the read. */
  | 'askTheirSide'
  /** A second complete read decides, once `settle` has passed. */
  | 'readAgain'
  /** An error decides nothing. */
  | 'unknown';

/**
 * After the first question to the person's own side. Where it names the group, a nested path may be the cause; where the person is
 * not found, they may be deleted or a replica may be behind: either way a second complete read decides.
 */
export function afterTheirSide(outcome: MemberGroupsOutcome | undefined, groupId: string): AbsenceVerdict {
  if (outcome === undefined || 'error' in outcome) return 'unknown';
  if ('notFound' in outcome) return 'readAgain';
  return outcome.named.includes(groupId) ? 'readAgain' : 'removed';
}

/**
 * After a second complete read that lacks them, and a second question: whatever their side says now, as long as it answers. A group
 * that the read shows as empty is no evidence by itself (invariant 4): then their own side has to say so.
 */
export function afterSecondRead(
  outcome: MemberGroupsOutcome | undefined,
  { groupId, isEmpty }: { readonly groupId: string; readonly isEmpty: boolean },
): AbsenceVerdict {
  if (outcome === undefined || 'error' in outcome) return 'unknown';
  if (!isEmpty) return 'removed';
  return 'notFound' in outcome || outcome.named.includes(groupId) ? 'unknown' : 'removed';
}
