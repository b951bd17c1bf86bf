import { z } from 'zod';
import { EVERYBODY } from '#contracts';
import { chunks } from '../batch/chunks.js';
import { BATCH_SIZE, sendBatch, type BatchAnswer, type BatchItem } from '../batch/send-batch.js';
import type { GraphError } from '../errors/graph-error.js';
import { ObjectNotFoundError } from '../errors/graph-errors.js';
import type { MemberGroupsOutcome } from '../graph-client.js';
import { readListPage, readObject } from '../paging/list-page.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { segment, type GraphSender } from '../transport/graph-request.js';
import { graphId } from './graph-ids.js';

const GROUPS_PER_QUESTION = 20;

interface Question {
  readonly userId: string;
  readonly groupIds: readonly string[];
}

type Classify = (answer: BatchAnswer, operation: GraphOperation) => Promise<GraphError>;

/**
 * The person's own side of memberships, which decides whether somebody may be removed (invariant 4): so each person has an outcome
 * of their own, and a person is "in none" only where every question about them was answered. Whoever answers at all is somebody of
 * the tenant, and so named by `EVERYBODY` where that was asked. Failures of a whole batch throw.
 */
export async function checkMemberGroups(
  sender: GraphSender,
  classify: Classify,
  pairs: readonly Question[],
): Promise<Map<string, MemberGroupsOutcome>> {
  const outcomes = new Map<string, MemberGroupsOutcome>(pairs.map(({ userId }) => [userId, { named: [] }]));
  const questions = pairs.flatMap(questionsOf);
  for (const some of chunks(questions, BATCH_SIZE)) {
    const operation: GraphOperation = { name: 'users.checkMemberGroups', kind: 'batch', permission: 'User.Read.All' };
    const answers = await sendBatch(sender, operation, some.map(toItem));
    for (const [index, answer] of answers.entries()) {
      const question = some[index] as Question;
      const known = outcomes.get(question.userId) as MemberGroupsOutcome;
      outcomes.set(question.userId, merge(known, await readOutcome(answer, question, classify)));
    }
  }
  return outcomes;
}

function questionsOf({ userId, groupIds }: Question): Question[] {
  const groups = groupIds.filter((groupId) => groupId !== EVERYBODY);
  const existence = groups.length < groupIds.length ? [{ userId, groupIds: [EVERYBODY] }] : [];
  return [...existence, ...chunks(groups, GROUPS_PER_QUESTION).map((some): Question => ({ userId, groupIds: some }))];
}

function toItem({ userId, groupIds }: Question): BatchItem {
  if (asksForExistence(groupIds)) return { method: 'GET', address: `/users/${segment(userId)}?$select=id` };
  return { method: 'POST', address: `/users/${segment(userId)}/checkMemberGroups`, body: { groupIds } };
}

const asksForExistence = (groupIds: readonly string[]): boolean => groupIds[0] === EVERYBODY;

async function readOutcome(
  answer: BatchAnswer,
  { userId, groupIds }: Question,
  classify: Classify,
): Promise<MemberGroupsOutcome> {
  const operation: GraphOperation = {
    name: 'users.checkMemberGroups',
    kind: 'object',
    permission: 'User.Read.All',
    object: userId,
  };
  if (answer.status === 200) {
    try {
      if (asksForExistence(groupIds)) {
        readObject(answer.body, z.object({ id: graphId }), operation.name);
        return { named: [EVERYBODY] };
      }
      return { named: readListPage(answer.body, graphId, operation.name).items };
    } catch (error) {
      return { error: error as GraphError };
    }
  }
  const error = await classify(answer, operation);
  return error instanceof ObjectNotFoundError ? { notFound: true } : { error };
}

/** Questions about one person may be spread over batches: one that failed leaves the whole open. */
function merge(one: MemberGroupsOutcome, other: MemberGroupsOutcome): MemberGroupsOutcome {
  if ('error' in one) return one;
  if ('error' in other || 'notFound' in other) return other;
  return 'named' in one ? { named: [...one.named, ...other.named] } : one;
}
