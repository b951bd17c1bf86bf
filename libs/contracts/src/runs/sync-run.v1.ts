import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { entraIdSchema, rollcallIdSchema } from '../ids.js';
import { TOPICS } from '../topics.js';

export const runKinds = ['full', 'group', 'problems', 'scratch', 'undo'] as const;
export const runStates = [
  'requested',
  'reading',
  'comparing',
  'awaitingReview',
  'approved',
  'applying',
  'completed',
  'failed',
  'cancelled',
  'superseded',
] as const;
export type RunKind = (typeof runKinds)[number];
export type RunState = (typeof runStates)[number];

/** People are counted once each (design section 5). */
export const runSummarySchema = z.looseObject({
  fetched: z.int(),
  processed: z.int(),
  created: z.int(),
  updated: z.int(),
  deactivated: z.int(),
  reactivated: z.int(),
  granted: z.int(),
  revoked: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  stale: z.int(),
  held: z.int(),
  /** People of whom a planned change came to nothing, with the reason in the plan. */
  failed: z.int().optional(),
  /** Membership changes that live sync should have told of before. */
  missedNotices: z.int().optional(),
  /** Groups whose complete read is equal to the accounts, is not, or is missing; people on one side only, and those of them unexplained. */
  proof: z
    .looseObject({ equal: z.int(), different: z.int(), unread: z.int(), differing: z.int(), unexplained: z.int() })
    .optional(),
  skippedByReason: z.record(z.string(), z.int()),
  unreadable: z.array(z.looseObject({ groupId: entraIdSchema, code: z.string() })),
  graphRequests: z.int(),
  durationMs: z.int(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runFactSchema = z.looseObject({
  organisationId: rollcallIdSchema,
  connectionId: rollcallIdSchema,
  run: z.looseObject({
    id: rollcallIdSchema,
    kind: z.enum(runKinds),
    apply: z.enum(['automatic', 'review']),
    state: z.enum(runStates),
    reason: z.string(),
    /** Who asked for it, such as `person:<id>`, `token:<id>` or `system:<part>`. */
    requestedBy: z.string().optional(),
    /** Who cancelled it, in the same words; where nobody did, `error` says why it was cancelled. */
    cancelledBy: z.string().optional(),
    /** The newer run that took the place of this plan. */
    supersededBy: rollcallIdSchema.optional(),
    /** The run that took this one back, and who asked for it. */
    undoneBy: z.looseObject({ runId: rollcallIdSchema, requestedBy: z.string() }).optional(),
    /** Of a run that reads some groups only: how many, and the first ten of them. */
    groupCount: z.int().optional(),
    groupIds: z.array(entraIdSchema).max(10).optional(),
    /** What a run of kind undo takes back: one run, or a span of time. */
    undoes: z
      .looseObject({ runId: rollcallIdSchema.optional(), from: z.string().optional(), to: z.string().optional() })
      .optional(),
  }),
  summary: runSummarySchema.nullable(),
  /** Of a plan that waits for review: how many changes it would make, by action, and how many people it leaves out (`skip`). */
  planned: z.record(z.string(), z.int()).optional(),
  /** The first people who were skipped, with the reason: for notices, which cannot ask for the plan. */
  firstSkips: z
    .array(z.looseObject({ displayName: z.string().nullable(), code: z.string() }))
    .max(10)
    .optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable().optional(),
});

const runFact = <Type extends string>(type: Type) => defineEvent({ type, topic: TOPICS.syncRuns.name, data: runFactSchema });

export const runRequestedV1 = runFact('rollcall.run.requested');
export const runAwaitingReviewV1 = runFact('rollcall.run.awaiting-review');
export const runApprovedV1 = runFact('rollcall.run.approved');
export const runCompletedV1 = runFact('rollcall.run.completed');
export const runFailedV1 = runFact('rollcall.run.failed');
export const runCancelledV1 = runFact('rollcall.run.cancelled');
export const runSupersededV1 = runFact('rollcall.run.superseded');
export const runUndoneV1 = runFact('rollcall.run.undone');

/** How far a run has come: while it is live, at most one a second. */
export const runProgressSchema = z.looseObject({
  groups: z.looseObject({ total: z.int(), read: z.int(), unreadable: z.int() }),
  pages: z.int(),
  membersRead: z.int(),
  compared: z.int(),
  toApply: z.int().nullable(),
  applied: z.int(),
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export const runProgressedV1 = defineEvent({
  type: 'rollcall.run.progressed',
  topic: TOPICS.syncRuns.name,
  data: runFactSchema
    .omit({ summary: true, planned: true, firstSkips: true, error: true })
    .extend({ progress: runProgressSchema }),
});

/** A run was due and nobody has begun it, or gone on with it. */
export const runOverdueSchema = z.looseObject({
  organisationId: rollcallIdSchema,
  connectionId: rollcallIdSchema,
  dueAt: z.iso.datetime({ offset: true }),
});
export const runOverdueV1 = defineEvent({ type: 'rollcall.run.overdue', topic: TOPICS.syncRuns.name, data: runOverdueSchema });

/** The end of that: it has begun, or need not any more. */
export const runBegunV1 = defineEvent({ type: 'rollcall.run.begun', topic: TOPICS.syncRuns.name, data: runOverdueSchema });

export const runEvents = [
  runRequestedV1,
  runAwaitingReviewV1,
  runApprovedV1,
  runCompletedV1,
  runFailedV1,
  runCancelledV1,
  runSupersededV1,
  runUndoneV1,
  runProgressedV1,
  runOverdueV1,
  runBegunV1,
] as const;
