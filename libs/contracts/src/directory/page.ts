import { z } from 'zod';
import { entraIdSchema, rollcallIdSchema } from '../ids.js';

/** A page holds at most this many items, and at most `MAX_PAGE_BYTES` of JSON. */
export const MAX_PAGE_ITEMS = 500;
export const MAX_PAGE_BYTES = 256 * 1024;

/**
 * How the evidence was gathered. `delta`: Graph reported a change. `read`: a state read of single people or groups
 * (new principals, rechecks). `run`: a state read by a sync run.
 */
export const originSchema = z.enum(['delta', 'read', 'run']);
export type Origin = z.infer<typeof originSchema>;

/** The version of a fact (invariant 2): number of the read, position of Graph's page in it. */
export const versionSchema = z.looseObject({ readNo: z.int().positive(), page: z.int().nonnegative() });
export type Version = z.infer<typeof versionSchema>;

/** When the change was noticed (webhook), and when the read that found it began and ended. */
export const readTimesSchema = z.looseObject({
  noticedAt: z.iso.datetime({ offset: true }).nullable().optional(),
  readStartedAt: z.iso.datetime({ offset: true }),
  readAt: z.iso.datetime({ offset: true }),
});

/** What every page of `directory.changes.v1` says of itself. */
export const pageHeaderSchema = z.looseObject({
  organisationId: rollcallIdSchema,
  connectionId: rollcallIdSchema,
  readNo: z.int().positive(),
  page: z.int().nonnegative(),
  origin: originSchema,
  runId: rollcallIdSchema.optional(),
  /** A recheck: evidence that contradicted itself, read again after `settle` (invariant 2b). */
  recheck: z.boolean().optional(),
  times: readTimesSchema,
});

/** What a sync run adds to an item: provisioning applies the change only if the revision still holds (invariant 6). */
export const planBindingSchema = z.looseObject({
  changeId: rollcallIdSchema,
  expectedRevision: z.int().nonnegative(),
  /** A person approved exactly this change, so the guard lets it pass; an automatic run never says so. */
  approved: z.boolean().optional(),
  /** Marks of all effects on the person that the approved plan predicts: one that is not among them makes the change stale. */
  effects: z.array(z.string()).optional(),
});

/**
 * Pages by which people may lose something, of one round of delta, of one group of a run or of one read of people: kept until the last
 * has come, then judged together (invariant 5).
 */
export const roundSchema = z.looseObject({
  id: z.string().min(1),
  index: z.int().nonnegative(),
  pages: z.int().positive(),
  /** Its pages are about several groups, each about one; absent: all about the same group, or about people themselves. */
  spansGroups: z.boolean().optional(),
});
export type Round = z.infer<typeof roundSchema>;

/** An item's own version, where it differs from the page's (staged removals, absence in a complete read). */
export const itemVersionSchema = versionSchema.optional();

export const entraId = entraIdSchema;
