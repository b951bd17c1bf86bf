import { z } from 'zod';
import { rollcallIdSchema } from '#contracts';
import { instantSchema } from '../http/schemas.js';
import { channelSchema, noticeKindSchema } from './notice.schemas.js';

/** Rules of this connection; without it, those of the organisation. */
export const ruleBookQuery = z.strictObject({ connectionId: rollcallIdSchema.optional() });
export type RuleBookQuery = z.output<typeof ruleBookQuery>;

const ruleSchema = z
  .object({ recipients: z.array(z.string()), channels: z.array(channelSchema) })
  .meta({ id: 'NotificationRule', description: 'No recipients: all super admins. No channels: nobody is told' });

export const ruleBookSchema = z
  .object({
    connectionId: rollcallIdSchema.nullable(),
    kinds: z.array(z.object({ kind: noticeKindSchema, title: z.string() })),
    superAdmins: z.array(z.object({ id: rollcallIdSchema, displayName: z.string(), email: z.string().nullable() })),
    chosen: z.partialRecord(noticeKindSchema, ruleSchema),
    effective: z.record(noticeKindSchema, ruleSchema),
    destinations: z.array(z.object({ channel: channelSchema, host: z.string(), updatedAt: instantSchema })),
    channels: z.array(z.object({ channel: channelSchema, isOn: z.boolean(), reason: z.string().nullable() })),
  })
  .meta({ id: 'NotificationRules' });
export type RuleBookAnswer = z.input<typeof ruleBookSchema>;

/** The signing secret of a webhook that was made here; it never comes back. */
export const changedRuleBookSchema = ruleBookSchema.extend({ webhookSecret: z.string().nullable() });
export type ChangedRuleBookAnswer = z.input<typeof changedRuleBookSchema>;

export const preferencesAnswerSchema = z
  .object({
    zone: z.string().nullable(),
    quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
    digest: z.object({ at: z.string(), channels: z.array(z.enum(['inProduct', 'mail'])) }).nullable(),
  })
  .meta({ id: 'NotificationPreferences' });

export const testChannelBody = z.strictObject({ connectionId: rollcallIdSchema.optional() });
export type TestChannelBody = z.output<typeof testChannelBody>;
