import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { unsavedAccess } from '../connections/unsaved-access.js';
import { instantSchema } from '../http/schemas.js';

export const checkSchema = z.object({
  /** `token`, `permission:<name>`, `group:<id>`, `webhook`. */
  name: z.string(),
  ok: z.boolean(),
  /** Whether it says something of the tenant: false where Graph or Entra gave no answer to it, and it has to be tried again. */
  conclusive: z.boolean(),
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

/** What the wizard has so far. Nothing of it is stored. */
export const unsavedTestBody = z.strictObject({
  ...unsavedAccess,
  /** Object ids or exact names; a check of a group is named by the entry, `group:<entry>`. */
  groups: z.array(z.string().trim().min(1).max(300)).max(100).default([]),
});
export type UnsavedTestBody = z.output<typeof unsavedTestBody>;

export const unsavedTestSchema = selfTestSchema.omit({ connectionId: true });
export type UnsavedTestAnswer = z.input<typeof unsavedTestSchema>;
