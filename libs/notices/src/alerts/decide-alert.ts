import type { Raise, Settle, Tell } from './occurrence.js';

/** The newest word on one member of a cause. */
export interface MemberWord {
  readonly isRaised: boolean;
  readonly changedAt: Date;
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
export function decideAlert(occurrence: Raise | Settle | Tell, situation: AlertSituation): AlertDecision {
  switch (occurrence.effect) {
    case 'tell':
      return situation.wasTold ? NOTHING : { action: 'tellOnce', told: 'finished' };
    case 'raise':
      return decideRaise(occurrence, situation);
    case 'settle':
      return decideSettle(occurrence, situation);
  }
}

/** Instants come from the clocks of several machines: within this time the word that is heard later counts as the newer one. */
export const CLOCK_SKEW_MS = 5_000;

/** The member under which a settling of all members is remembered, also for those never heard of. */
export const ALL_MEMBERS = '*';

/** Whether an occurrence is the newest word on a member: it then replaces what is known. */
export function isNewest(known: MemberWord | undefined, at: Date): boolean {
  return known === undefined || known.changedAt.getTime() <= at.getTime() + CLOCK_SKEW_MS;
}

/** What is known of one member: its own newest word, or the newer one on all. */
export function wordOn(member: string, words: ReadonlyMap<string, MemberWord>): MemberWord | undefined {
  const [own, all] = [words.get(member), words.get(ALL_MEMBERS)];
  if (own === undefined || all === undefined) return own ?? all;
  return all.changedAt > own.changedAt ? all : own;
}

function decideRaise({ at, member, stage, isStanding }: Raise, { members, openStage }: AlertSituation): AlertDecision {
  const known = wordOn(member, members);
  const isNewer = isNewest(known, at);
  if (openStage === null) return isNewer ? { action: 'open', told: stage } : NOTHING;
  if (isStanding && isNewer && openStage === stage && known?.isRaised === true) return NOTHING;
  // Late, and settled since: it belongs to a time that is over.
  if (!isNewer && known?.isRaised === false) return NOTHING;
  const isNews = isNewer && stage !== openStage;
  return { action: 'update', isCounted: !isStanding, isNewer, told: isNews ? stage : null };
}

function decideSettle({ at, member }: Settle, { members, openStage }: AlertSituation): AlertDecision {
  if (openStage === null) return NOTHING;
  const raised = [...members].filter(([, { isRaised }]) => isRaised);
  const settled = raised.filter(([name, word]) => (member === null || name === member) && isNewest(word, at));
  return settled.length > 0 && settled.length === raised.length ? { action: 'resolve', told: 'resolved' } : NOTHING;
}
