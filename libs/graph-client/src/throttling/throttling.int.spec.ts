import { describe, expect, test } from 'vitest';
import { collect, CONNECTION, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError, type ScriptedAnswer } from '../../testing/scripted-microsoft.js';

const GROUP = '02bd9fd6-0000-0000-0000-000000000001';
const group: ScriptedAnswer = { json: { id: GROUP, displayName: 'Staff' } };
const tooMany = (headers: Record<string, string> = {}) =>
  graphError(429, 'TooManyRequests', 'Please retry again later.', headers);

describe('when Graph asks to wait', () => {
  test.each([
    ['whole seconds', '10', 10_000],
    ['fractions', '2.128', 2_128],
  ])('Retry-After in %s is advised, shared, and kept without a request', async (_name, retryAfter, waitMs) => {
    const { graph, microsoft, gate, pass } = await scriptedClient();
    microsoft.onGraph = () => tooMany({ 'Retry-After': retryAfter });
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'THROTTLED', retry: { afterMs: waitMs } });
    microsoft.onGraph = () => group;
    const refused = (await failureOf(graph.group(GROUP))) as { afterMs: number };
    expect(refused).toMatchObject({ code: 'THROTTLED' });
    expect(refused.afterMs).toBeGreaterThan(0);
    expect(refused.afterMs).toBeLessThanOrEqual(waitMs);
    expect(microsoft.graphRequests).toHaveLength(1);
    expect(gate.reasons).toEqual(['group.read']);
    pass(waitMs);
    expect((await graph.group(GROUP)).id).toBe(GROUP);
  });

  test('without Retry-After the wait doubles with each refusal in a row, and a success forgets it', async () => {
    const { graph, microsoft, pass } = await scriptedClient();
    microsoft.onGraph = () => tooMany();
    const waits: number[] = [];
    for (let refusal = 0; refusal < 8; refusal += 1) {
      const { afterMs } = (await failureOf(graph.group(GROUP))) as { afterMs: number };
      waits.push(afterMs);
      pass(afterMs + 1);
    }
    expect(waits).toEqual([1_500, 2_500, 4_500, 8_500, 16_500, 30_500, 30_500, 30_500]);
    microsoft.onGraph = () => group;
    await graph.group(GROUP);
    microsoft.onGraph = () => tooMany();
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ afterMs: 1_500 });
  });

  test('503 with Retry-After is a wait, without it an outage', async () => {
    const { graph, microsoft, gate } = await scriptedClient();
    microsoft.onGraph = () => graphError(503, 'serviceNotAvailable', 'Busy');
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    microsoft.onGraph = () => graphError(503, 'serviceNotAvailable', 'Busy', { 'Retry-After': '3' });
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'THROTTLED', afterMs: 3_000 });
    expect(gate.reasons).toHaveLength(1);
  });

  test('the wait of one tenant is not the wait of another (invariant 9)', async () => {
    const { graph, clients, microsoft } = await scriptedClient();
    microsoft.onGraph = () => (microsoft.graphRequests.length === 1 ? tooMany({ 'Retry-After': '60' }) : group);
    await failureOf(graph.group(GROUP));
    const other = clients.for({ ...CONNECTION, connectionId: 'other', tenantId: '90000000-0000-0000-0000-000000000009' });
    expect((await other.group(GROUP)).id).toBe(GROUP);
  });

  test('one throttled item of a batch makes everybody wait', async () => {
    const { graph, microsoft, gate } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: {
        responses: [
          { id: '1', status: 429, headers: { 'Retry-After': '7' }, body: { error: { code: 'TooManyRequests', message: '' } } },
        ],
      },
    });
    const outcomes = await graph.checkMemberGroups([{ userId: 'someone', groupIds: [GROUP] }]);
    expect(outcomes.get('someone')).toMatchObject({ error: { code: 'THROTTLED', afterMs: 7_000 } });
    expect(await gate.blockedUntil(CONNECTION)).not.toBeNull();
  });

  test('a batch whose outer status is 424 is read item by item all the same', async () => {
    const { graph, microsoft } = await scriptedClient();
    const responses = [
      { id: '2', status: 429, headers: { 'retry-after': '7' }, body: {} },
      { id: '1', status: 200, body: { value: [GROUP] } },
    ];
    microsoft.onGraph = () => ({ status: 424, json: { responses } });
    const outcomes = await graph.checkMemberGroups([
      { userId: 'one', groupIds: [GROUP] },
      { userId: 'two', groupIds: [GROUP] },
    ]);
    expect(outcomes.get('one')).toEqual({ named: [GROUP] });
    expect(outcomes.get('two')).toMatchObject({ error: { afterMs: 7_000 } });
  });

  test('an item of a batch that was throttled without a body is one too', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: { responses: [{ id: '1', status: 429 }] } });
    const outcomes = await graph.checkMemberGroups([{ userId: 'someone', groupIds: [GROUP] }]);
    expect(outcomes.get('someone')).toMatchObject({ error: { code: 'THROTTLED' } });
  });
});

