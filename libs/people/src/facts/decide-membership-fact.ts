import type { MemberType } from '#contracts';
import { isSettling, type Evidence, type EvidenceKind, type FactVerdict, type RecheckReason } from './evidence.js';
import { compareVersions, type FactVersion } from './version.js';

/** Whether somebody is a member of a group. A fact that is not present is a tombstone. */
export interface MembershipFact {
  readonly present: boolean;
  readonly memberType: MemberType;
  readonly version: FactVersion;
  /** Who wrote the version last. */
  readonly writtenBy: EvidenceKind;
  /** When delta last reported the present value; null where only state reads say so. */
  readonly deltaReportedAt: Date | null;
  /**
   * How often the value turned over. The tombstone of a stranger counts as one (somebody saw them leave), leaving and coming inside
   * one round as two: any of it may come again as a replay.
   */
  readonly flips: number;
}

export interface MembershipReport {
  readonly present: boolean;
  readonly memberType: MemberType;
  /** Added and removed in the same round or page. */
  readonly contradicted: boolean;
  readonly evidence: Evidence;
}

/** The version rules for one membership (invariant 2). Pure; the model and the SQL path both use it. */
export function decideMembershipFact(
  current: MembershipFact | null,
  report: MembershipReport,
  settleMs: number,
): FactVerdict<MembershipFact> {
  const { evidence, present } = report;
  const hidden = report.contradicted ? 2 : 0;
  const contradiction = report.contradicted ? recheck('ADDED_AND_REMOVED') : null;
  if (current === null) {
    return { fact: write(report, (present ? 0 : 1) + hidden), changed: present, recheck: contradiction };
  }
  const newer = compareVersions(evidence.version, current.version);
  if (newer === 0) return unchanged();
  if (newer < 0) {
    const lost = present !== current.present && evidence.kind === 'delta' && current.writtenBy === 'state';
    return { ...unchanged(), recheck: lost ? recheck('LOST_TO_STATE_READ') : contradiction };
  }
  if (present === current.present) {
    const confirmed = { ...write(report, current.flips + hidden), memberType: knownType(report.memberType, current.memberType) };
    const deltaReportedAt = confirmed.deltaReportedAt ?? current.deltaReportedAt;
    const changed = present && confirmed.memberType !== current.memberType;
    return { fact: { ...confirmed, deltaReportedAt }, changed, recheck: contradiction };
  }
  if (evidence.kind === 'state' && isSettling(current.deltaReportedAt, evidence.readStartedAt, settleMs)) {
    return { ...unchanged(), recheck: { reason: 'SETTLING_DIFFERENCE', from: current.deltaReportedAt } };
  }
  const flips = current.flips + 1 + hidden;
  const fact = { ...write(report, flips), memberType: knownType(report.memberType, current.memberType) };
  return { fact, changed: true, recheck: contradiction ?? recheckOfFlip(evidence, flips) };
}

function recheckOfFlip(evidence: Evidence, flips: number): FactVerdict<MembershipFact>['recheck'] {
  if (evidence.isRecheck) return null;
  if (evidence.kind === 'state') return recheck('OVERTURNED');
  return flips >= 2 ? recheck('FLIPPED_BACK') : null;
}

function write(report: MembershipReport, flips: number): MembershipFact {
  const { evidence, present, memberType } = report;
  return {
    present,
    memberType,
    version: evidence.version,
    writtenBy: evidence.kind,
    deltaReportedAt: evidence.kind === 'delta' ? evidence.readAt : null,
    flips,
  };
}

/** Delta does not name the type of a member that left. */
function knownType(reported: MemberType, known: MemberType): MemberType {
  return reported === 'unknown' ? known : reported;
}

const unchanged = (): FactVerdict<MembershipFact> => ({ fact: null, changed: false, recheck: null });
const recheck = (reason: RecheckReason) => ({ reason, from: 'now' as const });
