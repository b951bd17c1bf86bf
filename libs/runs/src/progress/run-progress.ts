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
  /** Rest of the phase in work at that rate, below ten seconds in tenths; null where its length is not known. */
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
  /** In how many seconds so many members came, the last pages before all; both 0 before the second page. */
  readonly recentMembers: number;
  readonly recentSeconds: number;
  readonly readingForSeconds: number;
  readonly applyingForSeconds: number;
}

export function progressOf(counts: ProgressCounts): RunProgress {
  const { done, all, perSecond } = phaseOf(counts);
  return {
    groups: { total: counts.groups, read: counts.groupsRead, unreadable: counts.groupsUnreadable },
    pages: counts.pages,
    membersRead: counts.membersRead,
    compared: counts.compared,
    toApply: counts.toApply,
    applied: counts.answered,
    perSecond: perSecond === null ? null : Math.round(perSecond * 10) / 10,
    secondsLeft: perSecond === null || all === null ? null : inSeconds((all - done) / perSecond),
  };
}

/** Whole seconds; of a short rest the tenths too, of which a second would be a third. */
const inSeconds = (seconds: number): number => (seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds));

interface Phase {
  readonly done: number;
  /** Null where its length is not known. */
  readonly all: number | null;
  /** Null before there is a measure, and while nobody works. */
  readonly perSecond: number | null;
}

function phaseOf(counts: ProgressCounts): Phase {
  const { state, answered, toApply, membersRead, expectedMembers } = counts;
  if (state === 'applying') return { done: answered, all: toApply ?? 0, perSecond: rate(answered, counts.applyingForSeconds) };
  const all = expectedMembers > membersRead ? expectedMembers : null;
  return { done: membersRead, all, perSecond: state === 'reading' ? rateOfReading(counts) : null };
}

/** People who are read by their ids come in no pages. */
function rateOfReading({ pages, membersRead, readingForSeconds, recentMembers, recentSeconds }: ProgressCounts): number | null {
  return pages === 0 ? rate(membersRead, readingForSeconds) : rate(recentMembers, recentSeconds);
}

function rate(done: number, seconds: number): number | null {
  return done > 0 && seconds > 0 ? done / seconds : null;
}
