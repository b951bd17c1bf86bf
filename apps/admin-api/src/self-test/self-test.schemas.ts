import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { instantSchema } from '../http/schemas.js';

export const checkSchema = z.object({
  /** `token`, `permission:<name>`, `group:<id>`, `webhook`. */
  name: z.string(),
  ok: z.boolean(),
  code: z.string().nullable(),
  message: z.string(),
  remedy: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
});
export type Check = z.output<typeof checkSchema>;

export const selfTestSchema = z.object({
  connectionId: rollcallIdSchema,
  ok: z.boolean(),
  checkedAt: instantSchema,
  checks: z.array(checkSchema),
});
export type SelfTestAnswer = z.input<typeof selfTestSchema>;
