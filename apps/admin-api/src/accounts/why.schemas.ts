import { z } from 'zod';
import { ownedFields } from '#contracts';
import { instantSchema, reasonSchema } from '../http/schemas.js';
import { activitySchema } from '../activity/activity.presenter.js';
import { accountSchema } from './account.schemas.js';

const versionSchema = z.object({ readNo: z.int(), page: z.int() });

/** Everything that led to an account as it is: read, scope, match, decide, apply; and what would happen now. */
export const whySchema = z
  .object({
    account: accountSchema,
    revision: z.int(),
    person: z.object({
      state: z.string().nullable(),
      attributes: z.record(z.string(), z.unknown()),
      version: versionSchema.nullable(),
    }),
    groups: z.array(
      z.object({
        groupId: z.string(),
        displayName: z.string().nullable(),
        present: z.boolean(),
        granted: z.boolean(),
        path: z.array(z.string()),
        version: versionSchema,
        writtenBy: z.string(),
        noticedAt: instantSchema.nullable(),
        changedAt: instantSchema,
      }),
    ),
    rules: z.array(z.object({ rule: z.string(), passed: z.boolean(), seen: z.record(z.string(), z.unknown()) })),
    reason: reasonSchema.nullable(),
    pins: z.array(
      z.object({
        id: z.string(),
        groupId: z.string().nullable(),
        keep: z.enum(['in', 'out']),
        field: z.enum(ownedFields).nullable(),
        refused: z.string().nullable(),
        reason: z.string(),
        pinnedBy: z.string(),
        pinnedAt: instantSchema,
      }),
    ),
    holds: z.array(
      z.object({
        id: z.string(),
        groupId: z.string().nullable(),
        action: z.string(),
        reason: reasonSchema,
        heldAt: instantSchema,
      }),
    ),
    journal: z.array(activitySchema),
    /** What the rules would do if nothing were held; null where the connection is gone. */
    now: z
      .object({
        deactivate: z.string().nullable(),
        reactivate: z.boolean(),
        fields: z.record(z.string(), z.unknown()),
        grants: z.array(z.string()),
        revocations: z.array(z.string()),
        held: z.array(z.record(z.string(), z.unknown())),
      })
      .nullable(),
  })
  .meta({ id: 'AccountExplanation' });
export type WhyAnswer = z.input<typeof whySchema>;
