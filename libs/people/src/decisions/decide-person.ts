import type { ProblemCode } from '#contracts';
import { changedFields, overtakenFieldPins } from './changed-fields.js';
import { decideGroups, type GroupsReaction } from './decide-groups.js';
import type { EffectWish, HeldWish, Judge } from './effect-wish.js';
import { findDisqualification } from './find-disqualification.js';
import { groupBarrier, type Rules } from './rules.js';
import type { AccountFields, Situation } from './situation.js';

/** What follows from a situation (design: reaction). The address is settled afterwards, between all people of the batch. */
export interface Reaction {
  readonly situation: Situation;
  /** Why nobody gets an account here, or whose account is out; null where all is well or the person is in no group. */
  readonly skipCode: string | null;
  readonly create: boolean;
  readonly deactivate: string | null;
  readonly reactivate: boolean;
  readonly fields: Partial<AccountFields>;
  readonly grants: readonly string[];
  readonly revocations: readonly string[];
  readonly held: readonly HeldWish[];
  /** Pins that the tenant has come round to. */
  readonly overtakenPins: readonly string[];
}

/**
 * The one decision function: live pages, runs, releases, previews and "what would happen now" all use it. Pure apart from `judge`,
 * which is asked once for every effect that the rules want.
 */
export function decidePerson(situation: Situation, rules: Rules, judge: Judge): Reaction {
  const groups = decideGroups(situation, rules, judge, () => wouldLeave(situation, rules));
  const cause = findDisqualification(situation, rules);
  const inScope = isInScope(situation, rules, groups);
  const base = { situation, grants: groups.grants, revocations: groups.revocations };
  if (situation.account === null) return { ...base, ...decideNewcomer(situation, cause, inScope, judge, groups) };
  return { ...base, ...decideHolder(situation, rules, cause, inScope, judge, groups) };
}

type AccountReaction = Omit<Reaction, 'situation' | 'grants' | 'revocations'>;

function decideNewcomer(
  situation: Situation,
  cause: ProblemCode | null,
  inScope: boolean,
  judge: Judge,
  groups: GroupsReaction,
): AccountReaction {
  const nothing = {
    create: false,
    deactivate: null,
    reactivate: false,
    fields: {},
    held: groups.held,
    overtakenPins: groups.overtakenPins,
  };
  if (!inScope) return { ...nothing, skipCode: groups.isKeptOut ? 'UNDONE' : null };
  if (cause !== null) return { ...nothing, skipCode: cause };
  const isPinnedOut = situation.pins.some(
    ({ groupId, field, keep, state }) => groupId === null && field === null && keep === 'out' && state === 'open',
  );
  if (isPinnedOut) return { ...nothing, skipCode: 'UNDONE' };
  const verdict = judge(addition(situation, 'create'));
  if (verdict.held) {
    return {
      ...nothing,
      skipCode: verdict.code,
      held: [...groups.held, { action: 'create', groupId: null, code: verdict.code }],
    };
  }
  return { ...nothing, skipCode: null, create: true };
}

function decideHolder(
  situation: Situation,
  rules: Rules,
  cause: ProblemCode | null,
  inScope: boolean,
  judge: Judge,
  groups: GroupsReaction,
): AccountReaction {
  const held = [...groups.held];
  const overtakenPins = [...groups.overtakenPins, ...overtakenFieldPins(situation, rules)];
  const outCause = cause ?? (inScope ? null : 'NOT_IN_SCOPE');
  const isOut = situation.account?.isOut === true;
  const pin = situation.pins.find(({ groupId, field, state }) => groupId === null && field === null && state === 'open');
  if (pin !== undefined && (pin.keep === 'in') === (outCause === null)) overtakenPins.push(pin.id);
  let deactivate: string | null = null;
  let reactivate = false;
  if (outCause === null && isOut && pin?.keep !== 'out') {
    const verdict = judge(addition(situation, 'reactivate'));
    if (verdict.held) held.push({ action: 'reactivate', groupId: null, code: verdict.code });
    else reactivate = true;
  }
  const isKept = rules.settings.leaver.action === 'keep' || (pin?.keep === 'in' && covers(pin.causeCode, outCause));
  if (outCause !== null && !isOut && !isKept && !isUndecided(situation, rules, cause, groups)) {
    const verdict = judge({ ...deactivation(situation, outCause), follows: cause === null && groups.revocations.length > 0 });
    if (verdict.held) held.push({ action: 'deactivate', groupId: null, code: verdict.code });
    else deactivate = outCause;
  }
  const fields = changedFields(situation, rules);
  const review = Object.keys(fields).length > 0 ? judge(addition(situation, 'update')) : null;
  if (review?.held === true) held.push({ action: 'update', groupId: null, code: review.code });
  const staysOut = deactivate !== null || (isOut && !reactivate);
  return {
    skipCode: staysOut ? (cause ?? whyNotIn(inScope, groups.isKeptOut || (inScope && pin?.keep === 'out'))) : null,
    create: false,
    deactivate,
    reactivate,
    fields: review?.held === true ? {} : fields,
    held,
    overtakenPins,
  };
}

/** What an admin is told: whom a pin keeps out is in the group, and need not be added to it. */
function whyNotIn(inScope: boolean, isPinnedOut: boolean): ProblemCode | null {
  if (isPinnedOut) return 'UNDONE';
  return inScope ? null : 'NOT_IN_SCOPE';
}

/**
 * Whoever the narrowed scope leaves out although nothing reported them as gone may be in a group that is still to be read: that is
 * decided when it is. What is held already stays a matter of whoever releases it.
 */
function isUndecided(
  { held }: Situation,
  { awaitsGroups, isDisbanded }: Rules,
  cause: ProblemCode | null,
  { revocations }: GroupsReaction,
): boolean {
  const isHeld = held.some(({ action }) => action === 'deactivate');
  return awaitsGroups && !isDisbanded && !isHeld && cause === null && revocations.length === 0;
}

/** Whether revoking groups could take the person's account too; a guess that only the guard's counting uses. */
function wouldLeave(situation: Situation, rules: Rules): boolean {
  if (rules.settings.scope.mode === 'allUsers' || rules.settings.leaver.action === 'keep') return false;
  return !situation.memberships.some(({ present, groupId }) => present && groupBarrier(rules, groupId) === null);
}

function isInScope(situation: Situation, rules: Rules, groups: GroupsReaction): boolean {
  if (rules.isDisbanded) return groups.effective.size > 0;
  return rules.settings.scope.mode === 'allUsers' ? situation.userState === 'present' : groups.effective.size > 0;
}

function covers(causeCode: string | null, outCause: string | null): boolean {
  return causeCode === null || causeCode === outCause;
}

function deactivation(situation: Situation, code: string): Omit<EffectWish, 'follows'> {
  return {
    ...keyOf(situation),
    action: 'deactivate',
    groupId: null,
    code,
    losesGroups: situation.grants.filter(({ source }) => source === 'sync').map(({ groupId }) => groupId),
    losesAccount: true,
    isInScope: true,
  };
}

function addition(situation: Situation, action: 'create' | 'reactivate' | 'update'): EffectWish {
  return {
    ...keyOf(situation),
    action,
    groupId: null,
    code: 'REVIEW',
    losesGroups: [],
    losesAccount: false,
    isInScope: false,
    follows: false,
  };
}

const keyOf = ({ connectionId, entraObjectId }: Situation) => ({ connectionId, entraObjectId });
