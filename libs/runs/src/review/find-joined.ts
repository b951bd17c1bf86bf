import type { MemberGroupsOutcome } from '#graph-client';
import type { RunGraph } from '../ports.js';
import { judgeReadFailure } from '../reading/judge-read-failure.js';
import { membersPatiently } from '../reading/patient-graph.js';
import type { PersonOfPlan } from './has-moved.js';

/** By group: people whose own side names it although the plan knows nothing of that. */
export type NamedElsewhere = Map<string, Set<string>>;

/** Adds those of these people whose account would go, with the watched groups that their own side names unexpectedly. */
export function noteNamedElsewhere(
  named: NamedElsewhere,
  people: readonly PersonOfPlan[],
  answers: ReadonlyMap<string, MemberGroupsOutcome>,
): void {
  for (const { personId, goes, added, removed, known } of people) {
    const answer = answers.get(personId);
    if (!goes || answer === undefined || !('named' in answer)) continue;
    const expected = new Set([...added, ...removed, ...known]);
    for (const groupId of answer.named) {
      if (!expected.has(groupId)) named.set(groupId, (named.get(groupId) ?? new Set()).add(personId));
    }
  }
}

/**
 * Who of them has joined the group meanwhile. Their own side names a group also where they are in it by another group only, which
 * makes nobody a member: so the group's own list says who is in it. Of a group that cannot be read everybody counts who is named by
 * it: nothing is applied on a guess. Reads each group once.
 */
export async function findJoined(graph: RunGraph, named: NamedElsewhere, signal: AbortSignal): Promise<Set<string>> {
  const joined = new Set<string>();
  for (const [groupId, ids] of named) {
    for (const id of await listedAmong(graph, groupId, ids, signal)) joined.add(id);
  }
  return joined;
}

async function listedAmong(
  graph: RunGraph,
  groupId: string,
  asked: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const listed = new Set<string>();
  try {
    for await (const { members } of membersPatiently(graph, groupId, signal)) {
      for (const { id } of members) if (asked.has(id)) listed.add(id);
    }
    return listed;
  } catch (error) {
    if (judgeReadFailure(error, 0)?.kind === 'group') return asked;
    throw error;
  }
}
