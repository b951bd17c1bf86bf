import { z } from 'zod';
import { previewActions } from '#runs';
import { cloudSchema, createConnectionBody, patchConnectionBody } from '../connections/connection.schemas.js';
import { reasonSchema } from '../http/schemas.js';

/** How many rows are answered of those who would come, and of those who are skipped; counts are complete. */
export const previewQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
export type PreviewQuery = z.output<typeof previewQuery>;

/** As `POST /connections`, before it has a name. */
export const previewBody = createConnectionBody.partial({ name: true });
export type PreviewBody = z.output<typeof previewBody>;

const { credential } = createConnectionBody.shape;
const createdFields = createConnectionBody.omit({ credential: true, settings: true, cloud: true }).partial();

/** As `POST /connections`, of which only what would be changed need be there; what is left out is taken as it is stored. */
export const previewStoredBody = createdFields
  .extend({
    cloud: cloudSchema.optional(),
    settings: patchConnectionBody.shape.settings,
    credential: credential.partial({ kind: true, clientId: true }).optional(),
  })
  .prefault({});
export type PreviewStoredBody = z.output<typeof previewStoredBody>;

const personSchema = z
  .object({
    entraObjectId: z.string(),
    displayName: z.string().nullable(),
    email: z.string().nullable(),
    userPrincipalName: z.string().nullable(),
    groupIds: z.array(z.string()),
    action: z.enum(previewActions),
    reason: reasonSchema.nullable(),
  })
  .meta({ id: 'PreviewedPerson' });

export const previewSchema = z
  .object({
    groups: z.array(
      z.object({
        id: z.string(),
        displayName: z.string().nullable(),
        kind: z.enum(['microsoft365', 'security', 'mailEnabledSecurity', 'distribution', 'unknown']),
        inEntra: z.int().nullable().meta({ description: "Entra's own count of direct members" }),
        members: z.record(z.string(), z.int()).meta({ description: 'What the read found, by kind' }),
        unreadable: z.int(),
        complete: z.boolean(),
        problems: z.array(reasonSchema),
      }),
    ),
    complete: z.boolean().meta({ description: 'False where a group was not read to its end: counts are too few then' }),
    counts: z.object({
      people: z.int(),
      create: z.int(),
      reactivate: z.int(),
      update: z.int(),
      grant: z.int(),
      deactivate: z.int(),
      unchanged: z.int(),
      skip: z.int(),
    }),
    skippedByReason: z.record(z.string(), z.int()),
    people: z.array(personSchema),
    skipped: z.array(personSchema),
  })
  .meta({ id: 'Preview' });
export type PreviewAnswer = z.input<typeof previewSchema>;
