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
    nextAttemptAt: instantSchema.nullable(),
    createdAt: instantSchema,
    settledAt: instantSchema.nullable(),
    attempts: z.array(
      z.object({
        number: z.int(),
        at: z.string(),
        outcome: z.enum(['delivered', 'refused', 'failed']),
        code: z.string(),
        answer: z.string(),
      }),
    ),
  })
  .meta({ id: 'Delivery' });
export type DeliveryAnswer = z.input<typeof deliverySchema>;
export const deliveryPageSchema = pageSchema(deliverySchema);
