import { describe, expect, test } from 'vitest';
import { failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError } from '../../testing/scripted-microsoft.js';

const wanted = {
  resource: '/groups',
  notificationUrl: 'https://hook.example/n?k=1',
  lifecycleNotificationUrl: 'https://hook.example/l?k=1',
  expiresAt: new Date('2026-05-20T11:00:00Z'),
  clientState: 'random',
};
const kept = {
  id: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
  resource: '/groups',
  changeType: 'updated,deleted',
  notificationUrl: wanted.notificationUrl,
  lifecycleNotificationUrl: wanted.lifecycleNotificationUrl,
  clientState: null,
  expirationDateTime: '2026-05-20T11:00:00.0000000Z',
  applicationId: 'app',
  notificationQueryOptions: null,
};
const read = { ...wanted, id: kept.id, changeType: kept.changeType, clientState: null, applicationId: 'app' };

describe('subscriptions', () => {
  test('are created for updates and deletions', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ status: 201, json: { ...kept, clientState: 'random' } });
    expect(await graph.subscriptions.create(wanted)).toEqual({ ...read, clientState: 'random' });
    const { expiresAt, ...fields } = wanted;
    expect(JSON.parse(microsoft.graphRequests[0]?.body ?? '')).toEqual({
      ...fields,
      changeType: 'updated,deleted',
      expirationDateTime: expiresAt.toISOString(),
    });
  });

  test('are renewed, listed over pages, and read', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) =>
      url.endsWith('/subscriptions')
        ? { json: { value: [kept], '@odata.nextLink': `${microsoft.origin}/v1.0/subscriptions?$skiptoken=2` } }
        : url.includes('skiptoken')
          ? { json: { value: [kept] } }
          : { json: kept };
    expect(await graph.subscriptions.renew(kept.id, wanted.expiresAt)).toEqual(read);
    expect(microsoft.graphRequests[0]).toMatchObject({
      method: 'PATCH',
      body: '{"expirationDateTime":"2026-05-20T11:00:00.000Z"}',
    });
    expect(await graph.subscriptions.list()).toEqual([read, read]);
    expect(await graph.subscriptions.get(kept.id)).toEqual(read);
  });

  test('are reauthorised with an empty request', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ status: 204, json: undefined });
    await graph.subscriptions.reauthorize(kept.id);
    expect(microsoft.graphRequests[0]).toMatchObject({
      method: 'POST',
      url: `/v1.0/subscriptions/${kept.id}/reauthorize`,
      body: '',
    });
    expect(microsoft.graphRequests[0]?.headers['content-type']).toBeUndefined();
  });

  test('that are gone are told apart from errors', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => graphError(404, 'ResourceNotFound', 'The object was not found.');
    expect(await graph.subscriptions.remove(kept.id)).toBe(false);
    expect(await graph.subscriptions.get(kept.id)).toBeNull();
    expect(await failureOf(graph.subscriptions.renew(kept.id, wanted.expiresAt))).toMatchObject({
      code: 'SUBSCRIPTION_NOT_FOUND',
    });
    expect(await failureOf(graph.subscriptions.reauthorize(kept.id))).toMatchObject({ code: 'SUBSCRIPTION_NOT_FOUND' });
    microsoft.onGraph = () => ({ status: 204, json: undefined });
    expect(await graph.subscriptions.remove(kept.id)).toBe(true);
    microsoft.onGraph = () => graphError(500, '', '');
    expect(await failureOf(graph.subscriptions.remove(kept.id))).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test.each([
    ['/groups', 'Group.Read.All'],
    ['/groups/abc', 'Group.Read.All'],
    ['/users', 'User.Read.All'],
    ['users/abc', 'User.Read.All'],
  ])('a refusal on %s names %s', async (resource, permission) => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () =>
      graphError(403, 'ExtensionError', 'Operation: Create; Exception: [Status Code: Forbidden; Reason: Access denied]');
    expect(await failureOf(graph.subscriptions.create({ ...wanted, resource }))).toMatchObject({
      code: 'CONSENT_MISSING',
      permission,
    });
  });
});
