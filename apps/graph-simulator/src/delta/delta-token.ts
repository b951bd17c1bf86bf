import { z } from 'zod';

/**
 * What a delta or skip token carries. A delta token says from where the next round starts; a skip token pins the round it
 * belongs to (`to`) and the place in it.
 */
export const deltaTokenSchema = z.object({
  resource: z.enum(['groups', 'users']),
  /** Seq after which the round begins; null: from nothing. */
  from: z.number().nullable(),
  to: z.number().optional(),
  /** Where the next round starts, when that is not `to`. */
  resume: z.number().optional(),
  position: z.number().optional(),
  select: z.array(z.string()).optional(),
  ids: z.array(z.string()).optional(),
  /** Milliseconds of the simulated clock; directory tokens live seven days from here. */
  issuedAt: z.number(),
  /** Beginnings of the rounds before, newest first, for replays. */
  history: z.array(z.number().nullable()).default([]),
});

export type DeltaToken = z.output<typeof deltaTokenSchema>;

export const DELTA_TOKEN_LIFETIME_MS = 7 * 86_400_000;
export const REMEMBERED_ROUNDS = 5;
