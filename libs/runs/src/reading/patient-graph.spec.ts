import { describe, expect, it } from 'vitest';
import { GraphUnavailableError, ThrottledError, type MemberGroupsOutcome } from '#graph-client';
import type { RunGraph } from '../ports.js';
import { patientGraph as patientGraphWith } from './patient-graph.js';

/** Nobody here waits for long waits. */
const patientGraph = (graph: RunGraph, until: AbortSignal) => patientGraphWith(graph, until, () => Promise.resolve());

const facts = { operation: 'users.checkMemberGroups' };
const never = () => Promise.reject(new Error('not asked'));
const signal = new AbortController().signal;

/** Answers that everybody is in every group, as far as `before` lets it. */
function graphOf(before: (batch: number) => void, outcome?: (userId: string) => MemberGroupsOutcome | undefined) {
  const batches: number[] = [];
  const graph: RunGraph = {
    graphRequests: 7,
    memberCount: () => Promise.resolve(null),
    members: () => {
      throw new Error('not asked');
    },
    usersByIds: never,
    deletedUser: never,
    checkMemberGroups: async (pairs) => {
      before(batches.length);
      batches.push(pairs.length);
      return new Map(pairs.map(({ userId, groupIds }) => [userId, outcome?.(userId) ?? { named: groupIds }]));
    },
  };
  return { graph, batches };
}

const people = (count: number, groups = 1) =>
  Array.from({ length: count }, (_, n) => ({
    userId: `person ${n}`,
    groupIds: Array.from({ length: groups }, (__, group) => `group ${group}`),
  }));

describe('patientGraph', () => {
  it('comes to an end although every wait pays for one batch only, and asks no batch twice', async () => {
    let refused = false;
    const { graph, batches } = graphOf(() => {
      refused = !refused;
      if (refused) throw new ThrottledError('Low priority has used its half of the budget.', facts, 1);
    });
    const answers = await patientGraph(graph, signal).checkMemberGroups(people(500));
    expect(answers.size).toBe(500);
    expect(batches).toEqual(Array.from({ length: 25 }, () => 20));
  });

  it('gives its place back when Graph asks for one short wait after the other', async () => {
    let asked = 0;
    const { graph } = graphOf(() => {
      asked += 1;
      throw new ThrottledError('wait', facts, 1_000);
    });
    await expect(patientGraph(graph, signal).checkMemberGroups(people(1))).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(asked).toBe(31);
  });

  it('asks again for those alone whom Graph refused within a batch, so that nobody counts as unanswered for it', async () => {
    let refused = 0;
    const { graph, batches } = graphOf(
      () => undefined,
      (userId) => (userId.endsWith('3') && (refused += 1) <= 2 ? { error: new ThrottledError('wait', facts, 1_000) } : undefined),
    );
    const answers = await patientGraph(graph, signal).checkMemberGroups(people(20));
    expect([...answers.values()].filter((answer) => !('named' in answer))).toEqual([]);
    expect(batches).toEqual([20, 2]);
  });

  it('puts the answers about one person together, whose groups fill several batches', async () => {
    const { graph, batches } = graphOf(() => undefined);
    const answers = await patientGraph(graph, signal).checkMemberGroups(people(1, 450));
    expect(answers.get('person 0')).toMatchObject({ named: { length: 450 } });
    expect(batches).toEqual([1, 1]);
  });

  it('leaves a person open of whom one question failed', async () => {
    const failure = { error: new GraphUnavailableError('away', facts) };
    let asked = 0;
    const { graph } = graphOf(
      () => undefined,
      () => ((asked += 1) === 1 ? failure : undefined),
    );
    const answers = await patientGraph(graph, signal).checkMemberGroups(people(1, 450));
    expect('error' in answers.get('person 0')!).toBe(true);
  });

  it('does not sit out what takes longer, and passes what is no wait on', async () => {
    const long = graphOf(() => {
      throw new ThrottledError('Graph asked to wait.', facts, 60_000);
    });
    await expect(patientGraph(long.graph, signal).checkMemberGroups(people(1))).rejects.toMatchObject({ code: 'THROTTLED' });
    const away = graphOf(() => {
      throw new GraphUnavailableError('away', facts);
    });
    await expect(patientGraph(away.graph, signal).checkMemberGroups(people(1))).rejects.toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
    });
  });

  it('stops waiting when it is told to', async () => {
    const stopping = new AbortController();
    const { graph } = graphOf(() => {
      stopping.abort(new Error('the lease is lost'));
      throw new ThrottledError('wait', facts, 4_000);
    });
    await expect(patientGraph(graph, stopping.signal).checkMemberGroups(people(1))).rejects.toThrow();
  });
});