describe('low priority', () => {
  test('says so to Graph and gives way while Graph reports a high load', async () => {
    const { withPriority, microsoft, gate } = await scriptedClient();
    microsoft.onGraph = () => ({ ...group, headers: { 'x-ms-throttle-limit-percentage': '0.9' } });
    await withPriority('low').group(GROUP);
    expect(microsoft.graphRequests[0]?.headers['x-ms-throttle-priority']).toBe('Low');
    expect(await gate.load(CONNECTION)).toBeCloseTo(0.9);
    expect(await failureOf(withPriority('low').group(GROUP))).toMatchObject({ code: 'THROTTLED', afterMs: 10_000 });
    expect((await withPriority('normal').group(GROUP)).id).toBe(GROUP);
    expect(microsoft.graphRequests[1]?.headers['x-ms-throttle-priority']).toBeUndefined();
  });
});

describe('the places of a connection', () => {
  test('at most as many requests as allowed are in flight, the others wait their turn', async () => {
    const { graph, microsoft } = await scriptedClient({ maxLiveRequests: 2 });
    let live = 0;
    let most = 0;
    microsoft.onGraph = async () => {
      live += 1;
      most = Math.max(most, live);
      await new Promise((resolve) => setTimeout(resolve, 20));
      live -= 1;
      return group;
    };
    await Promise.all(Array.from({ length: 9 }, () => graph.group(GROUP)));
    expect(most).toBe(2);
  });

  test('who waits too long for a place is told to come back', async () => {
    const { graph, microsoft } = await scriptedClient({ maxLiveRequests: 1, timeouts: { queueMs: 50, requestMs: 2_000 } });
    microsoft.onGraph = () => () => undefined;
    const first = failureOf(graph.group(GROUP));
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'THROTTLED' });
    expect(await first).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test('a reader who does not take the next page holds no place', async () => {
    const { graph, microsoft } = await scriptedClient({ maxLiveRequests: 1, timeouts: { queueMs: 200 } });
    microsoft.onGraph = ({ url }) =>
      url.includes('/members')
        ? { json: { value: [], '@odata.nextLink': `${microsoft.origin}/v1.0/groups/${GROUP}/members?$skiptoken=2` } }
        : group;
    const pages = graph.members(GROUP)[Symbol.asyncIterator]();
    await pages.next();
    expect((await graph.group(GROUP)).id).toBe(GROUP);
    await pages.return?.();
  });
});

test('collecting nothing from an enumeration sends nothing', async () => {
  const { graph, microsoft } = await scriptedClient();
  void graph.members(GROUP);
  expect(microsoft.graphRequests).toHaveLength(0);
  expect(await failureOf(collect(graph.members(GROUP)))).toMatchObject({ code: 'GROUP_NOT_FOUND' });
});
