import { z } from 'zod';
import { entraIdSchema } from '#contracts';
import { cloudSchema, secretTextSchema } from './connection.schemas.js';

/** How Graph is reached with what somebody is typing; the secret is used for the request and kept nowhere. */
export const unsavedAccess = {
  tenantId: entraIdSchema,
  cloud: cloudSchema.default('global'),
  credential: z.strictObject({ clientId: entraIdSchema, clientSecret: secretTextSchema }),
};
