import { z } from 'zod';
import { entraIdSchema, ownedFields, rollcallIdSchema } from '#contracts';
import { plannedActions } from '#runs';
import { pageQuery, pageSchema } from '../http/page.js';
import { reasonSchema } from '../http/schemas.js';

const actionSchema = z.enum(plannedActions);
const decisionSchema = z.enum(['apply', 'skip']);
const outcomes = ['applied', 'skipped', 'stale', 'failed'] as const;

export const listChangesQuery = z.strictObject({
  ...pageQuery,
  action: actionSchema.optional(),
  decision: decisionSchema.optional(),
  outcome: z.enum([...outcomes, 'pending']).optional(),
  groupId: entraIdSchema.optional(),
  q: z.string().trim().min(1).max(200).optional(),
});
export type ListChangesQuery = z.output<typeof listChangesQuery>;

/** `keepFields` names the fields of an update that stay ours. */
export const decideChangeBody = z
  .strictObject({ decision: decisionSchema.optional(), keepFields: z.array(z.enum(ownedFields)).optional() })
  .refine(({ decision, keepFields }) => decision !== undefined || keepFields !== undefined, {
    path: ['decision'],
    message: 'decision or keepFields must be given',
  });
export type DecideChangeBody = z.output<typeof decideChangeBody>;

/** What the filter leaves out does not narrow: an empty one means every change of the plan. */
export const decideChangesBody = z.strictObject({
  filter: z.strictObject({
    ids: z.array(rollcallIdSchema).min(1).max(10_000).optional(),
    action: actionSchema.optional(),
    actions: z.array(actionSchema).min(1).optional(),
    groupId: entraIdSchema.optional(),
    entraObjectId: entraIdSchema.optional(),
    accountId: rollcallIdSchema.optional(),
  }),
  decision: decisionSchema,
});
export type DecideChangesBody = z.output<typeof decideChangesBody>;

export const approveRunBody = z.strictObject({ planHash: z.string().min(1).max(200) });
export type ApproveRunBody = z.output<typeof approveRunBody>;

const planHashSchema = z.string().meta({ description: 'Covers items and decisions; approving names it' });
export const decidedChangeSchema = z.object({ planHash: planHashSchema });
export const decidedChangesSchema = z.object({ planHash: planHashSchema, count: z.int() });

const fieldsSchema = z.record(z.string(), z.unknown()).nullable();

export const plannedChangeSchema = z
  .object({
    id: rollcallIdSchema,
    action: actionSchema,
    entraObjectId: z.string(),
    displayName: z.string().nullable(),
    accountId: rollcallIdSchema.nullable(),
    groupId: z.string().nullable(),
    before: fieldsSchema,
    after: fieldsSchema,
    decision: decisionSchema,
    keptFields: z.array(z.string()),
    carriedOver: z.boolean(),
    outcome: z.enum(outcomes).nullable(),
    reason: reasonSchema.nullable(),
  })
  .meta({ id: 'PlannedChange' });
export type PlannedChangeAnswer = z.input<typeof plannedChangeSchema>;
export const plannedChangePageSchema = pageSchema(plannedChangeSchema);
