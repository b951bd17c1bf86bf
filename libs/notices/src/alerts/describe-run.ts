import { isProblemCode, PROBLEMS, type CloudEvent, type runCompletedV1, type RunKind, type RunSummary } from '#contracts';
import { instantFact, type LabelledValue } from '../content.js';
import type { Names } from './names.js';

export type RunFact = CloudEvent<typeof runCompletedV1>['data'];

const KINDS: Readonly<Record<RunKind, string>> = {
  full: 'Full sync',
  group: 'Sync of a group',
  problems: 'Sync of skipped and failed people',
  scratch: 'Full sync from scratch',
  undo: 'Undo',
};

const A_PERSON = 'a person';
const REASONS: Readonly<Record<string, string>> = {
  MANUAL: A_PERSON,
  SCHEDULE: 'the schedule',
  BASELINE: 'newly watched groups',
  DELTA_EXPIRED: 'an expired delta link',
  GROUP_RETURNED: 'a group that returned',
  DEAD_LETTER: 'a message that could not be handled',
  SETTLED: 'the comparison after the settling time',
};

const MOST_NAMED = 5;

/** What ran, and of which connection. Groups stand in it by id. */
export function nameOfRun({ run }: RunFact, { connection }: Pick<Names, 'connection'>): string {
  if (run.kind === 'undo') return `${KINDS.undo} in ${connection}`;
  const [only] = run.groupIds ?? [];
  if (run.kind !== 'group' || only === undefined) return `${KINDS[run.kind]} of ${connection}`;
  return run.groupCount === 1
    ? `Sync of ${only} of ${connection}`
    : `Sync of ${run.groupCount ?? 'some'} groups of ${connection}`;
}

/** What started it, what its plan would change, its counts, and the first people who were skipped. */
export function factsOfRun({ run, summary, planned, firstSkips }: RunFact, names: Names): LabelledValue[] {
  const scope = [
    { label: 'Started by', value: starterOf(run, names) },
    ...(run.cancelledBy === undefined ? [] : [{ label: 'Cancelled by', value: cancellerOf(run.cancelledBy, names) }]),
    ...whatIsUndone(run),
    ...manyGroups(run),
    ...(planned === undefined ? [] : [{ label: 'Plan', value: planOf(planned) }]),
  ];
  if (summary === null) return scope;
  const skipped = (firstSkips ?? []).map(({ displayName, code }) => `${displayName ?? 'somebody'} (${meaningOf(code)})`);
  const byReason = Object.entries(summary.skippedByReason)
    .sort(([, one], [, other]) => other - one)
    .map(([code, count]) => `${meaningOf(code)} (${count})`);
  const unreadable = summary.unreadable.map(({ groupId, code }) => `${groupId} (${meaningOf(code)})`);
  return [
    ...scope,
    // An undo reads nobody: it goes by what was done.
    ...(run.kind === 'undo' ? [] : [numberFact('Fetched', summary.fetched), numberFact('Processed', summary.processed)]),
    { label: 'Changes', value: changesOf(summary) },
    ...optional('Skipped', summary.skipped, firstOf(byReason)),
    ...(skipped.length === 0 ? [] : [{ label: 'First skipped', value: firstOf(skipped) }]),
    ...optional('Held for a decision', summary.held),
    ...optional('Could not be changed', summary.failed ?? 0),
    ...optional('Moved on meanwhile', summary.stale),
    ...optional('Found without their notification', summary.missedNotices ?? 0),
    ...optional('Unreadable groups', summary.unreadable.length, firstOf(unreadable)),
  ];
}

function starterOf({ reason, requestedBy }: RunFact['run'], { actor }: Names): string {
  const name = reason === 'MANUAL' && requestedBy !== undefined ? actor(requestedBy) : null;
  return name ?? REASONS[reason] ?? reason;
}

/** Whoever cancelled it by hand. */
export function cancellerOf(cancelledBy: string, { actor }: Pick<Names, 'actor'>): string {
  return actor(cancelledBy) ?? A_PERSON;
}

function whatIsUndone({ undoes }: RunFact['run']): LabelledValue[] {
  if (undoes?.from === undefined || undoes.to === undefined) return [];
  return [instantFact('Takes back from', new Date(undoes.from)), instantFact('Until', new Date(undoes.to))];
}

/** One group is in the title already. */
function manyGroups({ kind, groupIds = [], groupCount = 0 }: RunFact['run']): LabelledValue[] {
  return kind === 'group' && groupCount > 1 ? [{ label: 'Groups', value: firstOf(groupIds, groupCount) }] : [];
}

const CHANGED = ['created', 'updated', 'deactivated', 'reactivated', 'granted', 'revoked'] as const;

/** Whether it changed anybody: only then there is something to take back. */
export function hasChanged(summary: RunSummary | null): boolean {
  return summary !== null && CHANGED.some((name) => summary[name] > 0);
}

function changesOf(summary: RunSummary): string {
  const done = CHANGED.filter((name) => summary[name] > 0).map((name) =>
    name === 'granted' || name === 'revoked' ? `${membershipsOf(summary[name])} ${name}` : `${summary[name]} ${name}`,
  );
  return done.length === 0 ? 'none' : done.join(', ');
}

/** By action, as a plan has them; whom it leaves out is no change. */
function planOf(planned: Readonly<Record<string, number>>): string {
  const { create = 0, update = 0, deactivate = 0, reactivate = 0, grant = 0, revoke = 0 } = planned;
  const people = Object.entries({ create, update, deactivate, reactivate }).filter(([, count]) => count > 0);
  const memberships = Object.entries({ grant, revoke }).filter(([, count]) => count > 0);
  return [
    ...people.map(([action, count]) => `${count} to ${action}`),
    ...memberships.map(([action, count]) => `${membershipsOf(count)} to ${action}`),
  ].join(', ');
}

function membershipsOf(count: number): string {
  return count === 1 ? '1 membership' : `${count} memberships`;
}

/** The first few, and how many there are besides. */
function firstOf(texts: readonly string[], total = texts.length): string {
  const shown = texts.slice(0, MOST_NAMED);
  const others = total - shown.length;
  return others > 0 ? `${shown.join(', ')} and ${others} more` : shown.join(', ');
}

export function meaningOf(code: string): string {
  return isProblemCode(code) ? PROBLEMS[code].title : code;
}

function numberFact(label: string, count: number): LabelledValue {
  return { label, value: String(count) };
}

function optional(label: string, count: number, detail = ''): LabelledValue[] {
  if (count === 0) return [];
  return [{ label, value: detail === '' ? String(count) : `${count}: ${detail}` }];
}
