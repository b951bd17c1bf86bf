import { describe, expect, test } from 'vitest';
import { EVERYBODY } from '#contracts';
import { CONNECTION, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError, type ScriptedAnswer, type SeenRequest } from '../../testing/scripted-microsoft.js';

interface BatchBody {
  readonly requests: { id: string; method: string; url: string; body?: { groupIds?: string[] } }[];
}

const person = (id: string) => ({ id, userPrincipalName: `${id}@contoso.example` });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
const readBatch = (request: SeenRequest) => (JSON.parse(request.body) as BatchBody).requests;
const forbidden = graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges');

/** Answers `id in (…)` filters inside a batch, in reverse order as Graph may. */
function answerFilters(request: SeenRequest): ScriptedAnswer {
  const responses = readBatch(request).map(({ id, url }) => {
    const filter = new URL(url, 'https://x').searchParams.get('$filter') ?? '';
    return {
      id,
      status: 200,
      headers: {},
      body: { value: [...filter.matchAll(/'([^']+)'/g)].map(([, found]) => person(found ?? '')) },
    };
  });
  return { json: { responses: responses.reverse() } };
}

describe('people by id', () => {
  test('are read in thousands, and those whom Graph leaves out are missing', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ body }) => ({
      json: { value: (JSON.parse(body) as { ids: string[] }).ids.filter((id) => id !== 'p7').map(person) },
    });
    const { found, missing } = await graph.usersByIds([...ids(1_500), 'P3']);
    expect(found).toHaveLength(1_499);
    expect(missing).toEqual(['p7']);
    expect(microsoft.graphRequests).toHaveLength(2);
    expect(microsoft.graphRequests[0]?.url).toMatch(/^\/v1\.0\/directoryObjects\/getByIds\?\$select=id,userPrincipalName,/);
  });

  test('are read by filters in batches where getByIds is refused, from then on at once', async () => {
    const { graph, clients, microsoft } = await scriptedClient();
    microsoft.onGraph = (request) => (request.url.includes('getByIds') ? forbidden : answerFilters(request));
    const { found, missing } = await graph.usersByIds(ids(320));
    expect(found).toHaveLength(320);
    expect(missing).toEqual([]);
    expect(microsoft.graphRequests.map((request) => request.url.split('?')[0])).toEqual([
      '/v1.0/directoryObjects/getByIds',
      '/v1.0/$batch',
      '/v1.0/$batch',
    ]);
    expect(readBatch(microsoft.graphRequests[1] as SeenRequest)).toHaveLength(20);
    await clients.for(CONNECTION).usersByIds(ids(1));
    expect(microsoft.graphRequests).toHaveLength(4);
  });

  test('a refused item of a batch fails the whole: nobody is missing because of it (invariant 4)', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = (request) => {
      if (request.url.includes('getByIds')) return forbidden;
      const [first, ...rest] = readBatch(request).map(({ id }) => ({ id, status: 200, body: { value: [] } }));
      return {
        json: {
          responses: [{ ...first, status: 403, body: { error: { code: 'Authorization_RequestDenied', message: '' } } }, ...rest],
        },
      };
    };
    expect(await failureOf(graph.usersByIds(ids(40)))).toMatchObject({ code: 'CONSENT_MISSING', permission: 'User.Read.All' });
  });

  test('where people may not be read at all, getByIds is tried again: consent may be granted later', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => forbidden;
    expect(await failureOf(graph.usersByIds(ids(1)))).toMatchObject({ code: 'CONSENT_MISSING' });
    microsoft.onGraph = () => ({ json: { value: [person('p0'), person('a stranger')] } });
    expect((await graph.usersByIds(ids(1))).found.map((found) => found.id)).toEqual(['p0']);
    expect(microsoft.graphRequests.at(-1)?.url).toContain('getByIds');
  });

  test('nobody asked for, nothing sent', async () => {
    const { graph, microsoft } = await scriptedClient();
    expect(await graph.usersByIds([])).toEqual({ found: [], missing: [] });
    expect(microsoft.graphRequests).toHaveLength(0);
  });
});

describe('a single person', () => {
  test('is found by id, by name, or by address, each encoded', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) =>
      url.includes('otherMails/any')
        ? { json: { value: [person('x')] } }
        : url.includes('$filter')
          ? { json: { value: [] } }
          : graphError(404, 'Request_ResourceNotFound', '');
    expect((await graph.user(" o'neil_gmail.com#EXT#@contoso.example "))?.id).toBe('x');
    expect(microsoft.graphRequests[0]?.url).toMatch(/^\/v1\.0\/users\/o'neil_gmail\.com%23EXT%23%40contoso\.example\?/);
    expect(new URL(microsoft.graphRequests[1]?.url ?? '', 'https://x').searchParams.get('$filter')).toBe(
      "mail eq 'o''neil_gmail.com#EXT#@contoso.example'",
    );
    await graph.user('$odd@contoso.example');
    expect(microsoft.graphRequests[3]?.url).toMatch(/^\/v1\.0\/users\('%24odd%40contoso\.example'\)\?/);
  });

  test('an id that is not found is nobody, without a search', async () => {
    const { graph, microsoft } = await scriptedClient();
    expect(await graph.user('02bd9fd6-0000-0000-0000-000000000001')).toBeNull();
    expect(microsoft.graphRequests).toHaveLength(1);
  });

  test('a 403 is not "nobody"', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => forbidden;
    expect(await failureOf(graph.user('a@b.c'))).toMatchObject({ code: 'CONSENT_MISSING', permission: 'User.Read.All' });
  });

  test('a deleted one is known with its time, one of another kind is not', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: { '@odata.type': '#microsoft.graph.user', id: 'u', deletedDateTime: '2026-03-01T12:00:00Z' },
    });
    expect(await graph.deletedUser('u')).toEqual({ id: 'u', deletedDateTime: new Date('2026-03-01T12:00:00Z') });
    expect(await graph.deletedGroup('u')).toBeNull();
    microsoft.onGraph = () => graphError(404, 'Request_ResourceNotFound', '');
    expect(await graph.deletedUser('u')).toBeNull();
  });
});

