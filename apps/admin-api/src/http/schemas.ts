import { z } from 'zod';

/** An instant in an answer: ISO 8601, UTC. */
export const instantSchema = z.iso.datetime();

export const problemSchema = z
  .looseObject({
    type: z.string(),
    code: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    remedy: z.string(),
    correlationId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** Why something is as it is: a code of section 7, a sentence that names the object, the next step. */
export const reasonSchema = z.object({ code: z.string(), message: z.string(), remedy: z.string() }).meta({ id: 'Reason' });
