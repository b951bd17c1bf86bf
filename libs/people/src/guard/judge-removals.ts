import type { ConnectionSettings } from '#contracts';
import { personId, wishId, type EffectWish } from '../decisions/effect-wish.js';

export type GuardLimits = Pick<ConnectionSettings['guard'], 'maxRemovals' | 'maxRemovalPercent'>;
export type GuardCode = 'GUARD_TRIPPED' | 'GUARD_WOULD_EMPTY';

/** A scope as the journal and the accounts show it now, before the removals that are judged. */
export interface ScopeCounts {
  /** People in the scope now. May be cut off at any number above the removals judged, while `lost` stays within `MIN_LIMIT`. */
  readonly inScope: number;
  /** People lost inside the window, without those who are judged now. */
  readonly lostBefore: number;
  /** Of those judged now: people who were lost inside the window once already, and so count once. */
  readonly lostAlready: ReadonlySet<string>;
  /** People lost inside the window who are not in the scope now. */
  readonly lostAndGone: number;
}

/** The null key is the whole connection. */
export type CountsOf = (groupId: string | null) => ScopeCounts;

export interface GuardTrip {
  readonly groupId: string | null;
  readonly code: GuardCode;
  readonly lost: number;
  readonly base: number;
  /** Null where no bound is set: then only the rule on zero holds. */
  readonly allowed: number | null;
}

export interface GuardVerdict {
  /** By `wishId`. */
  readonly held: ReadonlyMap<string, GuardCode>;
  readonly trips: readonly GuardTrip[];
}

/** No limit is lower: small groups change hands without anybody being asked. */
export const MIN_LIMIT = 10;
const SMALLEST_PROTECTED_BASE = 3;

/** How many people a scope may lose in the window; null where both bounds are left out. */
export function removalLimit({ maxRemovals, maxRemovalPercent }: GuardLimits, base: number): number | null {
  const bounds = [maxRemovals, maxRemovalPercent === null ? null : Math.floor((base * maxRemovalPercent) / 100)].filter(
    (bound) => bound !== null,
  );
  // 100 percent never holds: whatever is lost is part of the base.
  return bounds.length === 0 ? null : Math.max(MIN_LIMIT, Math.min(...bounds));
}

/**
 * The removals of one round or run of one connection, judged together (invariant 5): past a group's limit that group's removals are
 * held, past the connection's all of them; and a scope of three or more never reaches zero. Pure.
 */
export function judgeRemovals(removals: readonly EffectWish[], countsOf: CountsOf, limits: GuardLimits): GuardVerdict {
  const held = new Map<string, GuardCode>();
  const trips: GuardTrip[] = [];
  const groups = [...new Set(removals.flatMap(({ losesGroups }) => losesGroups))].sort();
  for (const groupId of groups) {
    const concerned = removals.filter(({ losesGroups }) => losesGroups.includes(groupId));
    const trip = judgeScope(groupId, concerned, concerned, countsOf(groupId), limits);
    if (trip === null) continue;
    trips.push(trip);
    for (const wish of concerned) held.set(wishId(wish), held.get(wishId(wish)) ?? trip.code);
  }
  const rest = removals.filter((wish) => !held.has(wishId(wish)));
  const leaving = rest.filter((wish) => wish.losesAccount && !keepsAGroup(wish, removals, held));
  const trip = judgeScope(null, rest, leaving, countsOf(null), limits);
  if (trip !== null) {
    trips.push(trip);
    for (const wish of rest) held.set(wishId(wish), trip.code);
  }
  return { held, trips };
}

/** What one scope loses together: people who were not lost inside the window before, and those by whose going it could be empty. */
export interface Losses {
  readonly people: number;
  readonly leaving: number;
}

function judgeScope(
  groupId: string | null,
  removals: readonly EffectWish[],
  leaving: readonly EffectWish[],
  counts: ScopeCounts,
  limits: GuardLimits,
): GuardTrip | null {
  const people = new Set(removals.map(personId));
  if (people.size === 0) return null;
  const losses = {
    people: new Set([...people, ...counts.lostAlready]).size,
    leaving: new Set(leaving.filter(({ isInScope }) => isInScope).map(personId)).size,
  };
  return judgeLosses(groupId, losses, counts, limits);
}

export function judgeLosses(
  groupId: string | null,
  { people, leaving }: Losses,
  counts: Omit<ScopeCounts, 'lostAlready'>,
  limits: GuardLimits,
): GuardTrip | null {
  const lost = counts.lostBefore + people;
  const base = counts.inScope + counts.lostAndGone;
  const allowed = removalLimit(limits, base);
  if (lost > MIN_LIMIT && allowed !== null && lost > allowed) return { groupId, code: 'GUARD_TRIPPED', lost, base, allowed };
  const wouldEmpty = leaving > 0 && counts.inScope - leaving <= 0 && base >= SMALLEST_PROTECTED_BASE;
  return wouldEmpty ? { groupId, code: 'GUARD_WOULD_EMPTY', lost, base, allowed } : null;
}

/** What these trips hold: a group's whatever takes somebody out of it, the connection's all of it. Pure. */
export function heldByTrips(removals: readonly EffectWish[], trips: readonly GuardTrip[]): GuardVerdict {
  const held = new Map<string, GuardCode>();
  const holding = new Set<GuardTrip>();
  for (const wish of removals) {
    const trip = trips.find(({ groupId }) => groupId === null || wish.losesGroups.includes(groupId));
    if (trip === undefined) continue;
    held.set(wishId(wish), trip.code);
    holding.add(trip);
  }
  return { held, trips: [...holding] };
}

/** A person whose other revocation is held keeps the account. */
function keepsAGroup(wish: EffectWish, removals: readonly EffectWish[], held: ReadonlyMap<string, GuardCode>): boolean {
  if (wish.action === 'deactivate') return false;
  return removals.some((other) => other.action === 'revoke' && personId(other) === personId(wish) && held.has(wishId(other)));
}
