import { z } from 'zod';

/**
 * What Microsoft does not say, or says twice: each doubtful point is a switch, so that a client can be tried against both
 * answers. Durations in milliseconds.
 */
export const behavioursSchema = z.strictObject({
  /** Members of a hidden group without `Member.Read.Hidden`. */
  hiddenMembership: z.enum(['empty', 'forbidden']).default('empty'),
  /** Whether groups delta and group notifications tell of memberships that end because the person was deleted. */
  softDeleteInGroupsDelta: z.boolean().default(true),
  /** A member who came and went in one round is listed twice, added and removed, instead of once. */
  addedAndRemovedInOneRound: z.boolean().default(false),
  /** The answer to an expired delta token. */
  expiredDeltaToken: z.enum(['400', '410']).default('400'),
  /** Whether `User.Read.All` is enough for `getByIds`. */
  getByIdsWithUserRead: z.boolean().default(true),
  /** `created` in a subscription on users or groups. */
  createdChangeType: z.enum(['accept', 'refuse']).default('accept'),
  /** Whether PATCH and reauthorize call the notification URL again. */
  validateOnRenew: z.boolean().default(false),
  /** Whether the http scheme is taken for URLs on loopback hosts. Graph itself takes https alone. */
  allowHttpLoopback: z.boolean().default(true),
  /** `resource` of notifications for a subscription on `/groups/{id}/members`. */
  membersResource: z.enum(['group', 'groupMember']).default('group'),
  membersDeltaInNotifications: z.boolean().default(true),
  /** `eventTime` and `sequenceNumber`, as seen in samples of 2018. */
  eventTimeInNotifications: z.boolean().default(false),
  /** Outer status of a batch in which an item was throttled. */
  batchStatusWhenThrottled: z.union([z.literal(200), z.literal(424)]).default(200),
  /** Real budgets of resource units; false: nobody is throttled except by a fault. */
  throttling: z.boolean().default(true),
  /** Delivery stops when the token that a subscription was made with has expired, until it is renewed or reauthorised. */
  pauseOnTokenExpiry: z.boolean().default(true),
  /** From the write to the first POST; changes meanwhile go out together. */
  notificationDelayMs: z.number().int().nonnegative().default(50),
  /** How often each change is told. */
  notificationsPerChange: z.number().int().positive().default(1),
  firstAttemptTimeoutMs: z.number().int().positive().default(3_000),
  retryTimeoutMs: z.number().int().positive().default(10_000),
  /** Doubles with every failure, up to 15 minutes. */
  firstRetryMs: z.number().int().positive().default(2_000),
  retryForMs: z
    .number()
    .int()
    .positive()
    .default(4 * 3_600_000),
  /** Window and shares of slow answers after which delivery is delayed (`slow`) or dropped (`drop`). */
  endpointWindowMs: z.number().int().positive().default(600_000),
  slowShare: z.number().default(0.1),
  dropShare: z.number().default(0.15),
  /** Answers in the window below which an endpoint is not judged. */
  endpointMinimumAnswers: z.number().int().default(100),
  /** Members in one slice of a group, and objects on one page, of a delta round. */
  deltaSliceSize: z.number().int().positive().default(500),
  deltaPageSize: z.number().int().positive().default(200),
  /** Seconds that an access token lives. */
  tokenLifetimeSeconds: z.number().int().positive().default(3_599),
});

export type Behaviours = z.output<typeof behavioursSchema>;
export type BehavioursInput = z.input<typeof behavioursSchema>;
