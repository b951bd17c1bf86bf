import type { EffectType } from '#contracts';
import type { Prediction } from '#people';
import type { PlanItem, PlannedAction } from './planned-change.js';

const ACTIONS: Partial<Record<EffectType, PlannedAction>> = {
  'rollcall.account.created': 'create',
  'rollcall.account.updated': 'update',
  'rollcall.account.deactivated': 'deactivate',
  'rollcall.account.reactivated': 'reactivate',
  'rollcall.membership.granted': 'grant',
  'rollcall.membership.revoked': 'revoke',
};

/** What a line of a plan calls an effect; null for effects that no plan has. */
export function actionOf(type: EffectType): PlannedAction | null {
  return ACTIONS[type] ?? null;
}

/** The effect that a line of this kind predicts; null for somebody who is skipped. */
export function effectTypeOf(action: PlannedAction): EffectType | null {
  const [type] = Object.entries(ACTIONS).find(([, planned]) => planned === action) ?? [];
  return (type as EffectType | undefined) ?? null;
}

/** The lines of one person: what would be done, what protection keeps from being done, or why nothing comes of them. */
export function planItems(prediction: Prediction): PlanItem[] {
  const items = prediction.effects.flatMap(({ type, groupId, before, after }): PlanItem[] => {
    const action = ACTIONS[type];
    return action === undefined ? [] : [{ action, groupId, before, after, code: codeOf(action, prediction) }];
  });
  const protectedFrom = prediction.held.map(({ groupId, code }) => skip(groupId, code));
  const isSkipped = prediction.skipCode !== null && !items.some(({ action }) => action === 'deactivate');
  return [...items, ...protectedFrom, ...(isSkipped ? [skip(null, prediction.skipCode)] : [])];
}

function codeOf(action: PlannedAction, { skipCode }: Prediction): string | null {
  return action === 'deactivate' ? skipCode : null;
}

function skip(groupId: string | null, code: string | null): PlanItem {
  return { action: 'skip', groupId, before: null, after: null, code };
}
