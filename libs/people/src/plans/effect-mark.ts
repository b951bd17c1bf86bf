import { createHash } from 'node:crypto';
import type { EffectType } from '#contracts';

/** What tells one predicted effect from another: what happens, in which group, and to which values. */
export interface MarkedEffect {
  readonly type: EffectType;
  readonly groupId: string | null;
  readonly after: Record<string, unknown> | null;
}

const MARK_LENGTH = 16;

/** A short mark of an effect: a plan's items carry those that were predicted, and provisioning compares them (invariant 6). */
export function effectMark({ type, groupId, after }: MarkedEffect): string {
  const values = Object.entries(after ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([type, groupId, values]))
    .digest('hex')
    .slice(0, MARK_LENGTH);
}
