import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_ORGANISATION_ID, WebhookKeys } from '#connections';
import { withDatabase } from '#database/testing';
import { redecideConnection } from '#people';
import { directorySays } from '../../testing/directory-says.js';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';
import { peopleTools } from '../people-tools.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.tenant.secret = 'the-right-secret';
  api.tenant.groups.length = 0;
});

const create = (overrides: Record<string, unknown> = {}) => connect(api, overrides);

describe('enable, pause and delete', () => {
  it('start, stop and resume live sync; a repetition changes nothing', async () => {
    const { id } = await create();
    for (const [step, state] of [
      ['enable', 'enabled'],
      ['enable', 'enabled'],
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['enable', 'enabled'],
    ]) {
      const { status, body } = await api.call('POST', `connections/${id}/${step}`);
      expect([status, body['state']]).toEqual([200, state]);
    }
    const never = await create();
    expect((await api.call('POST', `connections/${never.id}/pause`)).body).toMatchObject({ status: 409, code: 'CONFLICT' });
  });

  it('does not enable what does not work, and says why', async () => {
    const { id } = await create({ scope: { mode: 'groups', groups: [randomUUID()] } });
    expect((await api.call('POST', `connections/${id}/enable`)).body).toMatchObject({ status: 422, code: 'GROUP_NOT_FOUND' });
    api.tenant.secret = 'rotated elsewhere';
    expect((await api.call('POST', `connections/${id}/enable`)).body).toMatchObject({ code: 'SECRET_INVALID' });
    const { body } = await api.call('GET', `connections/${id}`);
    expect(body).toMatchObject({ state: 'created', credential: { problem: { code: 'SECRET_INVALID' } } });
  });

  it('accepts a POST that names a JSON body and has none', async () => {
    const { id } = await create();
    const { status } = await api.call('POST', `connections/${id}/enable`, {
      headers: { 'content-type': 'application/json', 'content-length': '0' },
    });
    expect(status).toBe(200);
  });

  it('ends our subscriptions at Graph, and nobody else’s, then forgets the secret', async () => {
    const { id } = await create({ enabled: true });
    const keys = new WebhookKeys(api.services.secretBox.keys);
    api.tenant.subscriptions.push(
      { id: 'ours', notificationUrl: `https://rollcall.example/webhooks/graph/notifications?k=${keys.keyOf(id)}` },
      { id: 'theirs', notificationUrl: 'https://elsewhere.example/hook' },
      {
        id: 'of another',
        notificationUrl: `https://rollcall.example/webhooks/graph/notifications?k=${keys.keyOf(randomUUID())}`,
      },
    );
    const { status, body } = await api.call('DELETE', `connections/${id}`);
    expect([status, body['state']]).toEqual([200, 'disconnected']);
    expect(api.tenant.subscriptions.map((subscription) => subscription.id)).toEqual(['theirs', 'of another']);
    expect((await api.call('POST', `connections/${id}/enable`)).body).toMatchObject({ code: 'CONFLICT' });
  });

  it('keeps the accounts, or takes them along through the guard, and finds the same people again when connected anew', async () => {
    const joined = async (people: number) => {
      const [tenantId, groupId] = [randomUUID(), api.tenant.addGroup('Staff')];
      const scope = { mode: 'groups', groups: [groupId] };
      const { id: connectionId } = await create({ tenantId, scope, enabled: true });
      const members = Array.from({ length: people }, () => ({ id: randomUUID() }));
      await directorySays(api.services, { connectionId, groupId }, members);
      // Provisioning decides anew when rules or state changed.
      const again = async () => {
        await create({ tenantId, scope, enabled: true });
        const anew = { organisationId: FIRST_ORGANISATION_ID, connectionId, cause: { kind: 'settings', id: 'test' } } as const;
        await database.db.transaction((tx) => redecideConnection(tx, peopleTools(api.services), anew));
      };
      return { connectionId, again };
    };
    const statuses = async (connectionId: string) =>
      (await api.call('GET', `accounts?connectionId=${connectionId}`)).body.items!.map(({ status }) => status);

    const { connectionId: kept, again } = await joined(2);
    await api.call('DELETE', `connections/${kept}`);
    expect(await statuses(kept)).toEqual(['inactive', 'inactive']);
    await again();
    expect(await statuses(kept)).toEqual(['inactive', 'inactive']);

    const { connectionId: small, again: reconnect } = await joined(2);
    const ended = await api.call('DELETE', `connections/${small}?deactivateAccounts=true`);
    expect([ended.status, ended.body['state'], await statuses(small)]).toEqual([
      200,
      'disconnected',
      ['deactivated', 'deactivated'],
    ]);

    await reconnect();
    expect(await statuses(small)).toEqual(['inactive', 'inactive']);

    const { connectionId: large } = await joined(3);
    await api.call('DELETE', `connections/${large}?deactivateAccounts=true`);
    expect(await statuses(large)).toEqual(['inactive', 'inactive', 'inactive']);
    const held = await api.call('GET', `held-changes?connectionId=${large}`);
    expect(held.body.items!.map(({ reason }) => (reason as { code: string }).code)).toEqual(Array(3).fill('GUARD_WOULD_EMPTY'));
    await api.call('POST', 'held-changes/release', { body: { connectionId: large } });
    expect(await statuses(large)).toEqual(['deactivated', 'deactivated', 'deactivated']);
  });

  it('disconnects a tenant that cannot be reached any more', async () => {
    const { id } = await create({ enabled: true });
    api.tenant.secret = 'rotated elsewhere';
    expect((await api.call('DELETE', `connections/${id}`)).body).toMatchObject({ state: 'disconnected' });
  });
});
