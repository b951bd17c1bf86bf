import type { UserAttributes } from '#contracts';
import { isSettling, type Evidence, type EvidenceKind, type FactVerdict, type RecheckReason } from './evidence.js';
import { compareVersions, type FactVersion } from './version.js';

export type UserState = 'present' | 'softDeleted' | 'deleted';

/** Whether the tenant has no such user now: deleted for good, or for as long as nobody restores them. */
export const isGone = (state: UserState | null): boolean => state === 'softDeleted' || state === 'deleted';

/** What the directory says of a person. Attributes that nobody read are absent. */
export interface UserFact {
  readonly state: UserState;
  readonly attributes: UserAttributes;
  /** Graph showed the person without a single attribute: the application may not read people. */
  readonly unreadable: boolean;
  readonly version: FactVersion;
  readonly writtenBy: EvidenceKind;
  /** When delta last reported the present value, by attribute name; the state of the person stands under `state`. */
  readonly deltaReported: Readonly<Record<string, string>>;
  /** How often the person went or came, or was disabled or enabled. */
  readonly flips: number;
}

export interface UserReport {
  readonly state: UserState;
  readonly attributes: UserAttributes;
  /** Gone and present in the same page. */
  readonly contradicted: boolean;
  readonly evidence: Evidence;
}

/** The version rules for one person (invariant 2): state and attributes are one fact, but settle one by one. Pure. */
export function decideUserFact(current: UserFact | null, report: UserReport, settleMs: number): FactVerdict<UserFact> {
  const { evidence } = report;
  const contradiction = report.contradicted ? recheck('ADDED_AND_REMOVED') : null;
  if (current === null) return firstSight(report, contradiction);
  const newer = compareVersions(evidence.version, current.version);
  if (newer === 0) return unchanged();
  if (newer < 0) return olderReport(current, report, contradiction);
  if (isUnreadable(report)) return unreadableReport(current, report);
  return newerReport(current, report, settleMs, contradiction);
}

/**
 * True where an answer has no attribute at all although it should: Graph shows people so when the application lacks the permission.
 * A delta item names only what changed, so there a missing userPrincipalName is no sign.
 */
