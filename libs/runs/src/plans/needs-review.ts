import type { ConnectionSettings } from '#contracts';
import type { PlannedAction } from './planned-change.js';
import { isRemoval } from './planned-change.js';

export interface ReviewQuestion {
  readonly asked: 'automatic' | 'review';
  readonly setting: ConnectionSettings['apply'];
  /** How many lines the plan has of each action. */
  readonly counts: Partial<Record<PlannedAction, number>>;
}

/** Whether the plan waits for a person. A plan that would do nothing waits for nobody; one that only creates never does unasked. */
export function needsReview({ asked, setting, counts }: ReviewQuestion): boolean {
  const count = (test: (action: PlannedAction) => boolean) =>
    Object.entries(counts).reduce((sum, [action, lines]) => sum + (test(action as PlannedAction) ? lines : 0), 0);
  const changes = count((action) => action !== 'skip');
  if (changes === 0) return false;
  if (asked === 'review') return true;
  if (setting === 'reviewRemovals') return count(isRemoval) > 0;
  return setting === 'reviewAll' && count((action) => action !== 'skip' && action !== 'create' && action !== 'grant') > 0;
}
