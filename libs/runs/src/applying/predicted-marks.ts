import { effectMarks } from '#people';
import { effectTypeOf } from '../plans/plan-items.js';
import type { DecidedChange } from './select-facts.js';

/** A line of the plan with the values that it predicts. */
export interface PredictedChange extends DecidedChange {
  readonly after: Record<string, unknown> | null;
}

/**
 * The effects that the approved lines of a person predict: provisioning does these and no others (invariant 6). What was kept of an
 * update is not reported, so the update that follows lacks those fields.
 */
export function predictedMarks(lines: readonly PredictedChange[]): string[] {
  return lines.flatMap(({ action, groupId, after, decision, keptFields }) => {
    const type = effectTypeOf(action);
    if (decision === 'skip' || type === null) return [];
    return effectMarks({ type, groupId, after: without(after, keptFields) });
  });
}

function without(after: PredictedChange['after'], names: readonly string[]): PredictedChange['after'] {
  return after === null ? null : Object.fromEntries(Object.entries(after).filter(([name]) => !names.includes(name)));
}
