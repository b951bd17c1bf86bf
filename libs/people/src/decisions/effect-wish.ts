import type { HeldAction, PersonKey } from './situation.js';

/** Who asks for the reaction: it decides whether effects may follow now, and whether `apply` asks for review. */
export type ReactionOrigin = 'live' | 'run' | 'person';

/** Something that a decision wants to do, before anybody judged whether it may. */
export interface EffectWish extends PersonKey {
  readonly action: HeldAction;
  readonly groupId: string | null;
  /** Why it would be done: a problem code. */
  readonly code: string;
  /** The groups whose scope loses the person by it; empty for additions. */
  readonly losesGroups: readonly string[];
  /** The person's live account goes with it. */
  readonly losesAccount: boolean;
  /** The person counts as in scope now, so that losing them can empty a scope. */
  readonly isInScope: boolean;
  /** A deactivation that follows from a revocation that was judged already. */
  readonly follows: boolean;
}

/** An effect that was judged and is held: `code` says why. */
export interface HeldWish {
  readonly action: HeldAction;
  readonly groupId: string | null;
  readonly code: string;
}

/** `code`: why it is held. */
export type Verdict = { readonly held: false } | { readonly held: true; readonly code: string };

export const applied: Verdict = { held: false };
export const heldFor = (code: string): Verdict => ({ held: true, code });

export type Judge = (wish: EffectWish) => Verdict;

export function isRemoval({ action }: Pick<EffectWish, 'action'>): boolean {
  return action === 'revoke' || action === 'deactivate';
}

export function personId({ connectionId, entraObjectId }: PersonKey): string {
  return `${connectionId}/${entraObjectId}`;
}

export function wishId(wish: Pick<EffectWish, 'connectionId' | 'entraObjectId' | 'action' | 'groupId'>): string {
  return `${personId(wish)}/${wish.action}/${wish.groupId ?? ''}`;
}
