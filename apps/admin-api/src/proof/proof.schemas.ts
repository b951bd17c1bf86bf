import { z } from 'zod';
import { entraIdSchema, rollcallIdSchema } from '#contracts';
import { proofReasons } from '#runs';
import { formatSchema } from '../http/csv.js';
import { pageQuery, pageSchema } from '../http/page.js';
import { reasonSchema } from '../http/schemas.js';

export const proofQuery = z.strictObject({
  ...pageQuery,
  groupId: entraIdSchema.optional(),
  format: formatSchema,
});
export type ProofQuery = z.output<typeof proofQuery>;

/** Written out, not referred to: an answer of several media types is described by hand. */
const plainReasonSchema = z.object(reasonSchema.shape);

const sideSchema = z.object({
  people: z.int(),
  digest: z.string().meta({ description: 'SHA-256 (hex) of the object ids in lower case, sorted, joined by commas' }),
});

const groupProofSchema = z.object({
  groupId: z.string(),
  verdict: z
    .enum(['equal', 'different', 'unread'])
    .meta({ description: 'unread: the group gave no complete picture, so nothing is proven' }),
  read: sideSchema.nullable().meta({ description: "The people whom the run's own complete read listed" }),
  accounts: sideSchema.meta({ description: 'The people with the grant and a live account' }),
  reasons: z.record(z.string(), z.int()).meta({ description: 'People on one side only, by why' }),
  reason: plainReasonSchema.nullable().meta({ description: 'Why the group could not be read' }),
});

const differenceSchema = z.object({
  groupId: z.string(),
  entraObjectId: z.string(),
  displayName: z.string().nullable(),
  side: z.enum(['onlyInEntra', 'onlyHere']),
  why: z.enum(proofReasons),
  reason: plainReasonSchema.nullable(),
});

export const proofSchema = pageSchema(differenceSchema).extend({
  runId: rollcallIdSchema,
  isEqual: z.boolean().meta({ description: 'Every group was read, and is equal' }),
  groups: z.array(groupProofSchema),
});
export type ProofAnswer = z.input<typeof proofSchema>;
