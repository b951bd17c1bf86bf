import { z } from 'zod';

const ms = z.number().int().nonnegative();
const seconds = z.number().nonnegative();

const scope = z
  .strictObject({
    /** Regular expression on the path with its query, for example `^/v1.0/groups/delta` or `/oauth2/`. */
    path: z.string(),
    method: z.string(),
    /** Object id: of the group in the path or notification. */
    group: z.string(),
    subscription: z.string(),
    tenant: z.string(),
    clientId: z.string(),
  })
  .partial();

const common = {
  /** Chance that a request or notification in scope is hit, 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  scope: scope.default({}),
  /** Goes away by itself after so many hits; null: stays. */
  times: z.number().int().positive().nullable().default(null),
};

/** All that can be made to go wrong, by kind. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), retryAfterSeconds: seconds.nullable().default(2), ...common }),
  z.strictObject({
    kind: z.literal('serverError'),
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).default(503),
    retryAfterSeconds: seconds.nullable().default(null),
    ...common,
  }),
  z.strictObject({ kind: z.literal('reset'), ...common }),
  z.strictObject({ kind: z.literal('hang'), ms: ms.nullable().default(null), ...common }),
  z.strictObject({ kind: z.literal('slow'), ms, ...common }),
  z.strictObject({ kind: z.literal('truncate'), ...common }),
  z.strictObject({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(502), ...common }),
  z.strictObject({ kind: z.literal('emptyPage'), ...common }),
  z.strictObject({ kind: z.literal('emptyPageWithNextLink'), ...common }),
  z.strictObject({ kind: z.literal('gone'), ...common }),
  z.strictObject({ kind: z.literal('deltaTokenExpired'), ...common }),
  z.strictObject({ kind: z.literal('tokenRefused'), ...common }),
  z.strictObject({ kind: z.literal('claimsChallenge'), ...common }),
  z.strictObject({
    kind: z.literal('consentRevoked'),
    as: z.enum(['forbidden', 'identityNotFound']).default('forbidden'),
    ...common,
  }),
  z.strictObject({ kind: z.literal('secretExpired'), ...common }),
  z.strictObject({ kind: z.literal('staleRead'), ms, ...common }),
  z.strictObject({ kind: z.literal('deltaLag'), ms, ...common }),
  z.strictObject({ kind: z.literal('deltaPartial'), fraction: z.number().min(0).max(1).default(0.5), ...common }),
  z.strictObject({
    kind: z.literal('deltaReplay'),
    rounds: z.number().int().positive().default(1),
    resumeFrom: z.enum(['replayed', 'current']).default('replayed'),
    ...common,
  }),
  z.strictObject({ kind: z.literal('notificationLost'), ...common }),
  z.strictObject({ kind: z.literal('notificationDoubled'), ...common }),
  z.strictObject({ kind: z.literal('notificationLate'), ms, ...common }),
  z.strictObject({ kind: z.literal('notificationReordered'), windowMs: ms.default(2_000), ...common }),
  z.strictObject({ kind: z.literal('subscriptionVanished'), ...common }),
]);

/** What a caller writes: defaults may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  readonly hits: number;
}

/** For lists to choose from. */
export const faultKinds: readonly FaultKind[] = faultSchema.options.map((option) => option.shape.kind.value);
