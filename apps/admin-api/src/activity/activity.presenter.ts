import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import type { ActivityEntry } from '#people';
import { instantSchema } from '../http/schemas.js';

export const activitySchema = z
  .object({
    id: z.string(),
    connectionId: rollcallIdSchema,
    accountId: rollcallIdSchema,
    entraObjectId: z.string(),
    displayName: z.string().nullable(),
    groupId: z.string().nullable(),
    type: z.string(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    cause: z.object({ kind: z.string(), id: z.string() }),
    runId: rollcallIdSchema.nullable(),
    /** The way of a live change: webhook, read at Graph, log, row. */
    noticedAt: instantSchema.nullable(),
    readAt: instantSchema.nullable(),
    publishedAt: instantSchema.nullable(),
    appliedAt: instantSchema,
  })
  .meta({ id: 'Activity' });

export function presentActivity(entry: ActivityEntry): z.input<typeof activitySchema> {
  const { seq: _, noticedAt, readAt, publishedAt, appliedAt, ...rest } = entry;
  return {
    ...rest,
    noticedAt: noticedAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    publishedAt: publishedAt?.toISOString() ?? null,
    appliedAt: appliedAt.toISOString(),
  };
}
