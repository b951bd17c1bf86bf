import { createHash } from 'node:crypto';
import type { EffectType } from '#contracts';

/** What tells one predicted effect from another: what happens, in which group, and to which values. */
export interface MarkedEffect {
  readonly type: EffectType;
  readonly groupId: string | null;
  readonly after: Record<string, unknown> | null;
}

const MARK_LENGTH = 16;

/**
 * Short marks of an effect: a plan's items carry those that were predicted, and provisioning compares them (invariant 6). An update
 * has one for each field, since fields may be kept out of it one by one.
 */
export function effectMarks({ type, groupId, after }: MarkedEffect): string[] {
  const values = Object.entries(after ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  if (type === 'rollcall.account.updated') return values.map((value) => markOf([type, groupId, [value]]));
  return [markOf([type, groupId, values])];
}

function markOf(effect: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(effect)).digest('hex').slice(0, MARK_LENGTH);
}
