import type { RunKind, RunState, RunSummary, SyncRun } from '../api/types.js';
import { counted, formatNumber, people } from '../format/counts.js';
import type { Tone } from '../format/effects.js';
import { formatDuration, formatInstant } from '../format/instants.js';

export const kindNames: Readonly<Record<RunKind, string>> = {
  full: 'Full sync',
  group: 'Sync of a group',
  problems: 'Sync of skipped and failed people',
  scratch: 'Full sync from scratch',
  undo: 'Undo',
};

/** "Full sync of Contoso", "Sync of Sales of Contoso", "Undo in Contoso". Pure. */
export function runTitle(
  { kind, groupIds }: Pick<SyncRun, 'kind' | 'groupIds'>,
  connection: string,
  groupName: (groupId: string) => string,
): string {
  if (kind === 'undo') return `Undo in ${connection}`;
  const [only, ...others] = kind === 'group' ? (groupIds ?? []) : [];
  if (only === undefined) return `${kindNames[kind]} of ${connection}`;
  return `Sync of ${others.length === 0 ? groupName(only) : counted(others.length + 1, 'group')} of ${connection}`;
}

export const stateNames: Readonly<Record<RunState, string>> = {
  requested: 'Waiting to begin',
  reading: 'Reading from Entra',
  comparing: 'Comparing',
  awaitingReview: 'Waits for review',
  approved: 'Approved',
  applying: 'Applying',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  superseded: 'Superseded',
};

const TONES: Partial<Record<RunState, Tone>> = { completed: 'good', failed: 'bad', awaitingReview: 'warning' };
export const stateTone = (state: RunState): Tone => TONES[state] ?? 'plain';

const ENDED: readonly RunState[] = ['completed', 'failed', 'cancelled', 'superseded'];
export const isEnded = ({ state }: Pick<SyncRun, 'state'>): boolean => ENDED.includes(state);

const CHANGED = ['created', 'updated', 'deactivated', 'reactivated', 'granted', 'revoked'] as const;

/** Whether there is something to take back: it has ended, changed somebody at least in part, and still stands. Pure. */
export function canBeUndone({ state, summary, undone }: Pick<SyncRun, 'state' | 'summary' | 'undone'>): boolean {
  return !undone && isEnded({ state }) && summary !== null && CHANGED.some((name) => summary[name] > 0);
}

export const reasonNames: Readonly<Record<string, string>> = {
  MANUAL: 'by hand',
  SCHEDULE: 'as scheduled',
  BASELINE: 'first read of a group',
  NEW_GROUP: 'a group is new here',
  GROUP_RETURNED: 'a deleted group came back',
  DELTA_EXPIRED: 'the link to the changes had ended',
  SETTLED: 'second look after a first read',
  UNCONFIRMED_REMOVAL: 'second look at removals',
  UNDO: 'undo',
  DEAD_LETTER: 'after a message failed',
};

/** "25 people fetched, 25 processed: 3 created, 2 updated." What is zero is left out; an undo fetches nobody. Pure. */
export function summarySentence(kind: RunKind, summary: RunSummary): string {
  const changes = (
    [
      ['created', summary.created],
      ['updated', summary.updated],
      ['reactivated', summary.reactivated],
      ['deactivated', summary.deactivated],
      ['held', summary.held],
      ['skipped', summary.skipped],
      ['moved on meanwhile', summary.stale],
      ['failed', summary.failed ?? 0],
    ] as const
  ).filter(([, count]) => count > 0);
  const words = [
    ...changes.map(([name, count]) => `${formatNumber(count)} ${name}`),
    ...(summary.granted > 0 ? [`${counted(summary.granted, 'membership')} granted`] : []),
    ...(summary.revoked > 0 ? [`${counted(summary.revoked, 'membership')} revoked`] : []),
  ].join(', ');
  if (kind === 'undo') return words === '' ? 'Nothing was left to take back.' : `Taken back: ${words}.`;
  return `${people(summary.fetched)} fetched, ${formatNumber(summary.processed)} processed: ${words === '' ? 'nothing to change' : words}.`;
}

/** How far a run is, in one sentence. Pure. */
export function progressSentence({ state, progress, waiting }: Pick<SyncRun, 'state' | 'progress' | 'waiting'>): string {
  const how = progressIn({ state, progress });
  return waiting === null ? how : `${how}. ${waitingSentence(waiting)}`;
}

const WAITS: Record<string, string> = {
  THROTTLED: 'Microsoft Graph asked to wait',
  STILL_BEING_APPLIED: 'What was published before is still being applied',
  PROVISIONING_SILENT: 'Provisioning does not answer',
};

/** Why a run does not go on at the moment. Pure. */
export function waitingSentence({ code, until }: NonNullable<SyncRun['waiting']>): string {
  const why = WAITS[code] ?? `Microsoft Graph does not answer (${code})`;
  return `${why}; it goes on by itself at ${formatInstant(until)}`;
}

function progressIn({ state, progress }: Pick<SyncRun, 'state' | 'progress'>): string {
  const { groups, membersRead, toApply, applied, perSecond, secondsLeft } = progress;
  const rate = perSecond === null || perSecond === 0 ? '' : `, ${formatNumber(Math.round(perSecond))} a second`;
  const left = secondsLeft === null ? '' : `, about ${formatDuration(secondsLeft * 1000)} left`;
  if (state === 'reading') {
    return `${formatNumber(groups.read)} of ${counted(groups.total, 'group')}, ${people(membersRead)} read${rate}${left}`;
  }
  if (state === 'applying' && toApply !== null) {
    return `${formatNumber(applied)} of ${people(toApply)} done${rate}${left}`;
  }
  if (state === 'awaitingReview' && toApply !== null) return `${people(toApply)} in the plan`;
  return stateNames[state];
}

/** What there is to say of a run beside the name of its state; empty where that says it all. Pure. */
export function runSentence(run: Pick<SyncRun, 'kind' | 'state' | 'progress' | 'waiting' | 'summary'>): string {
  if (run.summary !== null) return summarySentence(run.kind, run.summary);
  const sentence = progressSentence(run);
  return sentence === stateNames[run.state] ? '' : sentence;
}

/** Between 0 and 1; undefined while nobody can say. Pure. */
export function progressShare({ state, progress }: Pick<SyncRun, 'state' | 'progress'>): number | undefined {
  if (state === 'reading' && progress.groups.total > 0) return progress.groups.read / progress.groups.total;
  if (state === 'applying' && progress.toApply !== null && progress.toApply > 0) return progress.applied / progress.toApply;
  return undefined;
}
