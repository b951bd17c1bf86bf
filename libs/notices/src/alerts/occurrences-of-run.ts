import {
  runKinds,
  runOverdueV1,
  type CloudEvent,
  type RunKind,
  type runBegunV1,
  type runEvents,
  type runProgressedV1,
} from '#contracts';
import { instantFact, type NoticeContent } from '../content.js';
import { pageLinks } from '../page-links.js';
import { causes } from './causes.js';
import { cancellerOf, factsOfRun, hasChanged, meaningOf, nameOfRun, type RunFact } from './describe-run.js';
import type { Names } from './names.js';
import type { Occurrence, Raise, Settle, Tell } from './occurrence.js';
import { codeFacts, problemSentences } from './problem-sentences.js';

type RunEventType = Exclude<
  (typeof runEvents)[number]['type'],
  typeof runOverdueV1.type | typeof runBegunV1.type | typeof runProgressedV1.type
>;
/** What is needed of a run's event; all but progress and the alarm share one shape. */
export interface RunEvent {
  readonly type: RunEventType;
  readonly time: string;
  readonly data: RunFact;
}

const ENDINGS: Partial<Record<RunEventType, string>> = {
  'rollcall.run.completed': 'has completed',
  'rollcall.run.failed': 'has failed',
  'rollcall.run.cancelled': 'was cancelled',
  'rollcall.run.superseded': 'was superseded by a newer one',
};

/** What an end without a failure means for whoever reads of it. */
const MEANINGS: Partial<Record<RunEventType, string>> = {
  'rollcall.run.cancelled': 'It changes nothing more. What it had changed before stays, and can be taken back.',
  'rollcall.run.superseded': 'Its plan was not applied: a newer run has compared everything anew.',
};

/**
 * What a run's fact means. The notice of its end comes first: whoever is told of each run gets that one, and not the opening of the
 * alert beside it.
 */
export function occurrencesOfRunFact(event: RunEvent, names: Names): Occurrence[] {
  const told = { event, at: new Date(event.time), names };
  switch (event.type) {
    case 'rollcall.run.requested':
      return [];
    case 'rollcall.run.awaiting-review':
      return [raiseReview(told)];
    case 'rollcall.run.approved':
      return [settleReview(told, 'The plan was approved.')];
    case 'rollcall.run.completed':
      return [tellEnd(told), settleReview(told, 'The run has completed.'), ...judgeCompleted(told)];
    case 'rollcall.run.failed':
      return [tellEnd(told), settleReview(told, 'The run has failed.'), raiseFailing(told, event.data.error?.code ?? 'UNKNOWN')];
    case 'rollcall.run.cancelled':
    case 'rollcall.run.superseded':
      return [tellEnd(told), settleReview(told, `The run ${endOfReview(told)}.`)];
    case 'rollcall.run.undone':
      return [];
  }
}

/** Only whoever raised the alarm says that it is over: that somebody asks for a run does not mean that anybody works on it. */
export function occurrencesOfRunOverdue(
  event: CloudEvent<typeof runOverdueV1> | CloudEvent<typeof runBegunV1>,
  { connection }: Pick<Names, 'connection'>,
): Occurrence[] {
  const { organisationId, connectionId, dueAt } = event.data;
  const alarm = { organisationId, connectionId, at: new Date(event.time), cause: causes.runOverdue(connectionId) };
  if (event.type !== runOverdueV1.type) {
    return [{ ...alarm, effect: 'settle', member: null, sentence: 'The run has begun, or need not any more.' }];
  }
  return [
    {
      ...alarm,
      effect: 'raise',
      kind: 'runOverdue',
      member: '',
      stage: 'overdue',
      isUrgent: false,
      isStanding: false,
      content: {
        title: `The full sync of ${connection} is overdue`,
        sentences: [
          'It was due and has not begun, or nobody goes on with it. Live sync is not affected.',
          'Next step: see whether the service full-sync runs, and whether another run of this connection takes so long.',
        ],
        facts: [instantFact('Due', new Date(dueAt))],
        links: [pageLinks.connection(connectionId)],
      },
    },
  ];
}

interface Told {
  readonly event: RunEvent;
  readonly at: Date;
  readonly names: Names;
}

function base({ event, at }: Told): { organisationId: string; connectionId: string; at: Date } {
  const { organisationId, connectionId } = event.data;
  return { organisationId, connectionId, at };
}

