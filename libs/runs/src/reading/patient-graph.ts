import { setTimeout as pause } from 'node:timers/promises';
import { isCodedError } from '#contracts';
import type { MemberGroupsOutcome, MembersPage } from '#graph-client';
import type { RunGraph } from '../ports.js';

/** Longer waits are not for a worker: the run is put down, and others have its place. */
const LONGEST_WAIT_MS = 5_000;
/** Many short ones neither. */
const PATIENCE_MS = 30_000;
/** What one batch asks: 20 questions of at most 20 groups (Graph sheet 5.3). */
const QUESTIONS_PER_BATCH = 20;
const GROUPS_PER_QUESTION = 20;

/** As `setTimeout` of node:timers/promises. */
type Wait = (ms: number, value: undefined, options: { signal: AbortSignal }) => Promise<unknown>;
type Question = Parameters<RunGraph['checkMemberGroups']>[0][number];

/**
 * Waits in place for what the low priority's budget will allow in a moment, request by request. A wait pays for the request that was
 * refused and no other: work of several requests that began anew after each wait would spend it on the first, and never end.
 */
export function patientGraph(graph: RunGraph, signal: AbortSignal, wait: Wait = pause): RunGraph {
  const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    for (let waitedMs = 0; ;) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        waitedMs += await waitOut(error, waitedMs, signal, wait);
      }
    }
  };
  return {
    get graphRequests() {
      return graph.graphRequests;
    },
    // Each page is kept before the next is asked for, so here nothing begins anew.
    members: (groupId, options) => graph.members(groupId, options),
    memberCount: (groupId) => graph.memberCount(groupId),
    usersByIds: (ids) => patiently(() => graph.usersByIds(ids)),
    deletedUser: (id) => patiently(() => graph.deletedUser(id)),
    checkMemberGroups: async (pairs) => {
      const outcomes = new Map<string, MemberGroupsOutcome>();
      for (const batch of inBatches(pairs)) {
        for (let open = batch, waitedMs = 0; open.length > 0;) {
          const asked = open;
          const answers = await patiently(() => graph.checkMemberGroups(asked));
          open = asked.filter(({ userId }) => isRefused(answers.get(userId)));
          for (const [userId, answer] of answers)
            if (!isRefused(answer)) outcomes.set(userId, merge(outcomes.get(userId), answer));
          const [first] = open;
          if (first !== undefined) waitedMs += await waitOut(errorOf(answers.get(first.userId)), waitedMs, signal, wait);
        }
      }
      return outcomes;
    },
  };
}

/** A whole group without a place to keep its pages: after a wait it goes on with the page that was refused. */
export async function* membersPatiently(graph: RunGraph, groupId: string, signal: AbortSignal): AsyncGenerator<MembersPage> {
  let place: { resumeLink?: string } = {};
  for (let waitedMs = 0; ;) {
    try {
      for await (const page of graph.members(groupId, { signal, ...place })) {
        waitedMs = 0;
        yield page;
        if (page.nextLink !== null) place = { resumeLink: page.nextLink };
      }
      return;
    } catch (error) {
      waitedMs += await waitOut(error, waitedMs, signal);
    }
  }
}

/** Answers how long it waited. Throws the error itself where it is no matter of waiting here. */
async function waitOut(error: unknown, waitedMs: number, signal: AbortSignal, wait: Wait = pause): Promise<number> {
  const waitMs = waitOf(error);
  if (waitMs === null || waitMs > LONGEST_WAIT_MS || waitedMs + waitMs > PATIENCE_MS) throw error;
  await wait(waitMs, undefined, { signal });
  return waitMs;
}

const errorOf = (answer: MemberGroupsOutcome | undefined) =>
  answer !== undefined && 'error' in answer ? answer.error : undefined;

/** Graph may refuse single questions of a batch that it takes. */
const isRefused = (answer: MemberGroupsOutcome | undefined): boolean => waitOf(errorOf(answer)) !== null;

function waitOf(error: unknown): number | null {
  return isCodedError(error) && typeof error.retry === 'object' ? error.retry.afterMs : null;
}

/** As many people as fit into one batch; only somebody with more groups than that is asked about in several. */
function inBatches(pairs: readonly Question[]): Question[][] {
  const batches: Question[][] = [];
  let free = 0;
  for (const { userId, groupIds } of pairs) {
    for (let from = 0; from < groupIds.length; from += QUESTIONS_PER_BATCH * GROUPS_PER_QUESTION) {
      const some = groupIds.slice(from, from + QUESTIONS_PER_BATCH * GROUPS_PER_QUESTION);
      const questions = Math.ceil(some.length / GROUPS_PER_QUESTION);
      if (questions > free) {
        batches.push([]);
        free = QUESTIONS_PER_BATCH;
      }
      batches.at(-1)?.push({ userId, groupIds: some });
      free -= questions;
    }
  }
  return batches;
}

/** Somebody is "in none" only where every question about them was answered. */
function merge(one: MemberGroupsOutcome | undefined, other: MemberGroupsOutcome): MemberGroupsOutcome {
  if (one === undefined || !('named' in other)) return other;
  return 'named' in one ? { named: [...one.named, ...other.named] } : one;
}
