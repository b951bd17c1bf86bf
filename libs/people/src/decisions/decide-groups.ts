import type { HeldWish, Judge } from './effect-wish.js';
import { groupBarrier, type Rules } from './rules.js';
import type { Situation } from './situation.js';

/** What follows for the grants of one person. */
export interface GroupsReaction {
  /** Groups that keep the person in scope: members, and those whose revocation is held or pinned. */
  readonly effective: ReadonlySet<string>;
  /** The directory names them in a watched group which a pin keeps them out of. */
  readonly isKeptOut: boolean;
  readonly grants: readonly string[];
  readonly revocations: readonly string[];
  readonly held: readonly HeldWish[];
  readonly overtakenPins: readonly string[];
}

/** Grants follow memberships; what was granted by hand stays (invariant 8). `wouldLeave` tells whether the account would go too. */
export function decideGroups(situation: Situation, rules: Rules, judge: Judge, wouldLeave: () => boolean): GroupsReaction {
  const { account, memberships, grants, pins } = situation;
  const members = new Set(
    memberships
      .filter(({ present, memberType, groupId }) => present && isPerson(memberType) && groupBarrier(rules, groupId) === null)
      .map(({ groupId }) => groupId),
  );
  const synced = new Set(grants.filter(({ source }) => source === 'sync').map(({ groupId }) => groupId));
  const manual = new Set(grants.filter(({ source }) => source === 'manual').map(({ groupId }) => groupId));
  const pinOf = (groupId: string) => pins.find((pin) => pin.groupId === groupId && pin.state === 'open');
  const effective = new Set<string>();
  const granted: string[] = [];
  const revocations: string[] = [];
  const held: HeldWish[] = [];
  let isKeptOut = false;
  const key = { connectionId: situation.connectionId, entraObjectId: situation.entraObjectId };

  for (const groupId of members) {
    const isGranted = synced.has(groupId) || manual.has(groupId);
    if (!isGranted && pinOf(groupId)?.keep === 'out') {
      isKeptOut = true;
      continue;
    }
    const verdict =
      isGranted || account === null
        ? null
        : judge({
            ...key,
            action: 'grant',
            groupId,
            code: 'REVIEW',
            losesGroups: [],
            losesAccount: false,
            isInScope: false,
            follows: false,
          });
    if (verdict?.held === true) {
      held.push({ action: 'grant', groupId, code: verdict.code });
      continue;
    }
    effective.add(groupId);
    if (!isGranted) granted.push(groupId);
  }

  for (const groupId of synced) {
    if (members.has(groupId)) continue;
    if (pinOf(groupId)?.keep === 'in') {
      effective.add(groupId);
      continue;
    }
    const verdict = judge({
      ...key,
      action: 'revoke',
      groupId,
      code: groupBarrier(rules, groupId) ?? 'NOT_IN_SCOPE',
      losesGroups: [groupId],
      losesAccount: account?.isOut === false && wouldLeave(),
      isInScope: account?.isOut === false,
      follows: false,
    });
    if (verdict.held) {
      effective.add(groupId);
      held.push({ action: 'revoke', groupId, code: verdict.code });
    } else revocations.push(groupId);
  }

  const overtakenPins = pins
    .filter(({ state, groupId, keep }) => state === 'open' && groupId !== null && members.has(groupId) === (keep === 'in'))
    .map(({ id }) => id);
  return { effective, isKeptOut, grants: granted, revocations, held, overtakenPins };
}

/** Delta does not always name a member's type; whoever turns out to be no person has no attributes and gets nothing. */
export function isPerson(memberType: string): boolean {
  return memberType === 'user' || memberType === 'unknown';
}
