import { z } from 'zod';
import { permissions, roles } from '#connections';
import { rollcallIdSchema } from '#contracts';

export const meSchema = z.object({
  id: z.string(),
  kind: z.enum(['person', 'token', 'system']),
  displayName: z.string(),
  /** Where mail reaches them; null: nowhere. */
  email: z.string().nullable(),
  /** Whether an identity provider gives the address; else they may change it here. */
  emailIsProven: z.boolean(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  /** Where the simulated tenant is changed by hand, when this process runs one. */
  simulatorPageUrl: z.string().nullable(),
  organisation: z
    .object({ id: rollcallIdSchema, name: z.string(), timeZone: z.string(), supportContact: z.string().nullable() })
    .nullable(),
});
export type MeAnswer = z.input<typeof meSchema>;

export const patchMeBody = z.strictObject({ email: z.email().max(320).nullable() }).partial();
export type PatchMeBody = z.output<typeof patchMeBody>;
