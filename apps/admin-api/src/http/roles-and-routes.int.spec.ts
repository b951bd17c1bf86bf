import { randomUUID } from 'node:crypto';
import { Get, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, hasPermission, permissions, roles, type Actor, type Role } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { publishedRoutes, type PublishedRoute } from '../../testing/published-routes.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';
import { AdminApiModule, apiControllers } from '../admin-api.module.js';
import { AdminController } from './admin-controller.decorator.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let routes: PublishedRoute[];
const sessions = new Map<Role, Record<string, string>>();

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  routes = await publishedRoutes(api);
  for (const role of roles) sessions.set(role, await api.signIn(await makeOrganisation(database.db, role)));
});
afterAll(() => api.stop());

/** Every route as the controllers declare it: what Nest serves, not a list that could be forgotten. */
const declared: string[] = apiControllers.flatMap((controller) => {
  const prefix = String(Reflect.getMetadata(PATH_METADATA, controller));
  const handlers = Object.getOwnPropertyNames(controller.prototype).map(
    (name) => (controller.prototype as unknown as Record<string, object>)[name]!,
  );
  return handlers.flatMap((handler) => {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const path = `/${prefix}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`.replace(/\/+/g, '/').replace(/\/$/, '');
    return [`${RequestMethod[method]} ${path.replaceAll(/:(\w+)/g, '{$1}')}`];
  });
});
const nameOf = ({ method, path }: PublishedRoute) => `${method} ${path}`;
const withIds = (path: string) => path.replaceAll(/\{\w+\}/g, () => randomUUID());

/** Asserts of every route, and names the one for which it does not hold. */
async function ofEach(some: readonly PublishedRoute[], check: (route: PublishedRoute) => Promise<unknown>, expected: unknown) {
  for (const route of some) expect([nameOf(route), await check(route)]).toEqual([nameOf(route), expected]);
}

describe('every route of the API', () => {
  it('is published, each with its permission', () => {
    expect(routes.map(nameOf).toSorted()).toEqual(declared.toSorted());
    for (const route of routes) expect([nameOf(route), permissions.includes(route.permission!)]).toEqual([nameOf(route), true]);
  });

  it('stands in docs/rights.md with the roles that may use it (write it anew with vitest -u)', async () => {
    const heading = ['route', ...roles].join(' | ');
    const rows = routes
      .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
      .map((route) => {
        const may = roles.map((role) => (hasPermission(role, route.permission!) ? 'yes' : '–'));
        return `| \`${route.method} ${route.path.replace('/api/v1', '')}\` | ${may.join(' | ')} | \`${route.permission!}\` |`;
      });
    const page = [
      '# Who may call what',
      '',
      'Made from the OpenAPI document by a test, which also tries every cell; below `/api/v1`.',
      '',
      `| ${heading} | permission |`,
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../../docs/rights.md');
  });

  it('answers 401 without a token, and to a wrong one', async () => {
    const wrong: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic YTpi' },
      { cookie: 'rollcall_session=a.b' },
    ];
    for (const headers of wrong) {
      const answerTo = async ({ method, path }: PublishedRoute) => {
        const { status, body } = await api.call(method, withIds(path), { as: 'nobody', headers });
        return [status, body['code']];
      };
      await ofEach(routes, answerTo, [401, 'UNAUTHENTICATED']);
    }
  });

  it.each(roles)('is open to %s exactly where the role holds its permission', async (role) => {
    const headers = sessions.get(role)!;
    // The stream of events stays open where it is allowed; events.int.spec.ts tries it.
    const tried = routes.filter(({ path, permission }) => !path.endsWith('/events') || !hasPermission(role, permission!));
    const isRight = async ({ method, path, permission }: PublishedRoute) => {
      const { status } = await api.call(method, withIds(path), { headers, ...(method === 'GET' ? {} : { body: {} }) });
      return (status === 403) === !hasPermission(role, permission!);
    };
    await ofEach(tried, isRight, true);
  });

  it('is denied to everybody where it names no permission', async () => {
    @AdminController('forgotten')
    class Forgotten {
      @Get()
      open(): string {
        return 'open';
      }
    }
    const module = await Test.createTestingModule({
      imports: [{ ...AdminApiModule.register(api.services), controllers: [Forgotten] }],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const headers = { authorization: `Bearer ${api.services.adminToken}` };
    const answer = await app.inject({ method: 'GET', url: '/api/v1/forgotten', headers });
    expect(answer.statusCode).toBe(403);
    await app.close();
  });

  it('holds unsafe requests with a session to pages of our own origin', async () => {
    const { cookie, host, origin } = sessions.get('superAdmin') as { cookie: string; host: string; origin: string };
    const statusWith = async (headers: Record<string, string>) =>
      (await api.call('POST', 'connections', { body: {}, headers })).status;
    expect(await statusWith({ cookie, host, origin })).toBe(400);
    expect(await statusWith({ cookie, host, 'sec-fetch-site': 'same-origin' })).toBe(400);
    const unsafe = routes.filter(({ method }) => method !== 'GET');
    const foreigners: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, {}];
    for (const foreign of foreigners) {
      const answerTo = async ({ method, path }: PublishedRoute) =>
        (await api.call(method, withIds(path), { body: {}, headers: { cookie, host, ...foreign } })).status;
      await ofEach(unsafe, answerTo, 403);
    }
  });

  it('takes a role change at once, since a session holds the member', async () => {
    const actor: Actor = await makeOrganisation(database.db, 'itAdmin');
    const headers = await api.signIn(actor);
    expect((await api.call('POST', 'connections', { body: {}, headers })).status).toBe(400);
    await database.db.query(`UPDATE connections.members SET role = 'viewer' WHERE id = $1`, [actor.id]);
    expect((await api.call('POST', 'connections', { body: {}, headers })).status).toBe(403);
  });
});
