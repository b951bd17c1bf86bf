import { personId } from '../decisions/effect-wish.js';
import type { RecheckRequest } from '../facts/recheck-request.js';
import type { PlannedItem } from './admit-planned.js';

/**
 * What moved between a plan and its page is not applied. It is read directly instead: a run may have been the only one that read the
 * attributes of somebody whose membership delta reported meanwhile (invariant 3).
 */
export function recheckStale(
  { organisationId, connectionId, groupId }: Pick<RecheckRequest, 'organisationId' | 'connectionId' | 'groupId'>,
  planned: readonly PlannedItem[],
  stale: ReadonlySet<string>,
  dueAt: Date,
): RecheckRequest[] {
  const kind = groupId === null ? 'user' : 'membership';
  return planned
    .filter((item) => stale.has(personId(item)))
    .map(({ entraObjectId }) => ({
      organisationId,
      connectionId,
      kind,
      groupId,
      memberId: entraObjectId,
      reason: 'PLAN_STALE',
      dueAt,
    }));
}
