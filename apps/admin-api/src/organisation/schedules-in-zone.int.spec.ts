import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { withDatabase } from '#database/testing';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

const scheduleOf = async (id: string) => {
  const { body } = await api.call('GET', `connections/${id}`);
  return (body['settings'] as { trigger: { fullSync: unknown } }).trigger.fullSync;
};

it("runs go nightly by the organisation's clock: UTC until its zone is set, then that one; a zone of their own stays", async () => {
  const first = await connect(api);
  const own = await connect(api, { settings: { trigger: { fullSync: { at: '03:00', zone: 'Asia/Tokyo' } } } });
  expect(await scheduleOf(first.id)).toEqual({ at: '02:00', zone: 'UTC' });
  await api.call('PATCH', 'organisation', { body: { timeZone: 'Europe/Rome' } });
  expect(await scheduleOf(first.id)).toEqual({ at: '02:00', zone: 'Europe/Rome' });
  expect(await scheduleOf(own.id)).toEqual({ at: '03:00', zone: 'Asia/Tokyo' });
  const second = await connect(api);
  expect(await scheduleOf(second.id)).toEqual({ at: '02:00', zone: 'Europe/Rome' });
  const { body } = await api.call('GET', 'audit');
  expect(JSON.stringify(body)).toContain('Europe/Rome');
});

it('a schedule that names no zone is in that one too', async () => {
  await api.call('PATCH', 'organisation', { body: { timeZone: 'Europe/Rome' } });
  const { id } = await connect(api, { settings: { trigger: { fullSync: { everyHours: 6 } } } });
  await api.call('PATCH', `connections/${id}`, { body: { settings: { trigger: { fullSync: { at: '04:00' } } } } });
  expect(await scheduleOf(id)).toEqual({ at: '04:00', zone: 'Europe/Rome' });
});
