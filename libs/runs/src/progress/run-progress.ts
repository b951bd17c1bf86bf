import type { RunState } from '#contracts';

/** How far a run has come, in what a person can picture. */
export interface RunProgress {
  readonly groups: { readonly total: number; readonly read: number; readonly unreadable: number };
  readonly pages: number;
  readonly membersRead: number;
  /** People who differ and of whom it is decided what would follow. */
  readonly compared: number;
  /** People who differ; null before the comparison. */
  readonly toApply: number | null;
  readonly applied: number;
  /** Members or people a second in the phase in work; null before there is a measure. */
  readonly perSecond: number | null;
  /** Rest of the phase in work at that rate; null where its length is not known. */
  readonly secondsLeft: number | null;
}

/** What the counts in the database say; `expectedMembers` is what `people` knows in the groups that the run reads, or what Entra
 * counts in a long one where that is more. */
export interface ProgressCounts {
  readonly state: RunState;
  readonly groups: number;
  readonly groupsRead: number;
  readonly groupsUnreadable: number;
  readonly pages: number;
  readonly membersRead: number;
  readonly expectedMembers: number;
  readonly compared: number;
  readonly toApply: number | null;
  readonly answered: number;
  /** Since the first page was there; where people are read by their ids, since the reading began. */
  readonly readingForSeconds: number;
  readonly applyingForSeconds: number;
}

export function progressOf(counts: ProgressCounts): RunProgress {
  const isApplying = counts.state === 'applying';
  const [done, all, seconds] = isApplying
    ? [counts.answered, counts.toApply ?? 0, counts.applyingForSeconds]
    : [counts.membersRead, Math.max(counts.expectedMembers, counts.membersRead), counts.readingForSeconds];
  const measured = isApplying ? done : done - ofFirstPage(counts);
  const isMoving = (isApplying || counts.state === 'reading') && measured > 0 && seconds > 0;
  const perSecond = isMoving ? measured / seconds : null;
  const isLengthKnown = isApplying || counts.expectedMembers > counts.membersRead;
  return {
    groups: { total: counts.groups, read: counts.groupsRead, unreadable: counts.groupsUnreadable },
    pages: counts.pages,
    membersRead: counts.membersRead,
    compared: counts.compared,
    toApply: counts.toApply,
    applied: counts.answered,
    perSecond: perSecond === null ? null : Math.round(perSecond * 10) / 10,
    secondsLeft: perSecond === null || !isLengthKnown ? null : Math.ceil((all - done) / perSecond),
  };
}

/** What had come when the clock was started; pages are about equally long. */
function ofFirstPage({ membersRead, pages }: ProgressCounts): number {
  return pages === 0 ? 0 : membersRead / pages;
}
