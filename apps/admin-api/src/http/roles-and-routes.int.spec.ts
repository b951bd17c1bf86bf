import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, hasPermission, permissions, roles, type Actor, type Permission, type Role } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';
import { apiControllers } from '../admin-api.module.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
const sessions = new Map<Role, Record<string, string>>();

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  for (const role of roles) sessions.set(role, await api.signIn(await makeOrganisation(database.db, role)));
});
afterAll(() => api.stop());

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly permission: Permission | undefined;
}

/** Every route as the controllers declare it: what Nest serves, not a list that could be forgotten. */
const routes: Route[] = apiControllers.flatMap((controller) => {
  const prefix = String(Reflect.getMetadata(PATH_METADATA, controller));
  const handlers = Object.getOwnPropertyNames(controller.prototype).map(
    (name) => (controller.prototype as unknown as Record<string, object>)[name]!,
  );
  return handlers.flatMap((handler) => {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const path = `/${prefix}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`.replace(/\/+/g, '/').replace(/\/$/, '');
    const permission = Reflect.getMetadata('rollcall:permission', handler) as Permission | undefined;
    return [{ method: RequestMethod[method] as Route['method'], path, permission }];
  });
});
const withIds = (path: string) => path.replaceAll(/:\w+/g, () => randomUUID());

describe('every route of the API', () => {
  it.each(routes)('$method $path names its permission', ({ permission }) => {
    expect(permissions).toContain(permission);
  });

  it.each(routes)('$method $path answers 401 without a token, and to a wrong one', async ({ method, path }) => {
    const wrong: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic YTpi' },
      { cookie: 'rollcall_session=a.b' },
    ];
    for (const headers of wrong) {
      const { status, body } = await api.call(method, withIds(path), { as: 'nobody', headers });
      expect([status, body['code']]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  it.each(routes.filter(({ path }) => !path.endsWith('/events')))(
    '$method $path is open to exactly the roles that hold $permission',
    async (route) => {
      for (const role of roles) {
        const headers = sessions.get(role)!;
        const { status } = await api.call(route.method, withIds(route.path), {
          headers,
          ...(route.method === 'GET' ? {} : { body: {} }),
        });
        expect([role, status === 403]).toEqual([role, !hasPermission(role, route.permission!)]);
      }
    },
  );

  it('holds unsafe requests with a session to pages of our own origin', async () => {
    const session = sessions.get('superAdmin')!;
    const send = async (headers: Record<string, string>) => (await api.call('POST', 'connections', { body: {}, headers })).status;
    const { cookie, host, origin } = session as { cookie: string; host: string; origin: string };
    expect(await send({ cookie, host, origin })).toBe(400);
    expect(await send({ cookie, host, origin: 'https://evil.example' })).toBe(403);
    expect(await send({ cookie, host, origin: 'null' })).toBe(403);
    expect(await send({ cookie, host })).toBe(403);
    expect(await send({ cookie, host, 'sec-fetch-site': 'same-origin' })).toBe(400);
  });

  it('takes a role change at once, since a session holds the member', async () => {
    const actor: Actor = await makeOrganisation(database.db, 'itAdmin');
    const headers = await api.signIn(actor);
    expect((await api.call('POST', 'connections', { body: {}, headers })).status).toBe(400);
    await database.db.query(`UPDATE connections.members SET role = 'viewer' WHERE id = $1`, [actor.id]);
    expect((await api.call('POST', 'connections', { body: {}, headers })).status).toBe(403);
  });
});
