import { z } from 'zod';
import { entraIdSchema, rollcallIdSchema, runKinds, runStates, runSummarySchema } from '#contracts';
import type { PresentedRun } from '#runs';
import { firstApprovalSchema, type FirstApproval } from '../four-eyes/first-approval.js';
import { namedMemberSchema, type NamedMember } from '../http/member-names.js';
import { pageQuery, pageSchema } from '../http/page.js';
import type { PresentedReason } from '../http/reason.presenter.js';
import { instantSchema } from '../http/schemas.js';

const momentSchema = z.iso.datetime({ offset: true });
const applySchema = z.enum(['automatic', 'review']).default('automatic');

/** What is undone is looked at first, unless it is said otherwise. */
const undoApplySchema = z.enum(['automatic', 'review']).default('review');

export const undoRunBody = z.strictObject({ apply: undoApplySchema }).prefault({});
export type UndoRunBody = z.output<typeof undoRunBody>;

/** What can be asked for: all groups, one, only people with a problem, all from scratch, or taking back a span of time. */
export const requestRunBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('full'), apply: applySchema }),
  z.strictObject({ kind: z.literal('group'), groupId: entraIdSchema, apply: applySchema }),
  z.strictObject({ kind: z.literal('problems'), apply: applySchema }),
  z.strictObject({ kind: z.literal('scratch'), apply: applySchema }),
  z
    .strictObject({ kind: z.literal('undo'), from: momentSchema, to: momentSchema, apply: undoApplySchema })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be later than from' }),
]);
export type RequestRunBody = z.output<typeof requestRunBody>;

export const listRunsQuery = z.strictObject({
  ...pageQuery,
  connectionId: rollcallIdSchema.optional(),
  state: z.enum(runStates).optional(),
});
export type ListRunsQuery = z.output<typeof listRunsQuery>;

export const runSchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema,
    kind: z.enum(runKinds),
    undoes: z.union([z.object({ runId: rollcallIdSchema }), z.object({ from: z.string(), to: z.string() })]).optional(),
    apply: z.enum(['automatic', 'review']),
    state: z.enum(runStates),
    reason: z.string(),
    groupIds: z.array(z.string()).nullable(),
    planHash: z.string().nullable(),
    progress: z.object({
      groups: z.object({ total: z.int(), read: z.int(), unreadable: z.int() }),
      pages: z.int(),
      membersRead: z.int(),
      compared: z.int(),
      toApply: z.int().nullable(),
      applied: z.int(),
      perSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    }),
    /** What keeps it from going on, and when it tries again by itself; null where nothing does. */
    waiting: z.object({ code: z.string(), until: instantSchema }).nullable(),
    summary: runSummarySchema.nullable(),
    /** With the next step in the list, the run and its approval. */
    error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
    undone: z.boolean(),
    /** The run that took it back, and who asked for that one. */
    undoneBy: z.object({ runId: rollcallIdSchema, requestedBy: z.string() }).nullable(),
    requestedAt: instantSchema,
    requestedBy: z.string(),
    approvedBy: z.string().nullable(),
    /** Null also where it was cancelled by itself: then the error says why. */
    cancelledBy: z.string().nullable(),
    /** The newer run that took its place. */
    supersededBy: rollcallIdSchema.nullable(),
    /** The names of the people among those who had a hand in it; with the list, the run and its approval. */
    actors: z.array(namedMemberSchema).optional(),
    /** Of the plan as it is now, where removals take two people; with the list, the run and its approval. */
    firstApproval: firstApprovalSchema.nullable().optional(),
    endedAt: instantSchema.nullable(),
    expiresAt: instantSchema.nullable(),
  })
  .meta({ id: 'SyncRun' });
/** A run with whoever approved its plan first, the names of the people who had a hand in it, and the next step. */
export type RunAnswer = PresentedRun & {
  readonly error: PresentedReason | null;
  readonly firstApproval: FirstApproval | null;
  readonly actors: NamedMember[];
};

export const runPageSchema = pageSchema(runSchema);
