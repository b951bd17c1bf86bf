import { z } from 'zod';
import { entraIdSchema, rollcallIdSchema } from '#contracts';
import { pageQuery, pageSchema } from '../http/page.js';
import { instantSchema, reasonSchema } from '../http/schemas.js';

const statusSchema = z.enum(['inactive', 'active', 'deactivated']);
const roleSchema = z.string().trim().min(1).max(100);

export const listAccountsQuery = z.strictObject({
  ...pageQuery,
  connectionId: rollcallIdSchema.optional(),
  status: statusSchema.optional(),
  group: entraIdSchema.optional(),
  q: z.string().trim().min(1).max(200).optional(),
});
export type ListAccountsQuery = z.output<typeof listAccountsQuery>;

export const patchAccountBody = z.strictObject({
  status: statusSchema.optional(),
  protected: z.boolean().optional(),
  roles: z.array(roleSchema).max(50).optional(),
});
export type PatchAccountBody = z.output<typeof patchAccountBody>;

export const activateBody = z.strictObject({ ids: z.array(rollcallIdSchema).min(1).max(10_000) });
export type ActivateBody = z.output<typeof activateBody>;
export const activatedSchema = z.object({ activated: z.int() });
export const setInactiveSchema = z.object({ setInactive: z.int() });

export const accountSchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema,
    entraObjectId: z.string(),
    displayName: z.string().nullable(),
    givenName: z.string().nullable(),
    surname: z.string().nullable(),
    email: z.string().nullable(),
    userPrincipalName: z.string().nullable(),
    status: statusSchema,
    /** Why sync took the account out; null where it did not. */
    statusReason: reasonSchema.nullable(),
    roles: z.array(z.string()),
    protected: z.boolean(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Account' });
export type AccountAnswer = z.input<typeof accountSchema>;
export const accountPageSchema = pageSchema(accountSchema);
