import type { GroupChangedV1 } from '#contracts';
import type { RemovedReason } from '#graph-client';

export interface KnownGroup {
  readonly groupId: string;
  readonly state: 'present' | 'softDeleted' | 'deleted';
  readonly displayName: string | null;
}

export interface ReportedGroup {
  readonly removed: RemovedReason | null;
  readonly displayName?: string | null;
}

export interface GroupChange {
  readonly state: KnownGroup['state'];
  readonly displayName: string | null;
  /** What is to be published; null where the group itself did not change. */
  readonly fact: Pick<GroupChangedV1, 'groupId' | 'state' | 'displayName'> | null;
  /** It was deleted and is there again: its members are read as a whole. */
  readonly returned: boolean;
}

/** What a delta report says of the group object itself. A report of members alone repeats the name: that is no change. */
export function decideGroupChange(known: KnownGroup, reported: ReportedGroup): GroupChange {
  const state = reported.removed === null ? 'present' : reported.removed === 'changed' ? 'softDeleted' : 'deleted';
  const displayName = reported.displayName === undefined ? known.displayName : reported.displayName;
  const changed = state !== known.state || displayName !== known.displayName;
  return {
    state,
    displayName,
    fact: changed ? { groupId: known.groupId, state, displayName } : null,
    returned: state === 'present' && known.state !== 'present',
  };
}
