import { z } from 'zod';
import { instantSchema } from '../http/schemas.js';

export const deadLetterSchema = z.object({
  id: z.string(),
  connectionId: z.string().nullable(),
  group: z.string(),
  topic: z.string(),
  eventId: z.string().nullable(),
  eventType: z.string().nullable(),
  reason: z.object({ code: z.string(), message: z.string() }),
  attempts: z.int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  payload: z.string(),
});
export type DeadLetterAnswer = z.input<typeof deadLetterSchema>;
