import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { pageQuery, pageSchema } from '../http/page.js';
import { instantSchema } from '../http/schemas.js';
import { channelSchema, messageKindSchema } from './notice.schemas.js';

const stateSchema = z.enum(['waiting', 'sent', 'failed', 'replaced', 'superseded']);

export const listDeliveriesQuery = z.strictObject({
  ...pageQuery,
  state: stateSchema.optional(),
  alertId: rollcallIdSchema.optional(),
  connectionId: rollcallIdSchema.optional(),
});
export type ListDeliveriesQuery = z.output<typeof listDeliveriesQuery>;

/** One message to one recipient by one channel, with what the other side answered to each attempt. */
export const deliverySchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema.nullable(),
    alertId: rollcallIdSchema.nullable(),
    kind: messageKindSchema,
    channel: channelSchema,
    title: z.string(),
    recipient: z.object({ memberId: rollcallIdSchema, displayName: z.string(), email: z.string().nullable() }).nullable(),
    note: z.string().nullable(),
    state: stateSchema,
    nextAttemptAt: instantSchema.nullable().meta({ description: 'When it is tried next; null where it is not' }),
    createdAt: instantSchema,
    settledAt: instantSchema.nullable(),
    attempts: z.array(
      z.object({
        number: z.int(),
        at: instantSchema,
        outcome: z.enum(['delivered', 'refused', 'failed']),
        code: z.string().meta({
          description: "The other side's status, such as HTTP `202` or SMTP `550`; a code of Rollcall's own where there is none",
        }),
        answer: z.string().meta({ description: 'What the other side said beside its status, at most 500 characters' }),
      }),
    ),
  })
  .meta({ id: 'Delivery' });
export type DeliveryAnswer = z.input<typeof deliverySchema>;
export const deliveryPageSchema = pageSchema(deliverySchema);
