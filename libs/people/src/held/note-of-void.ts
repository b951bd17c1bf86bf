import type { Reaction } from '../decisions/decide-person.js';
import type { HeldRow } from '../decisions/situation.js';

export const TAKEN_BACK = 'The directory took the change back by itself.';
export const HAPPENED = 'It happened another way, such as by an approved sync run.';
export const NOT_WANTED = {
  person: 'A decision by hand left nothing to hold.',
  settings: 'Changed settings left nothing to hold.',
} as const;

/** Why a held change dissolved: it was done past the hold, or nothing wants it any more. Pure. */
export function noteOfVoid(held: Pick<HeldRow, 'action' | 'groupId'>, reaction: Reaction, causeKind: string): string {
  if (isDone(held, reaction)) return HAPPENED;
  return causeKind === 'person' || causeKind === 'settings' ? NOT_WANTED[causeKind] : TAKEN_BACK;
}

function isDone({ action, groupId }: Pick<HeldRow, 'action' | 'groupId'>, reaction: Reaction): boolean {
  switch (action) {
    case 'create':
      return reaction.create;
    case 'reactivate':
      return reaction.reactivate;
    case 'deactivate':
      return reaction.deactivate !== null;
    case 'update':
      return Object.keys(reaction.fields).length > 0;
    case 'grant':
      return groupId !== null && reaction.grants.includes(groupId);
    case 'revoke':
      return groupId !== null && reaction.revocations.includes(groupId);
  }
}
