import { describe, expect, test } from 'vitest';
import { collect, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError } from '../../testing/scripted-microsoft.js';

const GROUP = '02bd9fd6-0000-0000-0000-000000000001';

describe('a delta chain of groups', () => {
  test('starts at "now" with members selected and the ids in the filter', async () => {
    const { graph, microsoft } = await scriptedClient();
    const deltaLink = `${microsoft.origin}/v1.0/groups/delta?$deltatoken=now`;
    microsoft.onGraph = () => ({ json: { value: [], '@odata.deltaLink': deltaLink } });
    expect(await graph.groupsDeltaLatest([GROUP, 'b'])).toEqual({ deltaLink });
    const query = new URL(microsoft.graphRequests[0]?.url ?? '', microsoft.origin).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      $select: 'displayName,members',
      $filter: `id eq '${GROUP}' or id eq 'b'`,
      $deltatoken: 'latest',
    });
  });

  test('takes at most 50 groups', async () => {
    const { graph, microsoft } = await scriptedClient();
    await expect(graph.groupsDeltaLatest(Array.from({ length: 51 }, String))).rejects.toThrow(RangeError);
    await expect(graph.groupsDeltaLatest([])).rejects.toThrow(RangeError);
    expect(microsoft.graphRequests).toHaveLength(0);
  });

  test('a round brings slices, removals and the new link, in the order in which Graph said them', async () => {
    const { graph, microsoft } = await scriptedClient();
    const user = '#microsoft.graph.user';
    const next = `${microsoft.origin}/v1.0/groups/microsoft.graph.delta?$skiptoken=2`;
    const link = `${microsoft.origin}/v1.0/groups/delta()?$deltatoken=1`;
    microsoft.onGraph = ({ url }) =>
      url.includes('deltatoken')
        ? {
            json: {
              value: [
                { id: GROUP, displayName: 'Staff', 'members@delta': [{ '@odata.type': user, id: 'A' }] },
                { id: 'g2', '@removed': { reason: 'changed' } },
              ],
              '@odata.nextLink': next,
            },
          }
        : {
            json: {
              value: [
                {
                  id: GROUP,
                  'members@delta': [
                    { '@odata.type': user, id: 'A', '@removed': { reason: 'deleted' } },
                    { id: 'd', '@removed': 'deleted' },
                  ],
                },
                { id: 'g3', displayName: null, '@removed': { reason: 'deleted' } },
              ],
              '@odata.deltaLink': `${microsoft.origin}/v1.0/new`,
            },
          };
    expect(await collect(graph.groupsDeltaRound(link))).toEqual([
      {
        index: 0,
        nextLink: next,
        deltaLink: null,
        groups: [
          { id: GROUP, displayName: 'Staff', members: [{ id: 'a', type: 'user', removed: false }] },
          { id: 'g2', removed: 'changed', members: [] },
        ],
      },
      {
        index: 1,
        nextLink: null,
        deltaLink: `${microsoft.origin}/v1.0/new`,
        groups: [
          {
            id: GROUP,
            members: [
              { id: 'a', type: 'user', removed: true },
              { id: 'd', type: 'unknown', removed: true },
            ],
          },
          { id: 'g3', removed: 'deleted', displayName: null, members: [] },
        ],
      },
    ]);
  });

  test.each<[string, object]>([
    ['without any link', { value: [] }],
    ['with both links', { value: [], '@odata.nextLink': 'https://x/1', '@odata.deltaLink': 'https://x/2' }],
  ])('a page %s is an error, not the end of a round', async (_name, json) => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json });
    const round = collect(graph.groupsDeltaRound(`${microsoft.origin}/v1.0/groups/delta?$deltatoken=1`));
    expect(await failureOf(round)).toMatchObject({ code: 'GRAPH_ANSWER_INVALID' });
  });

  test.each([
    ['400 syncStateNotFound', 400, 'syncStateNotFound'],
    ['410 resyncRequired', 410, 'resyncRequired'],
    ['404 SyncStateNotFound', 404, 'SyncStateNotFound'],
    ['400 Badly formed token', 400, 'Request_BadRequest'],
  ])('%s means that the link has expired', async (_name, status, code) => {
    const { graph, microsoft } = await scriptedClient();
    const location = `${microsoft.origin}/v1.0/groups/delta?$deltatoken=`;
    microsoft.onGraph = () => graphError(status, code, 'resync', { Location: location });
    const round = collect(graph.groupsDeltaRound(`${microsoft.origin}/v1.0/groups/delta?$deltatoken=1`));
    expect(await failureOf(round)).toMatchObject({ code: 'DELTA_EXPIRED', location });
  });
});

test('a delta link to another host is refused before anybody can store it', async () => {
  const { graph, microsoft } = await scriptedClient();
  microsoft.onGraph = () => ({ json: { value: [{ id: 'u1' }], '@odata.deltaLink': 'https://evil.example/v1.0/users/delta' } });
  expect(await failureOf(graph.usersDeltaLatest())).toMatchObject({ code: 'FOREIGN_LINK' });
});

describe('a delta chain of users', () => {
  test('tells what was reported and nothing else', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: {
        value: [
          { id: 'U1', accountEnabled: false },
          { id: 'u2', '@removed': { reason: 'changed' } },
          { id: 'u3', mail: null, otherMails: [] },
        ],
        '@odata.deltaLink': `${microsoft.origin}/v1.0/new`,
      },
    });
    const [page] = await collect(graph.usersDeltaRound(`${microsoft.origin}/v1.0/users/delta?$deltatoken=1`));
    expect(page?.users).toEqual([
      { id: 'u1', attributes: { accountEnabled: false } },
      { id: 'u2', removed: 'changed', attributes: {} },
      { id: 'u3', attributes: { mail: null, otherMails: [] } },
    ]);
  });

  test('a server that lists people in spite of "latest" is followed to its link', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) =>
      url.includes('latest')
        ? { json: { value: [{ id: 'u1' }], '@odata.nextLink': `${microsoft.origin}/v1.0/users/delta?$skiptoken=2` } }
        : { json: { value: [], '@odata.deltaLink': `${microsoft.origin}/v1.0/now` } };
    expect(await graph.usersDeltaLatest(['mail'])).toEqual({ deltaLink: `${microsoft.origin}/v1.0/now` });
    expect(microsoft.graphRequests[0]?.url).toContain('$select=id,userPrincipalName,mail&');
  });
});
