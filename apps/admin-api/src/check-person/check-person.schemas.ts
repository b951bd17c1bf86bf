import { z } from 'zod';
import { rollcallIdSchema, userAttributesSchema } from '#contracts';
import { checkSteps } from '#runs';
import { reasonSchema } from '../http/schemas.js';

export const checkPersonBody = z.strictObject({
  person: z.string().trim().min(1).max(320).meta({ description: 'Any mail, user principal name or object id of the tenant' }),
  apply: z.boolean().default(false),
});
export type CheckPersonBody = z.output<typeof checkPersonBody>;

const fieldsSchema = z.record(z.string(), z.unknown()).nullable();

export const personCheckSchema = z
  .object({
    found: z
      .object({
        id: z.string(),
        state: z.enum(['present', 'softDeleted']),
        unreadable: z.boolean(),
        attributes: userAttributesSchema,
      })
      .nullable(),
    account: z.object({ id: rollcallIdSchema, status: z.string() }).nullable(),
    steps: z.array(
      z.object({ step: z.enum([...checkSteps, 'apply']), ok: z.boolean(), message: z.string(), reason: reasonSchema.nullable() }),
    ),
    groups: z.array(
      z.object({
        groupId: z.string(),
        named: z.boolean().meta({ description: "By the person's own side, now; inner groups count" }),
        known: z.boolean().meta({ description: 'As a direct member, here' }),
        inner: z.boolean().meta({ description: 'Named because of a group inside it alone, whose people are not taken' }),
      }),
    ),
    effects: z.array(z.object({ type: z.string(), groupId: z.string().nullable(), before: fieldsSchema, after: fieldsSchema })),
    live: z.boolean().meta({
      description:
        'False where live sync is off, or the connection not enabled: what would follow waits for a full sync, and `apply` is refused',
    }),
    applied: z.boolean().meta({ description: 'True where the differences were handed over, to be read directly and applied' }),
  })
  .meta({ id: 'PersonCheck' });
export type PersonCheckAnswer = z.input<typeof personCheckSchema>;
