import type { ConnectionSettings } from '#contracts';

export type GroupState = 'present' | 'softDeleted' | 'deleted' | 'unwatched';

/** The rules of one connection, as decisions read them. */
export interface Rules {
  readonly settings: ConnectionSettings;
  readonly watchedGroupIds: ReadonlySet<string>;
  /** As the directory says; a group that nobody reported counts as present. */
  readonly groupStates: ReadonlyMap<string, GroupState>;
  /** The connection ended and its accounts are to go with it: nobody is in any more. */
  readonly isDisbanded: boolean;
  /** A group of the scope has not been read yet, so being in none of the others is no evidence (invariant 4). */
  readonly awaitsGroups: boolean;
}

/** Why being a member of a group gives nobody anything; null where it does. */
export function groupBarrier(rules: Rules, groupId: string): 'GROUP_UNWATCHED' | 'GROUP_DELETED' | 'NOT_IN_SCOPE' | null {
  if (rules.isDisbanded) return 'NOT_IN_SCOPE';
  const state = rules.groupStates.get(groupId) ?? 'present';
  if (!rules.watchedGroupIds.has(groupId) || state === 'unwatched') return 'GROUP_UNWATCHED';
  return state === 'present' ? null : 'GROUP_DELETED';
}
