import type { FactVersion } from './version.js';

/** `delta`: Graph reported a change. `state`: somebody read how things are, from a replica that may be behind. */
export type EvidenceKind = 'delta' | 'state';

/** What a page says of how its evidence was gathered. */
export interface Evidence {
  readonly kind: EvidenceKind;
  readonly version: FactVersion;
  readonly readStartedAt: Date;
  readonly readAt: Date;
  /** A state read of something that contradicted itself: its answer asks for no further one. */
  readonly isRecheck: boolean;
  /** A run's own comparison reads everything again after `settle`, so it asks for no recheck of new people. */
  readonly isRun: boolean;
}

/** Why a fact is to be read directly again: evidence that contradicted itself (invariant 2b), or a planned change that came too late. */
export const recheckReasons = [
  'FLIPPED_BACK',
  'ADDED_AND_REMOVED',
  'OVERTURNED',
  'LOST_TO_STATE_READ',
  'SETTLING_DIFFERENCE',
  'NEW_PRINCIPAL',
  'PLAN_STALE',
] as const;
export type RecheckReason = (typeof recheckReasons)[number];

/** What a report makes of a fact. */
export interface FactVerdict<Fact> {
  /** The fact as it is to be stored; null where nothing is to be written. */
  readonly fact: Fact | null;
  /** Whether the value changed, so that something may follow from it. */
  readonly changed: boolean;
  readonly recheck: { readonly reason: RecheckReason; readonly from: 'now' | Date } | null;
}

/** True where a state read that began at `readStartedAt` may still come from a replica older than what delta reported. */
export function isSettling(deltaReportedAt: Date | null, readStartedAt: Date, settleMs: number): deltaReportedAt is Date {
  return deltaReportedAt !== null && readStartedAt.getTime() - deltaReportedAt.getTime() < settleMs;
}
