import { z } from 'zod';
import { connectionStates, rollcallIdSchema } from '#contracts';
import { instantSchema, reasonSchema } from '../http/schemas.js';

const legSchema = z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), p99Ms: z.number().nullable() });

/** How long live changes took: noticed, read, published, applied. */
const latencySchema = z.object({
  changes: z.int(),
  noticedToRead: legSchema,
  readToPublished: legSchema,
  publishedToApplied: legSchema,
  noticedToApplied: legSchema,
});

export const healthSchema = z
  .object({
    connectionId: rollcallIdSchema,
    state: z.enum(connectionStates),
    /** `off`: never enabled. `sweepOnly`: notifications are wanted but not to be had; `problem` says why. */
    mode: z.enum(['off', 'perGroup', 'perTenant', 'polling', 'sweepOnly']),
    problem: reasonSchema.nullable(),
    degradedSince: instantSchema.nullable(),
    blocked: z.object({ code: z.string(), until: instantSchema }).nullable(),
    /**
     * What Graph says of the budget of this application in this tenant: 0.8 is near the limit, 1 is throttled, null is below or unknown;
     * and until when it asks every request to wait.
     */
    throttle: z.object({ load: z.number().nullable(), waitsUntil: instantSchema.nullable() }),
    lastSweepAt: instantSchema.nullable(),
    missedNotices: z.int(),
    heldChanges: z.int(),
    chains: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        state: z.string(),
        groupIds: z.array(z.string()),
        lastReadAt: instantSchema.nullable(),
        due: z.boolean(),
        inRound: z.boolean(),
        failureCode: z.string().nullable(),
        failures: z.int(),
        retryAt: instantSchema.nullable(),
      }),
    ),
    subscriptions: z.array(
      z.object({
        resource: z.string(),
        purpose: z.string(),
        groupId: z.string().nullable(),
        subscriptionId: z.string().nullable(),
        expiresAt: instantSchema.nullable(),
        renewedAt: instantSchema.nullable(),
      }),
    ),
    rechecks: z.object({ size: z.int(), oldestSeconds: z.number() }),
    principals: z.object({ pending: z.int(), unreadable: z.int(), missing: z.int() }),
    baselines: z.array(z.object({ groupId: z.string(), reason: z.string(), runId: z.string().nullable() })),
    people: z.object({
      inactive: z.int(),
      /** Since when the first of the inactive ones is here. */
      inactiveSince: instantSchema.nullable(),
      active: z.int(),
      deactivated: z.int(),
      skippedByReason: z.record(z.string(), z.int()),
      pins: z.int(),
      waiting: z.int(),
    }),
    latency: z.object({ '1h': latencySchema, '24h': latencySchema, '7d': latencySchema }),
  })
  .meta({ id: 'ConnectionHealth' });
export type HealthAnswer = z.input<typeof healthSchema>;
