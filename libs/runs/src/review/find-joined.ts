import type { MemberGroupsOutcome } from '#graph-client';
import type { RunGraph } from '../ports.js';
import { judgeReadFailure } from '../reading/judge-read-failure.js';
import { membersPatiently } from '../reading/patient-graph.js';
import type { PersonOfPlan } from './has-moved.js';

type Answers = ReadonlyMap<string, MemberGroupsOutcome>;

/**
 * Who of these people has joined a watched group meanwhile, of which the plan knows nothing. Their own side names a group also where
 * they are in it by another group only, which makes nobody a member: so the group's own list says who is in it. Of a group that
 * cannot be read everybody counts who is named by it: nothing is applied on a guess.
 */
export async function findJoined(
  graph: RunGraph,
  people: readonly PersonOfPlan[],
  answers: Answers,
  signal: AbortSignal,
): Promise<Set<string>> {
  const asked = new Map<string, Set<string>>();
  for (const person of people) {
    for (const groupId of namedElsewhere(person, answers))
      asked.set(groupId, (asked.get(groupId) ?? new Set()).add(person.personId));
  }
  const joined = new Set<string>();
  for (const [groupId, ids] of asked) {
    for (const id of await listedAmong(graph, groupId, ids, signal)) joined.add(id);
  }
  return joined;
}

function namedElsewhere({ personId, goes, added, removed, known }: PersonOfPlan, answers: Answers): string[] {
  const answer = answers.get(personId);
  if (!goes || answer === undefined || !('named' in answer)) return [];
  const expected = new Set([...added, ...removed, ...known]);
  return answer.named.filter((groupId) => !expected.has(groupId));
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
