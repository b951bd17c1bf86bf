import type { Tx } from '#database';
import { personId } from '../decisions/effect-wish.js';
import { UnpredictedEffectsError } from '../decisions/react-to-people.js';
import type { AccountEffect } from '../journal/effect.js';
import type { PlannedItem } from './admit-planned.js';
import { effectMarks } from './effect-mark.js';

/** Whether an effect is among those that the plan predicts for its person; people without a prediction are not bound to one. */
export function predictionOf(planned: readonly PlannedItem[]): (effect: AccountEffect) => boolean {
  const predicted = new Map<string, Set<string>>();
  for (const item of planned) {
    if (item.plan.effects === undefined) continue;
    predicted.set(personId(item), new Set([...(predicted.get(personId(item)) ?? []), ...item.plan.effects]));
  }
  return (effect) => {
    const marks = predicted.get(personId(effect));
    return marks === undefined || effectMarks(effect).every((mark) => marks.has(mark));
  };
}

/**
 * Does the work, and does it again without those of whom it would do something else than was approved, until nobody is left who
 * strays. `stale` grows by them. What the earlier attempts stored is rolled back.
 */
export async function untilPredicted<Result>(tx: Tx, stale: Set<string>, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    await tx.query('SAVEPOINT predicted');
    try {
      const result = await work();
      await tx.query('RELEASE SAVEPOINT predicted');
      return result;
    } catch (error) {
      if (!(error instanceof UnpredictedEffectsError)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT predicted');
      const before = stale.size;
      for (const person of error.people) stale.add(person);
      if (stale.size === before) throw error;
    }
  }
}
