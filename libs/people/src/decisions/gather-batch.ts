import type { Tx } from '#database';
import { isGone } from '../facts/decide-user-fact.js';
import type { AddressWish } from './assign-addresses.js';
import { addressWishes } from './resolve-addresses.js';
import { decidePerson } from './decide-person.js';
import { applied, personId, type ReactionOrigin } from './effect-wish.js';
import { findAddressNeighbours } from './find-address-neighbours.js';
import { loadSituations } from './load-situations.js';
import type { ConnectionRules, RulesBook } from './rules-book.js';
import type { Rules } from './rules.js';
import type { PersonKey, Situation } from './situation.js';

export interface BatchMember {
  readonly situation: Situation;
  readonly rules: Rules;
}

export interface GatheredBatch {
  readonly members: readonly BatchMember[];
  /** People whose connection wants no effects now. */
  readonly deferred: readonly PersonKey[];
}

/** Chains of people who wait for each other's addresses are followed this far in one transaction; the rest waits on. */
const MAX_WIDENINGS = 8;

/**
 * Reads the people asked for, and whoever depends on an address that they give up or want. Everybody is decided under the rules of
 * their own connection.
 */
export async function gatherBatch(
  tx: Tx,
  book: RulesBook,
  request: { readonly organisationId: string; readonly people: readonly PersonKey[]; readonly origin: ReactionOrigin },
  overtakenSince: Date,
): Promise<GatheredBatch> {
  const members = new Map<string, BatchMember>();
  const deferred: PersonKey[] = [];
  const seen = new Set<string>();
  let next: readonly PersonKey[] = request.people;
  for (let widening = 0; next.length > 0 && widening <= MAX_WIDENINGS; widening += 1) {
    for (const key of next) seen.add(personId(key));
    const fresh: BatchMember[] = [];
    for (const situation of await loadSituations(tx, next, overtakenSince)) {
      const known = await book.of(situation.connectionId);
      if (known !== null && mayAct(known, request.origin)) fresh.push({ situation, rules: known.rules });
      else deferred.push(situation);
    }
    for (const member of fresh) members.set(personId(member.situation), member);
    const { wishes, freed } = tentativeMoves(fresh);
    const neighbours = await findAddressNeighbours(tx, request.organisationId, wishes, freed);
    next = neighbours.filter((key) => !seen.has(personId(key)));
  }
  return { members: [...members.values()], deferred };
}

function mayAct({ connection }: ConnectionRules, origin: ReactionOrigin): boolean {
  if (origin === 'person') return true;
  return origin === 'run' ? connection.effects.run : connection.effects.live;
}

/** Which addresses would move if nothing were held: enough to know whom to look at as well. */
function tentativeMoves(members: readonly BatchMember[]): { wishes: AddressWish[]; freed: string[] } {
  const reactions = members.map(({ situation, rules }) => ({ reaction: decidePerson(situation, rules, () => applied), rules }));
  const freed = reactions
    .filter(({ reaction }) => isGone(reaction.situation.userState))
    .map(({ reaction }) => reaction.situation.account?.claim ?? null)
    .filter((claim) => claim !== null);
  return { wishes: addressWishes(reactions), freed };
}
