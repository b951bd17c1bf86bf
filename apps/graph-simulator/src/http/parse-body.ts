import type { z } from 'zod';
import { badRequest } from './graph-error.js';

/** The body in the wanted shape, or Graph's 400. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badRequest(`Invalid request body: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
