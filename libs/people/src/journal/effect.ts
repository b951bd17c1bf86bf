import type { Cause, EffectType } from '#contracts';

/** When a change was noticed and read at Graph, and when its page went through the log; null where it did not come that way. */
export interface EffectTimes {
  readonly noticedAt: Date | null;
  readonly readAt: Date | null;
  readonly publishedAt: Date | null;
}

export const noTimes: EffectTimes = { noticedAt: null, readAt: null, publishedAt: null };

/** Why effects are done: one for all effects of a transaction. */
export interface EffectCause {
  readonly cause: Cause;
  readonly runId: string | null;
  readonly times: EffectTimes;
}

/** One thing that happened to one account: a journal entry and an event at once. */
export interface AccountEffect {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly accountId: string;
  readonly entraObjectId: string;
  readonly groupId: string | null;
  readonly type: EffectType;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  /** The person's revision that this effect led to; with type and group it names the effect for ever. */
  readonly revision: number;
  /** The group scopes that lost the person, for the guard; null where the guard does not count it. */
  readonly guardGroupIds: readonly string[] | null;
}

/** No two effects share it, and the same effect has it always. */
export function idempotencyKeyOf({ accountId, type, groupId, revision }: AccountEffect): string {
  return [accountId, type, groupId ?? '-', revision].join(':');
}
