import type { Actor } from '#connections';
import type { Tx } from '#database';
import { directoryFields } from '../decisions/changed-fields.js';
import { decidePerson, type Reaction } from '../decisions/decide-person.js';
import { applied } from '../decisions/effect-wish.js';
import { loadSituations } from '../decisions/load-situations.js';
import type { ReactionTools } from '../decisions/react-to-people.js';
import type { Rules } from '../decisions/rules.js';
import type { PersonKey, Situation } from '../decisions/situation.js';
import { setPins, type NewPin } from '../pins/set-pins.js';
import type { PersonReversal, Reversal } from './reverse-effects.js';

/** A person with what was taken back. */
export interface UndonePerson {
  readonly situation: Situation;
  readonly reversal: PersonReversal;
}

/**
 * Pins what undoing left against the directory, and only that: whatever of it the rules would do again at once. Groups come first,
 * since being in scope follows from them. Pins of an earlier undo on the same things are lifted before; undoing an undo needs none.
 */
export async function pinUndone(
  tx: Tx,
  tools: ReactionTools,
  actor: Pick<Actor, 'id' | 'organisationId'>,
  people: readonly UndonePerson[],
  rules: Rules,
): Promise<void> {
  const now = tools.clock();
  const keys = people.map(({ situation: { connectionId, entraObjectId } }) => ({ connectionId, entraObjectId }));
  await tx.query(LIFT, [JSON.stringify(people.flatMap(touchedBy)), now, actor.id]);
  const reversals = new Map(people.map(({ situation, reversal }) => [situation.entraObjectId, reversal.reversals]));
  const pinEach = async (pinsOf: (reaction: Reaction, undone: readonly Reversal[]) => NewPin[]) => {
    const reactions = (await loadSituations(tx, keys, now)).map((situation) => decidePerson(situation, rules, () => applied));
    const pins = reactions.flatMap((reaction) => pinsOf(reaction, reversals.get(reaction.situation.entraObjectId) ?? []));
    await setPins(tx, tools, actor, pins);
  };
  await pinEach(pinsOnGroups);
  await pinEach((reaction, undone) => pinsOnAccount(reaction, undone, rules));
}

function pinsOnGroups({ situation, grants, revocations }: Reaction, undone: readonly Reversal[]): NewPin[] {
  const isUndone = (groupId: string) => undone.some((reversal) => reversal.groupId === groupId);
  const pin = (groupId: string, keep: 'in' | 'out'): NewPin => ({
    ...keyOf(situation),
    groupId,
    keep,
    causeCode: null,
    reason: 'UNDONE',
  });
  return [
    ...grants.filter(isUndone).map((groupId) => pin(groupId, 'out')),
    ...revocations.filter(isUndone).map((groupId) => pin(groupId, 'in')),
  ];
}

/** The account is pinned too where the person would leave it only because a group was taken back: the plan did not say so. */
function pinsOnAccount(
  { situation, deactivate, reactivate, fields }: Reaction,
  undone: readonly Reversal[],
  rules: Rules,
): NewPin[] {
  const base = { ...keyOf(situation), groupId: null, reason: 'UNDONE' } as const;
  const directory = directoryFields(situation, rules);
  const isHeld = situation.held.some(({ action }) => action === 'deactivate');
  const reverted = new Set(
    undone.flatMap(({ type, after }) => (type === 'rollcall.account.updated' ? Object.keys(after ?? {}) : [])),
  );
  return [
    ...(reactivate ? [{ ...base, keep: 'out' as const, causeCode: null }] : []),
    ...(deactivate === null || isHeld ? [] : [{ ...base, keep: 'in' as const, causeCode: deactivate }]),
    ...(Object.keys(fields) as (keyof typeof fields)[])
      .filter((field) => reverted.has(field))
      .map((field) => ({ ...base, keep: 'out' as const, causeCode: null, field, refused: directory[field] ?? null })),
  ];
}

const keyOf = ({ connectionId, entraObjectId }: PersonKey): PersonKey => ({ connectionId, entraObjectId });

/** The account as a whole, which is pinned anew where it must be, and every group and field that is taken back now. */
function touchedBy({ situation, reversal: { reversals } }: UndonePerson) {
  const key = keyOf(situation);
  const fields = reversals.flatMap(({ type, after }) => (type === 'rollcall.account.updated' ? Object.keys(after ?? {}) : []));
  const groups = reversals.flatMap(({ groupId }) => groupId ?? []);
  return [
    { ...key, groupId: null, field: null },
    ...groups.map((groupId) => ({ ...key, groupId, field: null })),
    ...fields.map((field) => ({ ...key, groupId: null, field })),
  ];
}

const LIFT = `
  UPDATE people.pins p SET state = 'lifted', closed_at = $2, closed_by = $3
    FROM jsonb_to_recordset($1::jsonb) AS r ("connectionId" uuid, "entraObjectId" uuid, "groupId" uuid, "field" text)
   WHERE p.connection_id = r."connectionId" AND p.entra_object_id = r."entraObjectId" AND p.state = 'open' AND p.reason = 'UNDONE'
     AND p.group_id IS NOT DISTINCT FROM r."groupId" AND p.field IS NOT DISTINCT FROM r."field"`;
