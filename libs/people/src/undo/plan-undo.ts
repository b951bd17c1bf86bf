import type { Tx } from '#database';
import { loadSituations } from '../decisions/load-situations.js';
import { reverseEffects, type PersonReversal } from './reverse-effects.js';
import { loadUndoable, type UndoScope } from './undo-target.js';
import { settleUndoAddresses } from './settle-undo-addresses.js';
import { spareLastSuperAdmin } from './spare-last-super-admin.js';

/** The address from before is somebody else's by now: then the person stays as they are. */
const ADDRESS_TAKEN: PersonReversal = { reversals: [], leftOut: [{ groupId: null, code: 'EMAIL_CONFLICT' }] };

/** What undoing would do to one person, and the revision that it was computed from. */
export interface UndoPrediction extends PersonReversal {
  readonly entraObjectId: string;
  readonly revision: number;
  readonly accountId: string | null;
  readonly displayName: string | null;
}

/** What undoing the target would do to these people; nothing is written. People of whom nothing is to be undone are left out. */
export async function planUndo(tx: Tx, scope: UndoScope, personIds: readonly string[], now: Date): Promise<UndoPrediction[]> {
  const { connectionId } = scope;
  const effects = await loadUndoable(tx, scope, personIds);
  const situations = await loadSituations(
    tx,
    personIds.map((entraObjectId) => ({ connectionId, entraObjectId })),
    now,
  );
  const reversed = situations.map((situation) => {
    const own = effects.filter(({ entraObjectId }) => entraObjectId === situation.entraObjectId);
    return { situation, reversal: reverseEffects(own, situation) };
  });
  const spared = await spareLastSuperAdmin(tx, scope.organisationId, reversed);
  const { settled } = await settleUndoAddresses(tx, scope.organisationId, spared);
  return spared
    .map((person) => (settled.has(person.situation.entraObjectId) ? person : { ...person, reversal: ADDRESS_TAKEN }))
    .filter(({ reversal }) => reversal.reversals.length + reversal.leftOut.length > 0)
    .map(({ situation, reversal }) => ({
      ...reversal,
      entraObjectId: situation.entraObjectId,
      revision: situation.revision,
      accountId: situation.account?.id ?? null,
      displayName: situation.account?.displayName ?? situation.attributes.displayName ?? null,
    }));
}
