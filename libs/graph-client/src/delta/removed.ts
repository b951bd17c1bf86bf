import { z } from 'zod';
import type { RemovedReason } from '../directory/directory-objects.js';

/** An object in delta answers, a plain string in notifications; both are read (Graph sheet 3.2, 4.4). */
export const removedSchema = z.union([z.looseObject({ reason: z.string().optional() }), z.string()]).optional();

/** An unknown reason is read as the weaker one: `deleted` claims that nothing can come back. */
export function readRemoved(raw: z.infer<typeof removedSchema>): { removed?: RemovedReason } {
  if (raw === undefined) return {};
  const reason = typeof raw === 'string' ? raw : raw.reason;
  return { removed: reason === 'deleted' ? 'deleted' : 'changed' };
}