export function isUnreadable({ state, attributes, evidence }: Pick<UserReport, 'state' | 'attributes' | 'evidence'>): boolean {
  if (state !== 'present') return false;
  if (evidence.kind === 'delta' && attributes.userPrincipalName !== null) return false;
  return Object.values(attributes).every(
    (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

export function hasAttributes(attributes: UserAttributes): boolean {
  return attributes.userPrincipalName !== undefined || attributes.mail !== undefined;
}

function firstSight(report: UserReport, contradiction: FactVerdict<UserFact>['recheck']): FactVerdict<UserFact> {
  const { evidence, state } = report;
  const unreadable = isUnreadable(report);
  const attributes = unreadable ? {} : known(report.attributes);
  const fact: UserFact = {
    state,
    attributes,
    unreadable,
    version: evidence.version,
    writtenBy: evidence.kind,
    deltaReported: evidence.kind === 'delta' ? stamp({}, ['state', ...Object.keys(attributes)], evidence.readAt) : {},
    flips: state !== 'present' || attributes.accountEnabled === false ? 1 : 0,
  };
  return { fact, changed: true, recheck: contradiction ?? (unreadable ? null : recheckOfNew(evidence)) };
}

/** An older report changes nothing that is known, but it may fill what nobody has reported yet. */
function olderReport(
  current: UserFact,
  report: UserReport,
  contradiction: FactVerdict<UserFact>['recheck'],
): FactVerdict<UserFact> {
  const attributes = known(report.attributes);
  const agreesOnState = report.state === current.state;
  const missing = Object.entries(attributes).filter(([name]) => current.attributes[name] === undefined);
  const differs =
    !agreesOnState ||
    Object.entries(attributes).some(
      ([name, value]) => current.attributes[name] !== undefined && !same(value, current.attributes[name]),
    );
  const lost =
    differs && report.evidence.kind === 'delta' && current.writtenBy === 'state' ? recheck('LOST_TO_STATE_READ') : contradiction;
  if (!agreesOnState || missing.length === 0 || isUnreadable(report)) return { ...unchanged(), recheck: lost };
  const wasUnread = !hasAttributes(current.attributes);
  const fact = { ...current, attributes: { ...current.attributes, ...Object.fromEntries(missing) }, unreadable: false };
  return { fact, changed: true, recheck: lost ?? (wasUnread ? recheckOfNew(report.evidence) : null) };
}

/** Whoever could be read before stays as they are: a lost permission changes nobody (invariant 4). */
function unreadableReport(current: UserFact, { state }: UserReport): FactVerdict<UserFact> {
  if (hasAttributes(current.attributes) || current.unreadable || state !== current.state) return unchanged();
  return { fact: { ...current, unreadable: true }, changed: true, recheck: null };
}

function newerReport(
  current: UserFact,
  report: UserReport,
  settleMs: number,
  contradiction: FactVerdict<UserFact>['recheck'],
): FactVerdict<UserFact> {
  const { evidence } = report;
  const settling = (name: string): Date | null => {
    const reportedAt = current.deltaReported[name];
    const at = reportedAt === undefined ? null : new Date(reportedAt);
    return evidence.kind === 'state' && isSettling(at, evidence.readStartedAt, settleMs) ? at : null;
  };
  const stateSettlesAt = report.state === current.state ? null : settling('state');
  if (stateSettlesAt !== null) return { ...unchanged(), recheck: { reason: 'SETTLING_DIFFERENCE', from: stateSettlesAt } };

  // What Graph shows of a deleted person (a renamed userPrincipalName) is no news about them.
  const reported = report.state === 'present' ? Object.entries(known(report.attributes)) : [];
  const differing = reported.filter(([name, value]) => !same(value, current.attributes[name]));
  const refused = differing.map(([name]) => settling(name)).filter((at) => at !== null);
  const taken = differing.filter(([name]) => settling(name) === null);
  const overturned = taken.some(([name]) => current.attributes[name] !== undefined) || report.state !== current.state;
  const attributes = { ...current.attributes, ...Object.fromEntries(taken) };
  const flips = current.flips + countFlips(current, report.state, attributes);
  const agreed = new Set([...taken.map(([name]) => name), ...(report.state === current.state ? [] : ['state'])]);
  const fact: UserFact = {
    state: report.state,
    attributes,
    unreadable: current.unreadable && !hasAttributes(attributes),
    version: evidence.version,
    writtenBy: evidence.kind,
    deltaReported:
      evidence.kind === 'delta'
        ? stamp(current.deltaReported, ['state', ...reported.map(([name]) => name)], evidence.readAt)
        : Object.fromEntries(Object.entries(current.deltaReported).filter(([name]) => !agreed.has(name))),
    flips,
  };
  const changed = report.state !== current.state || taken.length > 0 || fact.unreadable !== current.unreadable;
  return { fact, changed, recheck: contradiction ?? recheckOfNewer() };

  function recheckOfNewer(): FactVerdict<UserFact>['recheck'] {
    const [earliest] = refused.sort((left, right) => right.getTime() - left.getTime());
    if (earliest !== undefined) return { reason: 'SETTLING_DIFFERENCE', from: earliest };
    if (evidence.isRecheck) return null;
    const isFirstRead = !hasAttributes(current.attributes) && taken.length > 0;
    if (isFirstRead && evidence.kind === 'state' && !overturned) return recheckOfNew(evidence);
    if (evidence.kind === 'state') return overturned ? recheck('OVERTURNED') : null;
    return flips > current.flips && flips >= 2 ? recheck('FLIPPED_BACK') : null;
  }
}

function countFlips(current: UserFact, state: UserState, attributes: UserAttributes): number {
  const cameOrWent = (current.state === 'present') !== (state === 'present');
  const switched = (current.attributes.accountEnabled === false) !== (attributes.accountEnabled === false);
  return (cameOrWent ? 1 : 0) + (switched ? 1 : 0);
}

/** The first attributes of a person come from a replica that may be behind what delta said before anybody listened. */
function recheckOfNew(evidence: Evidence): FactVerdict<UserFact>['recheck'] {
  return evidence.kind === 'state' && !evidence.isRecheck && !evidence.isRun ? recheck('NEW_PRINCIPAL') : null;
}

function known(attributes: UserAttributes): UserAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

function stamp(before: Readonly<Record<string, string>>, names: readonly string[], at: Date): Record<string, string> {
  return { ...before, ...Object.fromEntries(names.map((name) => [name, at.toISOString()])) };
}

function same(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

const unchanged = (): FactVerdict<UserFact> => ({ fact: null, changed: false, recheck: null });
const recheck = (reason: RecheckReason) => ({ reason, from: 'now' as const });
