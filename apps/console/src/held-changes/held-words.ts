import type { HeldChange } from '../api/types.js';
import { actorName } from '../format/actor-name.js';

const ACTIONS: Readonly<Record<HeldChange['action'], string>> = {
  create: 'get an account',
  reactivate: 'be reactivated',
  update: 'be changed',
  deactivate: 'be deactivated',
  grant: 'join',
  revoke: 'leave',
};

/** What would happen to the person: "leave", "be deactivated"; an action of a newer version by its name. Pure. */
export function wouldWords(action: string): string {
  return (ACTIONS as Readonly<Record<string, string>>)[action] ?? action;
}

const ENDINGS: Readonly<Record<HeldChange['state'], string>> = {
  open: 'Held',
  released: 'Released',
  rejected: 'Rejected',
  void: 'Dissolved',
};

/** How a held change ended: "Released by Ada", "Dissolved". Pure. */
export function endingOf({ state, closed }: Pick<HeldChange, 'state' | 'closed'>, me: Parameters<typeof actorName>[1]): string {
  const by = closed?.by ?? null;
  return by === null ? ENDINGS[state] : `${ENDINGS[state]} by ${actorName(by.id, me, by.displayName)}`;
}

export const nameOfHeld = ({ displayName, entraObjectId }: Pick<HeldChange, 'displayName' | 'entraObjectId'>): string =>
  displayName ?? entraObjectId;
