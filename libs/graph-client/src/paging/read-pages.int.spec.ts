import { describe, expect, test } from 'vitest';
import { collect, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError, type Script } from '../../testing/scripted-microsoft.js';

const GROUP = '02bd9fd6-0000-0000-0000-000000000001';
const person = (id: string) => ({
  '@odata.type': '#microsoft.graph.user',
  id,
  userPrincipalName: `${id}@contoso.example`,
  mail: null,
});

describe('the members of a group', () => {
  test('come page by page, over empty pages, with links sent exactly as they came', async () => {
    const { graph, microsoft } = await scriptedClient();
    const path = `/v1.0/groups/${GROUP}/members`;
    const links: [string, string] = [
      `${path}?$skiptoken=b%2Fc=&odd=1&$select=id&odd=2`,
      `${path}?%24skiptoken=https://x&$top=999`,
    ];
    const pages: Record<string, object> = {
      [`${path}?$top=999&$select=id,userPrincipalName,displayName,givenName,surname,mail,otherMails,accountEnabled,userType`]: {
        value: [person('a'), person('b')],
        '@odata.nextLink': microsoft.origin + links[0],
      },
      [links[0]]: { value: [], '@odata.nextLink': microsoft.origin + links[1] },
      [links[1]]: { value: [person('c')] },
    };
    microsoft.onGraph = ({ url }) => ({ json: pages[url] });
    const read = await collect(graph.members(GROUP));
    expect(microsoft.graphRequests.map((request) => request.url)).toEqual(Object.keys(pages));
    expect(read.map((page) => [page.index, page.members.map((member) => member.id), page.nextLink])).toEqual([
      [0, ['a', 'b'], microsoft.origin + links[0]],
      [1, [], microsoft.origin + links[1]],
      [2, ['c'], null],
    ]);
  });

  test('go on at a stored link', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: { value: [person('z')] } });
    const read = await collect(graph.members(GROUP, { resumeLink: `${microsoft.origin}/v1.0/next?$skiptoken=9` }));
    expect(read).toHaveLength(1);
    expect(microsoft.graphRequests[0]?.url).toBe('/v1.0/next?$skiptoken=9');
  });

  const fourOhFour: Script = () => graphError(404, 'Request_ResourceNotFound', 'gone');
  test.each<[string, (origin: string) => Script, string]>([
    [
      'a link to another host',
      () => () => ({ json: { value: [person('a')], '@odata.nextLink': 'https://evil.example/v1.0/x' } }),
      'FOREIGN_LINK',
    ],
    [
      'a link to itself',
      (origin) => () => ({ json: { value: [person('a')], '@odata.nextLink': `${origin}/v1.0/again` } }),
      'GRAPH_ANSWER_INVALID',
    ],
    [
      'a second page of another shape',
      (origin) =>
        ({ url }) => ({
          json: url.includes('$top') ? { value: [person('a')], '@odata.nextLink': `${origin}/v1.0/2` } : { nothing: true },
        }),
      'GRAPH_ANSWER_INVALID',
    ],
    [
      'a second page that is not found',
      (origin) => async (request) =>
        request.url.includes('$top')
          ? { json: { value: [person('a')], '@odata.nextLink': `${origin}/v1.0/2` } }
          : fourOhFour(request),
      'GROUP_NOT_FOUND',
    ],
    [
      'an expired link',
      (origin) =>
        ({ url }) =>
          url.includes('$top')
            ? { json: { value: [person('a')], '@odata.nextLink': `${origin}/v1.0/2` } }
            : graphError(400, 'Directory_ExpiredPageToken', 'expired'),
      'PAGE_LINK_EXPIRED',
    ],
  ])('%s ends the enumeration with an error, not with an end (invariant 4)', async (_name, script, code) => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = script(microsoft.origin);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const page of graph.members(GROUP)) seen.push(page.members.length);
    })();
    expect(await failureOf(reading)).toMatchObject({ code });
    expect(seen).toEqual(code === 'FOREIGN_LINK' ? [] : expect.arrayContaining([1]));
  });

  test('a stored link to another host is refused before any request', async () => {
    const { graph, microsoft } = await scriptedClient();
    expect(await failureOf(collect(graph.members(GROUP, { resumeLink: 'https://evil.example/v1.0/x' })))).toMatchObject({
      code: 'FOREIGN_LINK',
    });
    expect(microsoft.graphRequests).toHaveLength(0);
    expect(microsoft.tokenRequests).toHaveLength(0);
  });

  test('unreadable people are flagged, and the next call takes a token that may know of new consent', async () => {
    const { graph, microsoft, pass } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: { value: [{ '@odata.type': '#microsoft.graph.user', id: 'a', userPrincipalName: null, mail: null }] },
    });
    pass(0);
    await graph.token();
    pass(31_000);
    const [page] = await collect(graph.members(GROUP));
    expect(page?.members).toEqual([{ id: 'a', type: 'user', unreadable: true, attributes: {} }]);
    await collect(graph.members(GROUP));
    expect(microsoft.tokenRequests).toHaveLength(2);
  });
});

describe('names and filters in addresses', () => {
  test('are encoded, with quotes doubled', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: { value: [] } });
    await graph.groupsByName("R&D #1 d'Or +100% / ?");
    const query = new URL(microsoft.graphRequests[0]?.url ?? '', microsoft.origin).searchParams;
    expect(query.get('$filter')).toBe("displayName eq 'R&D #1 d''Or +100% / ?'");
    await collect(graph.users({ filter: "department eq 'A&B' and startsWith(mail,'x+y')" }));
    expect(new URL(microsoft.graphRequests[1]?.url ?? '', microsoft.origin).searchParams.get('$filter')).toBe(
      "department eq 'A&B' and startsWith(mail,'x+y')",
    );
  });

  test('a wrong filter says so', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => graphError(400, 'BadRequest', 'Invalid filter clause: unterminated string');
    expect(await failureOf(collect(graph.users({ filter: "mail eq 'x" })))).toMatchObject({ code: 'FILTER_INVALID' });
  });

  test('a group of exactly that name is preferred to those that differ in case', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: {
        value: [
          { id: 'a', displayName: 'STAFF' },
          { id: 'b', displayName: 'Staff' },
        ],
      },
    });
    expect((await graph.groupsByName('Staff')).map((group) => group.id)).toEqual(['b']);
    expect((await graph.groupsByName('staff')).map((group) => group.id)).toEqual(['a', 'b']);
  });
});