function tellEnd(told: Told): Tell {
  const { event } = told;
  const { data } = event;
  const isProblem = event.type === 'rollcall.run.failed' || problemOf(event) !== null;
  return {
    effect: 'tell',
    ...base(told),
    kind: 'runFinished',
    cause: causes.runFinished(data.run.id),
    severity: isProblem ? 'problem' : 'info',
    content: contentOf(told, endingOf(told.event)),
  };
}

/** A run that completed without taking anybody, or without reading a group, does not end the failing. */
function judgeCompleted(told: Told): Occurrence[] {
  const { run } = told.event.data;
  const problem = problemOf(told.event);
  if (problem !== null) return [raiseFailing(told, problem.code)];
  const mended: readonly RunKind[] = run.kind === 'full' || run.kind === 'scratch' ? runKinds : [run.kind];
  return mended.map((kind) => ({
    effect: 'settle',
    ...base(told),
    cause: causes.runFailing(told.event.data.connectionId, kind),
    member: null,
    sentence: `${nameOfRun(told.event.data, told.names)} has completed.`,
  }));
}

function raiseFailing(told: Told, code: string): Raise {
  const { data, type } = told.event;
  const verb = type === 'rollcall.run.failed' ? 'fails' : (unreadOf(data) ?? 'completes with a problem');
  return {
    effect: 'raise',
    ...base(told),
    kind: 'runFailed',
    cause: causes.runFailing(data.connectionId, data.run.kind),
    member: '',
    stage: code,
    isUrgent: false,
    isStanding: false,
    content: contentOf(told, verb),
  };
}

function raiseReview(told: Told): Raise {
  const { data } = told.event;
  return {
    effect: 'raise',
    ...base(told),
    kind: 'toReview',
    cause: causes.runReview(data.run.id),
    member: '',
    stage: 'waiting',
    isUrgent: false,
    isStanding: false,
    content: {
      title: `${nameOfRun(data, told.names)} waits for review`,
      sentences: [
        'Nothing of it is applied before the plan is approved.',
        'Next step: look at the plan, then approve it or cancel the run. After 14 days it is cancelled by itself.',
      ],
      facts: factsOfRun(data, told.names),
      links: [pageLinks.plan(data.run.id)],
    },
  };
}

function settleReview(told: Told, sentence: string): Settle {
  return { effect: 'settle', ...base(told), cause: causes.runReview(told.event.data.run.id), member: null, sentence };
}

/** How the wait for a review ended by which nothing was approved. */
function endOfReview({ event: { type, data }, names }: Told): string {
  const ending = ENDINGS[type] ?? 'has ended';
  const { cancelledBy } = data.run;
  if (cancelledBy !== undefined) return `${ending} by ${cancellerOf(cancelledBy, names)}`;
  return data.error == null ? ending : `${ending}. ${meaningOf(data.error.code)}`;
}

function contentOf({ event, names }: Told, ending: string): NoticeContent {
  const { data } = event;
  const { run, error, summary } = data;
  const problem = problemOf(event);
  const meaning = MEANINGS[event.type];
  const undone = run.undoes?.runId;
  return {
    title: `${nameOfRun(data, names)} ${ending}`,
    sentences: [...(meaning === undefined ? [] : [meaning]), ...problemSentences(problem?.code ?? null, error?.message)],
    facts: [...factsOfRun(data, names), ...codeFacts(problem?.code ?? null)],
    links: [
      pageLinks.run(run.id),
      pageLinks.plan(run.id),
      ...(undone === undefined ? [] : [pageLinks.undoneRun(undone)]),
      ...(run.supersededBy === undefined ? [] : [pageLinks.newerRun(run.supersededBy)]),
      ...(hasChanged(summary) ? [pageLinks.undo(run.id)] : []),
    ],
  };
}

function endingOf({ type, data }: RunEvent): string {
  if (type !== 'rollcall.run.completed' || data.error == null) return unreadOf(data) ?? ENDINGS[type] ?? 'has ended';
  return 'has completed with a problem';
}

/** What is wrong with an end: its failure, else the first group that could not be read. */
function problemOf({ data: { error, summary } }: RunEvent): { readonly code: string } | null {
  return error ?? summary?.unreadable[0] ?? null;
}

/** Where a run went on without some groups; null where it read them all, or has another failure. */
function unreadOf({ error, summary }: RunFact): string | null {
  const count = error == null ? (summary?.unreadable.length ?? 0) : 0;
  if (count === 0) return null;
  return count === 1 ? 'could not read 1 group' : `could not read ${count} groups`;
}
