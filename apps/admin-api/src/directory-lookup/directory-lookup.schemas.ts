import { z } from 'zod';
import { cloudSchema } from '../connections/connection.schemas.js';
import { unsavedAccess } from '../connections/unsaved-access.js';

export const lookUpTenantBody = z.strictObject({
  tenant: z.string().trim().min(1).max(253).meta({ description: 'A directory (tenant) id or a verified domain' }),
  cloud: cloudSchema.default('global'),
});
export type LookUpTenantBody = z.output<typeof lookUpTenantBody>;

export const foundTenantSchema = z.object({ tenantId: z.string() }).meta({ id: 'FoundTenant' });

export const searchGroupsBody = z.strictObject({
  ...unsavedAccess,
  text: z.string().trim().min(1).max(256).meta({ description: 'The beginning of the name' }),
});
export type SearchGroupsBody = z.output<typeof searchGroupsBody>;

export const foundGroupsSchema = z.object({
  items: z.array(
    z
      .object({ id: z.string(), displayName: z.string().nullable(), kind: z.string(), mail: z.string().nullable() })
      .meta({ id: 'FoundGroup' }),
  ),
});
export type FoundGroups = z.output<typeof foundGroupsSchema>;
