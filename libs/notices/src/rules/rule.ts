import { z } from 'zod';
import { channelNames, noticeKinds, type NoticeKind } from '../kinds.js';

/** Who is told of a kind, and how. No recipients: all super admins. No channels: nobody is told. */
export const ruleSchema = z.strictObject({
  recipients: z.array(z.guid().toLowerCase()).max(100).default([]),
  channels: z.array(z.enum(channelNames)).max(channelNames.length),
});
export type Rule = z.output<typeof ruleSchema>;

const RULE_BOOK = z.partialRecord(z.enum(noticeKinds), ruleSchema.nullable());

const webhookUrl = z.url({ protocol: /^https?$/, error: 'must be an https address' }).max(2_048);
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/, 'must be whsec_ and the base64 of 24 to 64 bytes');

/**
 * What PUT takes, for one connection or for the organisation. A kind that is absent stays as it is; null takes the rule out, so that
 * the default above it holds. The same for destinations: null removes one. A webhook without a secret gets one.
 */
export const ruleBookInputSchema = z.strictObject({
  rules: RULE_BOOK.default({}),
  teams: z.strictObject({ url: webhookUrl }).nullable().optional(),
  webhook: z.strictObject({ url: webhookUrl, secret: webhookSecret.optional() }).nullable().optional(),
});
export type RuleBookInput = z.input<typeof ruleBookInputSchema>;

/** What holds where nobody chose anything: silence for success, the bell for problems. */
export const defaultRules: Readonly<Record<NoticeKind, Rule>> = Object.freeze(
  Object.fromEntries(
    noticeKinds.map((kind) => [kind, { recipients: [], channels: kind === 'runFinished' ? [] : ['inProduct'] }]),
  ) as unknown as Record<NoticeKind, Rule>,
);
