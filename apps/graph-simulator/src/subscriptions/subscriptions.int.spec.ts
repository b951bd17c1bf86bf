import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, itemsOf, type Answer, type Item } from '../../testing/graph-caller.js';
import { WebhookReceiver } from '../../testing/webhook-receiver.js';

const MINUTE_MS = 60_000;
const within = { timeout: 5_000, interval: 20 };

describe('subscriptions', () => {
  let graph: GraphCaller;
  let hook: WebhookReceiver;
  let group: string;
  beforeEach(async () => {
    graph = await GraphCaller.start();
    hook = await WebhookReceiver.start();
    group = graph.idOf('Rollcall Users');
  });
  afterEach(async () => {
    await graph.stop();
    await hook.stop();
  });

  const create = (overrides: Item = {}): Promise<Answer> =>
    graph.call('POST', '/subscriptions', {
      body: {
        changeType: 'updated,deleted',
        notificationUrl: hook.url,
        lifecycleNotificationUrl: hook.url,
        resource: `/groups/${group}`,
        expirationDateTime: new Date(graph.simulator.control.now().getTime() + 60 * MINUTE_MS).toISOString(),
        clientState: 'secret',
        ...overrides,
      },
    });
  const messageOf = (answer: Answer): unknown => [answer.status, errorOf(answer)['message']];

  it('are made after a handshake with both URLs', async () => {
    const answer = await create();
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      resource: `/groups/${group}`,
      applicationId: graph.simulator.clientId,
      clientState: 'secret',
      notificationUrl: hook.url,
      latestSupportedTlsVersion: 'v1_2',
      includeResourceData: null,
    });
    expect(hook.handshakes).toBe(2);
    hook.echoes = false;
    expect(messageOf(await create({ resource: '/users' }))).toEqual([
      400,
      'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
    ]);
  });

  it('hide their clientState in the list, and are gone after they expire', async () => {
    const { json } = await create({ expirationDateTime: new Date(0).toISOString() });
    expect(itemsOf(await graph.get('/subscriptions'))).toEqual([expect.objectContaining({ id: json['id'], clientState: null })]);
    const raised = Date.parse(String(json['expirationDateTime'])) - graph.simulator.control.now().getTime();
    expect(raised).toBeGreaterThan(44 * MINUTE_MS);
    graph.simulator.control.advanceClock(46 * MINUTE_MS);
    expect(itemsOf(await graph.get('/subscriptions'))).toEqual([]);
    expect(
      (
        await graph.call('PATCH', `/subscriptions/${String(json['id'])}`, {
          body: { expirationDateTime: new Date().toISOString() },
        })
      ).status,
    ).toBe(404);
  });

  it('are refused where Graph refuses them', async () => {
    const far = new Date(graph.simulator.control.now().getTime() + 41_800 * MINUTE_MS).toISOString();
    expect(messageOf(await create({ expirationDateTime: far }))).toEqual([
      400,
      'Subscription expiration can only be 41760 minutes in the future.',
    ]);
    expect((await create({ notificationUrl: 'http://hook.example/' })).status).toBe(400);
    expect((await create({ includeResourceData: true })).status).toBe(400);
    expect((await create({ resource: '/me/messages' })).status).toBe(400);
    expect((await create({ clientstate: 'miscased' })).status).toBe(400);
    expect((await create({ expirationDateTime: undefined })).status).toBe(400);
    const { json } = await create();
    expect(messageOf(await create({ changeType: 'deleted,updated' }))).toEqual([
      409,
      `Subscription Id <${String(json['id'])}> already exists for the requested combination`,
    ]);
    graph.simulator.control.setConsent(['GroupMember.Read.All', 'User.Read.All']);
    graph.dropToken();
    expect((await create({ resource: '/groups' })).status).toBe(403);
  });

  it('stop at a hundred for one application', async () => {
    const { control } = graph.simulator;
    for (let index = 0; index < 100; index++) {
      const id = control.createGroup(`Group ${index}`);
      expect((await create({ resource: `/groups/${id}`, lifecycleNotificationUrl: null })).status).toBe(201);
    }
    expect((await create()).status).toBe(403);
  });

  it('tell of members who came and went, with removed as a plain string', async () => {
    const { control, tenantId } = graph.simulator;
    const { json } = await create();
    const [leaver = ''] = control.memberIds(group);
    control.removeMember(group, leaver);
    const joiner = control.addPerson({ displayName: 'New Comer', groups: [group] });
    await expect.poll(() => hook.items.length, within).toBe(2);
    expect(hook.items[0]).toEqual({
      changeType: 'updated',
      clientState: 'secret',
      resource: `Groups/${group}`,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Group',
        '@odata.id': `Groups/${group}`,
        id: group,
        organizationId: tenantId,
        'members@delta': [{ id: leaver, '@removed': 'deleted' }],
      },
      subscriptionExpirationDateTime: expect.stringMatching(/\+00:00$/),
      subscriptionId: json['id'],
      tenantId,
    });
    expect(hook.items[1]).toMatchObject({ resourceData: { 'members@delta': [{ id: joiner }] } });
  });

  it('on /users tell a soft delete as updated and a purge as deleted', async () => {
    const { control } = graph.simulator;
    await create({ resource: '/users' });
    const user = control.addPerson({ displayName: 'Short Stay' });
    control.softDeleteUser(user);
    control.purge(user);
    await expect.poll(() => hook.items.map((item) => item['changeType']), within).toEqual(['updated', 'updated', 'deleted']);
    expect(hook.items[0]).toMatchObject({ resource: `Users/${user}` });
  });

  it('are told again until the endpoint takes it', async () => {
    graph.simulator.control.setBehaviours({ firstRetryMs: 50 });
    await create();
    hook.answer = 503;
    graph.simulator.control.addPerson({ displayName: 'Patience', groups: [group] });
    await expect.poll(() => hook.posts, within).toBeGreaterThan(1);
    hook.answer = 202;
    await expect.poll(() => hook.items.length, within).toBe(1);
  });

  it('lose, double, delay and drop notifications where faults say so', async () => {
    const { control } = graph.simulator;
    const { json } = await create();
    const [one = '', two = '', three = ''] = control.memberIds(group);
    control.setFault({ kind: 'notificationLost', times: 1 });
    control.removeMember(group, one);
    control.setFault({ kind: 'notificationDoubled', times: 1 });
    control.removeMember(group, two);
    await expect.poll(() => hook.items.length, within).toBe(2);
    expect(hook.items[1]).toEqual(hook.items[0]);
    control.setFault({ kind: 'notificationLate', ms: 10 * MINUTE_MS, times: 1 });
    control.removeMember(group, three);
    control.advanceClock(9 * MINUTE_MS);
    expect(hook.items).toHaveLength(2);
    control.advanceClock(MINUTE_MS);
    await expect.poll(() => hook.items.length, within).toBe(3);
    control.setFault({ kind: 'subscriptionVanished' });
    control.addMember(group, one);
    expect((await graph.get(`/subscriptions/${String(json['id'])}`)).status).toBe(404);
  });

  it('pause when their token has expired, ask to be reauthorised, and go on', async () => {
    const { control } = graph.simulator;
    const { json } = await create({ expirationDateTime: new Date(control.now().getTime() + 1_000 * MINUTE_MS).toISOString() });
    control.advanceClock(61 * MINUTE_MS);
    await expect.poll(() => hook.items.length, within).toBe(1);
    expect(hook.items[0]).toMatchObject({
      lifecycleEvent: 'reauthorizationRequired',
      subscriptionId: json['id'],
      clientState: 'secret',
    });
    control.addPerson({ displayName: 'Held Back', groups: [group] });
    graph.dropToken();
    const reauthorized = await graph.call('POST', `/subscriptions/${String(json['id'])}/reauthorize`);
    expect([reauthorized.status, reauthorized.text]).toEqual([204, '']);
    await expect.poll(() => hook.items.filter((item) => item['changeType'] === 'updated').length, within).toBe(1);
  });
});
