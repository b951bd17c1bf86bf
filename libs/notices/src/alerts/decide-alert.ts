import type { Raise, Settle, Tell } from './occurrence.js';

/** Where a fact stands in the log that told it; offsets of one log say which of two is the later. */
export interface FactPlace {
  readonly log: string;
  readonly offset: number;
}

/** The newest word on one member of a cause. */
export interface MemberWord {
  readonly isRaised: boolean;
  readonly changedAt: Date;
  /** Null: it was looked up rather than told by a log. */
  readonly place: FactPlace | null;
}

/** What is known of a cause before an occurrence. */
export interface AlertSituation {
  /** What was ever heard of the members of the cause, by name. */
  readonly members: ReadonlyMap<string, MemberWord>;
  readonly openStage: string | null;
  /** For what is told once: it was told. */
  readonly wasTold: boolean;
}

/** What to do with the alert of a cause, and which state of it, if any, has to be told. */
export type AlertDecision =
  | { readonly action: 'open'; readonly told: string }
  | { readonly action: 'update'; readonly isCounted: boolean; readonly isNewer: boolean; readonly told: string | null }
  | { readonly action: 'resolve'; readonly told: 'resolved' }
  | { readonly action: 'tellOnce'; readonly told: 'finished' }
  | { readonly action: 'none' };

const NOTHING: AlertDecision = { action: 'none' };

/**
 * One open alert per cause: the first raise opens it, further ones are counted inside, each stage is told once, and the settling of
 * the last raised member is the all-clear. A word that is older than what is known of its member changes nothing.
 */
export function decideAlert(
  occurrence: Raise | Settle | Tell,
  place: FactPlace | null,
  situation: AlertSituation,
): AlertDecision {
  switch (occurrence.effect) {
    case 'tell':
      return situation.wasTold ? NOTHING : { action: 'tellOnce', told: 'finished' };
    case 'raise':
      return decideRaise(occurrence, place, situation);
    case 'settle':
      return decideSettle(occurrence, place, situation);
  }
}

/** Instants come from the clocks of several machines: within this time they do not say which of two words is the newer one. */
export const CLOCK_SKEW_MS = 5_000;

/** The member under which a settling of all members is remembered, also for those never heard of. */
export const ALL_MEMBERS = '*';

type Said = Omit<MemberWord, 'isRaised'>;

/**
 * Whether a word is the newest on a member: it then replaces what is known. Where the instants do not tell, the log does, in which a
 * replayed fact keeps its place; two words of different sources are taken in the order in which they are heard.
 */
export function isNewest(known: Said | undefined, word: Said): boolean {
  return known === undefined || (isLater(known, word) ?? true);
}

/** Null where nobody can say. */
function isLater(one: Said, other: Said): boolean | null {
  const laterMs = other.changedAt.getTime() - one.changedAt.getTime();
  if (Math.abs(laterMs) > CLOCK_SKEW_MS) return laterMs > 0;
  const isSameLog = one.place !== null && other.place !== null && one.place.log === other.place.log;
  return isSameLog ? other.place.offset >= one.place.offset : null;
}

/** What is known of these members after the word, as far as it is the newest on them, by name or all together. */
export function newestWords(
  known: ReadonlyMap<string, MemberWord>,
  members: Iterable<string>,
  word: MemberWord,
): Map<string, MemberWord> {
  const newest = new Map<string, MemberWord>();
  for (const member of members) {
    const before = wordOn(member, known);
    if (!isNewest(before, word)) continue;
    const changedAt = before !== undefined && before.changedAt > word.changedAt ? before.changedAt : word.changedAt;
    newest.set(member, { ...word, changedAt });
  }
  return newest;
}

/** What is known of one member: its own newest word, or the newer one on all. */
export function wordOn(member: string, words: ReadonlyMap<string, MemberWord>): MemberWord | undefined {
  const [own, all] = [words.get(member), words.get(ALL_MEMBERS)];
  if (own === undefined || all === undefined) return own ?? all;
  return (isLater(own, all) ?? all.changedAt > own.changedAt) ? all : own;
}

function decideRaise(
  { at, member, stage, isStanding }: Raise,
  place: FactPlace | null,
  { members, openStage }: AlertSituation,
): AlertDecision {
  const known = wordOn(member, members);
  const isNewer = isNewest(known, { changedAt: at, place });
  if (openStage === null) return isNewer ? { action: 'open', told: stage } : NOTHING;
  if (isStanding && isNewer && openStage === stage && known?.isRaised === true) return NOTHING;
  // Late, and settled since: it belongs to a time that is over.
  if (!isNewer && known?.isRaised === false) return NOTHING;
  const isNews = isNewer && stage !== openStage;
  return { action: 'update', isCounted: !isStanding, isNewer, told: isNews ? stage : null };
}

function decideSettle({ at, member }: Settle, place: FactPlace | null, { members, openStage }: AlertSituation): AlertDecision {
  if (openStage === null) return NOTHING;
  const word = { changedAt: at, place };
  const raised = [...members].filter(([, { isRaised }]) => isRaised);
  const settled = raised.filter(([name, known]) => (member === null || name === member) && isNewest(known, word));
  return settled.length > 0 && settled.length === raised.length ? { action: 'resolve', told: 'resolved' } : NOTHING;
}
