import { randomBytes } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createSignInCode, type Actor } from '#connections';
import { testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { NotificationListener, type Database } from '#database';
import { AdminApiModule } from '../src/admin-api.module.js';
import type { AdminApiServices } from '../src/admin-api-services.js';
import { configureAdminApi } from '../src/configure-admin-api.js';
import { FakeTenant } from './fake-tenant.js';

export interface AdminApi {
  readonly app: NestFastifyApplication;
  readonly tenant: FakeTenant;
  readonly services: AdminApiServices;
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>;
  /** Headers with which a browser of this member sends requests from our own page. */
  signIn(actor: Actor): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Without it, the bootstrap super admin's token is sent. */
  readonly as?: 'nobody';
}

export interface Answer {
  readonly status: number;
  // The shape is what the test asserts.
  readonly body: Record<string, unknown> & { readonly items?: Record<string, unknown>[] };
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

/** The API on a test database, with a tenant in memory in the place of Graph. Requests are injected: there is no port. */
export async function startAdminApi(db: Database, url: string, overrides: Partial<AdminApiServices> = {}): Promise<AdminApi> {
  const tenant = new FakeTenant();
  const adminToken = randomBytes(24).toString('hex');
  const listener = new NotificationListener(url, silentLog);
  await listener.start();
  const services: AdminApiServices = {
    db,
    listener,
    log: silentLog,
    clock: () => new Date(),
    secretBox: testSecretBox(),
    graph: tenant.clients,
    adminToken,
    publicUrl: null,
    identityProvider: null,
    simulatedTenant: null,
    settleMs: 900_000,
    ...overrides,
  };
  const module = await Test.createTestingModule({ imports: [AdminApiModule.register(services)] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await configureAdminApi(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    tenant,
    services,
    call: (method, path, options = {}) => call(app, adminToken, method, path, options),
    signIn: async (actor) => sessionHeaders(app, db, actor),
    stop: async () => {
      await app.close();
      await listener.stop();
    },
  };
}

async function call(
  app: NestFastifyApplication,
  token: string,
  method: Method,
  path: string,
  { body, headers, as }: CallOptions,
): Promise<Answer> {
  const credentials = as === 'nobody' || headers?.['cookie'] !== undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await app.inject({
    method,
    url: path.startsWith('/') ? path : `/api/v1/${path}`,
    headers: { ...credentials, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const isJson = String(response.headers['content-type']).includes('json');
  return {
    status: response.statusCode,
    body: isJson && response.body !== '' ? (JSON.parse(response.body) as Answer['body']) : {},
    headers: response.headers,
    text: response.body,
  };
}

async function sessionHeaders(app: NestFastifyApplication, db: Database, actor: Actor): Promise<Record<string, string>> {
  const now = new Date();
  const code = await createSignInCode(db, actor.id, now);
  const answer = await app.inject({ method: 'GET', url: `/sign-in?code=${code}` });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { cookie, host: 'rollcall.example', origin: 'https://rollcall.example' };
}
