import type { Actor } from '#connections';
import { personId, type EffectWish } from '../decisions/effect-wish.js';
import { reactToPeople, type ReactionCounts, type ReactionTools } from '../decisions/react-to-people.js';
import type { PersonKey } from '../decisions/situation.js';
import { noTimes, type EffectCause } from '../journal/effect.js';
import type { Tx } from '#database';

/** What commands need beside their transaction; the same as pages. */
export type CommandTools = ReactionTools;

/** What a person (or an API token, or a part of Rollcall) did. */
export function causedBy(actor: Actor): EffectCause {
  return { cause: { kind: 'person', id: actor.id }, runId: null, times: noTimes };
}

/** Decides anew about people after a command changed something about them. */
export function reactTo(
  tx: Tx,
  tools: CommandTools,
  actor: Actor,
  people: readonly PersonKey[],
  options: { readonly origin: 'live' | 'person'; readonly isPermitted?: (wish: EffectWish) => boolean },
): Promise<ReactionCounts> {
  const unique = [...new Map(people.map((person) => [personId(person), person])).values()];
  const { origin, isPermitted = () => false } = options;
  return reactToPeople(tx, tools, {
    ...causedBy(actor),
    organisationId: actor.organisationId,
    people: unique,
    origin,
    isPermitted,
  });
}
