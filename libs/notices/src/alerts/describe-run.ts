import type { CloudEvent, runCompletedV1, RunKind, RunSummary } from '#contracts';
import type { LabelledValue } from '../content.js';

export type RunFact = CloudEvent<typeof runCompletedV1>['data'];

const KINDS: Readonly<Record<RunKind, string>> = {
  full: 'Full sync',
  group: 'Sync of a group',
  problems: 'Sync of problems',
  scratch: 'Sync from scratch',
  undo: 'Undo',
};

const REASONS: Readonly<Record<string, string>> = {
  MANUAL: 'a person',
  SCHEDULE: 'the schedule',
  BASELINE: 'newly watched groups',
  DELTA_EXPIRED: 'an expired delta link',
  GROUP_RETURNED: 'a group that returned',
  DEAD_LETTER: 'a message that could not be handled',
  SETTLED: 'the comparison after the settling time',
};

const MOST_SKIPS = 5;

export function nameOfRun({ run }: RunFact): string {
  return KINDS[run.kind];
}

/** What started it, its counts, and the first people who were skipped. */
export function factsOfRun({ run, summary, firstSkips }: RunFact): LabelledValue[] {
  const startedBy = { label: 'Started by', value: REASONS[run.reason] ?? run.reason };
  if (summary === null) return [startedBy];
  const named = (firstSkips ?? []).slice(0, MOST_SKIPS).map(({ displayName, code }) => `${displayName ?? 'somebody'} (${code})`);
  const byReason = Object.entries(summary.skippedByReason)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_SKIPS)
    .map(([code, count]) => `${code} ${count}`);
  return [
    startedBy,
    { label: 'Fetched', value: String(summary.fetched) },
    { label: 'Processed', value: String(summary.processed) },
    { label: 'Changes', value: changesOf(summary) },
    ...optional('Skipped', summary.skipped, byReason.join(', ')),
    ...(named.length === 0 ? [] : [{ label: 'First skipped', value: named.join(', ') }]),
    ...optional('Held', summary.held),
    ...optional('Stale', summary.stale),
    ...optional('Unreadable groups', summary.unreadable.length),
  ];
}

function changesOf(summary: RunSummary): string {
  const counted = (['created', 'updated', 'deactivated', 'reactivated', 'granted', 'revoked'] as const)
    .filter((name) => summary[name] > 0)
    .map((name) => `${summary[name]} ${name}`);
  return counted.length === 0 ? 'none' : counted.join(', ');
}

function optional(label: string, count: number, detail = ''): LabelledValue[] {
  if (count === 0) return [];
  return [{ label, value: detail === '' ? String(count) : `${count}: ${detail}` }];
}
