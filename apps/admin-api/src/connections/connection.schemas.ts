import { z } from 'zod';
import { connectionSettingsSchema, connectionStates, entraIdSchema, rollcallIdSchema, scopeSchema } from '#contracts';
import { pageQuery, pageSchema } from '../http/page.js';
import { instantSchema, reasonSchema } from '../http/schemas.js';

export const cloudSchema = z.enum(['global', 'usGovL4', 'usGovL5', 'china', 'simulated']);

/** An instant or a day; of a day, its first moment in UTC: a secret is rather called expired too early. */
const expirySchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a date or an instant in ISO 8601')
  .nullable()
  .default(null);

export const secretTextSchema = z.string().trim().min(1).max(1000);

/** A part of the settings, merged by RFC 7396 and then validated as a whole. */
const settingsPatchSchema = z.record(z.string(), z.unknown()).meta({
  description:
    'Nested by the names of the settings, such as {"guard": {"maxRemovals": 50}}; unknown names are refused; for true and false, on and off are taken as well',
});
const { mode, groups, filter, emailInclude, emailExclude } = scopeSchema.shape;
/** Without the defaults: what is not named in a patch stays as it is. */
const scopePatchSchema = z
  .strictObject({
    mode: mode.unwrap(),
    groups: groups.unwrap(),
    filter: filter.unwrap(),
    emailInclude: emailInclude.unwrap(),
    emailExclude: emailExclude.unwrap(),
  })
  .partial();

export const createConnectionBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  tenantId: entraIdSchema,
  cloud: cloudSchema.default('global'),
  credential: z.strictObject({
    kind: z.literal('clientSecret'),
    clientId: entraIdSchema,
    clientSecret: secretTextSchema,
    expiresAt: expirySchema,
  }),
  scope: scopePatchSchema,
  settings: settingsPatchSchema.default({}),
  enabled: z.boolean().default(false),
});
export type CreateConnectionBody = z.output<typeof createConnectionBody>;

export const patchConnectionBody = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  scope: scopePatchSchema.optional(),
  settings: settingsPatchSchema.optional(),
  credential: z.strictObject({ clientSecret: secretTextSchema, expiresAt: expirySchema }).optional(),
});
export type PatchConnectionBody = z.output<typeof patchConnectionBody>;

export const listConnectionsQuery = z.strictObject({ ...pageQuery, state: z.enum(connectionStates).optional() });
export type ListConnectionsQuery = z.output<typeof listConnectionsQuery>;

export const deleteConnectionQuery = z.strictObject({ deactivateAccounts: z.stringbool().default(false) });

export type DeleteConnectionQuery = z.output<typeof deleteConnectionQuery>;

export const connectionSchema = z
  .object({
    id: rollcallIdSchema,
    organisationId: rollcallIdSchema,
    name: z.string(),
    tenantId: z.string(),
    cloud: cloudSchema,
    state: z.enum(connectionStates),
    reason: reasonSchema.nullable(),
    nextTryAt: instantSchema.nullable(),
    credential: z.object({
      kind: z.literal('clientSecret'),
      clientId: z.string(),
      expiresAt: instantSchema.nullable(),
      problem: reasonSchema.nullable(),
      failedAt: instantSchema.nullable(),
    }),
    scope: scopeSchema,
    settings: connectionSettingsSchema,
    watchedGroups: z.array(z.object({ id: z.string(), displayName: z.string().nullable() })),
    version: z.int(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Connection' });
export type ConnectionAnswer = z.input<typeof connectionSchema>;
export const connectionPageSchema = pageSchema(connectionSchema);
