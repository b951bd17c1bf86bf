import { z } from 'zod';
import { entraIdSchema, rollcallIdSchema } from '#contracts';
import { heldStates } from '#people';
import { firstApprovalSchema } from '../four-eyes/first-approval.js';
import { namedMemberSchema } from '../http/member-names.js';
import { pageQuery, pageSchema } from '../http/page.js';
import { instantSchema, reasonSchema } from '../http/schemas.js';

export const listHeldQuery = z.strictObject({
  ...pageQuery,
  connectionId: rollcallIdSchema.optional(),
  groupId: entraIdSchema.optional(),
  account: rollcallIdSchema.optional(),
  /** `closed`: released, rejected and void together, the newest first. */
  state: z.enum([...heldStates, 'closed']).default('open'),
});
export type ListHeldQuery = z.output<typeof listHeldQuery>;

/** Named ones, or all of a connection or group that were there at `asOf`. */
export const heldSelectionBody = z.union(
  [
    z.strictObject({ ids: z.array(rollcallIdSchema).min(1).max(10_000) }),
    z.strictObject({
      connectionId: rollcallIdSchema,
      groupId: entraIdSchema.optional(),
      asOf: z.iso.datetime({ offset: true }).optional(),
    }),
  ],
  'must have ids, or a connectionId with or without groupId and asOf',
);
export type HeldSelectionBody = z.output<typeof heldSelectionBody>;

export const heldChangeSchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema,
    groupId: z.string().nullable(),
    entraObjectId: z.string(),
    accountId: rollcallIdSchema.nullable(),
    displayName: z.string().nullable(),
    action: z.enum(['create', 'reactivate', 'update', 'deactivate', 'grant', 'revoke']),
    reason: reasonSchema,
    heldAt: instantSchema,
    /** `void`: it dissolved by itself; the note says why. */
    state: z.enum(heldStates),
    /** Null while it is open; `by` is null where no person ended it. */
    closed: z.object({ at: instantSchema, by: namedMemberSchema.nullable(), note: z.string().nullable() }).nullable(),
    /** Where removals take two people: who approved this one first. */
    firstApproval: firstApprovalSchema.nullable(),
  })
  .meta({ id: 'HeldChange' });
export type HeldChangeAnswer = z.input<typeof heldChangeSchema>;
export const heldPageSchema = pageSchema(heldChangeSchema);
export const countSchema = z.object({ count: z.int() });
/** `waiting`, where removals take two people: so many need a second one, and this approval of them was the first. */
export const releasedSchema = z.object({ count: z.int(), waiting: z.int().optional() });
export type ReleasedAnswer = z.input<typeof releasedSchema>;