describe("the person's own side", () => {
  test('is asked in batches of 20 questions of 20 groups each, with an outcome per person', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = (request) => ({
      json: {
        responses: readBatch(request).map(({ id, url, body }) => {
          if (url.includes('/gone/'))
            return { id, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: '' } } };
          if (url.includes('/odd/')) return { id, status: 200, body: { hello: 'world' } };
          if (url.includes('/broken/')) return { id, status: 500, body: {} };
          return { id, status: 200, body: { value: [(body?.groupIds ?? [])[0]?.toUpperCase()] } };
        }),
      },
    });
    const groupIds = Array.from({ length: 25 }, (_, index) => `g${index}`);
    const pairs = [...ids(18), 'gone', 'odd', 'broken'].map((userId) => ({
      userId,
      groupIds: userId === 'p0' ? groupIds : ['g1'],
    }));
    const outcomes = await graph.checkMemberGroups([...pairs, { userId: 'nothing asked', groupIds: [] }]);
    expect(outcomes.get('p0')).toEqual({ named: ['g0', 'g20'] });
    expect(outcomes.get('p1')).toEqual({ named: ['g1'] });
    expect(outcomes.get('gone')).toEqual({ notFound: true });
    expect(outcomes.get('odd')).toMatchObject({ error: { code: 'GRAPH_ANSWER_INVALID' } });
    expect(outcomes.get('broken')).toMatchObject({ error: { code: 'GRAPH_UNAVAILABLE' } });
    expect(outcomes.get('nothing asked')).toEqual({ named: [] });
    expect(microsoft.graphRequests).toHaveLength(2);
  });

  test('an answer that Graph left out is an error, never "in no group" (invariant 4)', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: { responses: [] } });
    expect(await failureOf(graph.checkMemberGroups([{ userId: 'u', groupIds: ['g'] }]))).toMatchObject({
      code: 'GRAPH_ANSWER_INVALID',
    });
  });

  test('names everybody whom the tenant has, beside the groups that were asked (invariant 4)', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = (request) => ({
      json: {
        responses: readBatch(request).map(({ id, method, url }) => {
          if (url.includes('/gone'))
            return { id, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'none' } } };
          if (url.includes('/hidden'))
            return { id, status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } };
          return { id, status: 200, body: method === 'GET' ? { id: 'P0' } : { value: ['g1'] } };
        }),
      },
    });
    const outcomes = await graph.checkMemberGroups([
      { userId: 'p0', groupIds: ['g1', EVERYBODY] },
      { userId: 'alone', groupIds: [EVERYBODY] },
      { userId: 'gone', groupIds: [EVERYBODY] },
      { userId: 'hidden', groupIds: [EVERYBODY] },
    ]);
    expect(outcomes.get('p0')).toEqual({ named: [EVERYBODY, 'g1'] });
    expect(outcomes.get('alone')).toEqual({ named: [EVERYBODY] });
    expect(outcomes.get('gone')).toEqual({ notFound: true });
    expect(outcomes.get('hidden')).toMatchObject({ error: { code: 'CONSENT_MISSING' } });
    const [request] = microsoft.graphRequests;
    expect(readBatch(request as SeenRequest)[0]).toMatchObject({ method: 'GET', url: '/users/p0?$select=id' });
  });
});

describe('everybody of the tenant', () => {
  test('is read page by page from the list of users, and counted there', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) => {
      if (url.includes('$count')) return { text: '2', type: 'text/plain' };
      if (url.includes('$skiptoken')) return { json: { value: [person('p2')] } };
      return { json: { value: [person('p1')], '@odata.nextLink': `${microsoft.origin}/v1.0/users?$skiptoken=x` } };
    };
    const members: { id: string; type: string }[] = [];
    for await (const page of graph.members(EVERYBODY)) members.push(...page.members);
    expect(members).toMatchObject([
      { id: 'p1', type: 'user' },
      { id: 'p2', type: 'user' },
    ]);
    expect(microsoft.graphRequests[0]?.url).toMatch(/^\/v1\.0\/users\?\$top=999&\$select=id,userPrincipalName,/);
    expect(await graph.memberCount(EVERYBODY)).toBe(2);
  });
});
