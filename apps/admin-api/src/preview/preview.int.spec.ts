import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { EVERYBODY } from '#contracts';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { directorySays } from '../../testing/directory-says.js';
import { person } from '../../testing/fake-tenant.js';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let group: string;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  const named = (mail: string, userType = 'Member') =>
    person({ attributes: { displayName: mail, mail, userPrincipalName: mail, accountEnabled: true, userType } });
  group = api.tenant.addGroup('Staff', [
    named('adele@contoso.example'),
    named('ben@contoso.example'),
    named('g@x.example', 'Guest'),
  ]);
});
afterAll(() => api.stop());

const body = (overrides: object = {}) => ({
  tenantId: randomUUID(),
  credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'the-right-secret' },
  scope: { mode: 'groups', groups: ['Staff'] },
  ...overrides,
});

describe('POST /connections/preview', () => {
  it('tells who would come, against Entra’s own count, and stores nothing, least of all the secret', async () => {
    const { status, body: preview, text } = await api.call('POST', 'connections/preview?limit=1', { body: body() });
    expect(status).toBe(200);
    expect(preview).toMatchObject({
      groups: [{ id: group, displayName: 'Staff', inEntra: 3, members: { user: 3 }, problems: [] }],
      counts: { people: 3, create: 2, skip: 1 },
      skippedByReason: { GUEST_EXCLUDED: 1 },
      people: [{ email: 'adele@contoso.example', action: 'create', reason: null }],
      skipped: [{ action: 'skip', reason: { code: 'GUEST_EXCLUDED' } }],
      complete: true,
    });
    expect(text).not.toContain('the-right-secret');
    expect((await api.call('GET', 'connections')).body.items).toEqual([]);
    expect((await api.call('GET', 'accounts')).body.items).toEqual([]);
  });

  it('follows the settings that are being typed, and names what is wrong as saving would', async () => {
    const guests = await api.call('POST', 'connections/preview', { body: body({ settings: { include: { guests: true } } }) });
    expect(guests.body).toMatchObject({ counts: { create: 3, skip: 0 } });
    const codeOf = async (overrides: object) =>
      (await api.call('POST', 'connections/preview', { body: body(overrides) })).body['code'];
    expect(await codeOf({ scope: { mode: 'groups', groups: ['Nobody'] } })).toBe('GROUP_NOT_FOUND');
    expect(await codeOf({ settings: { include: { nested: true } } })).toBe('SETTING_NOT_AVAILABLE');
    expect(await codeOf({ scope: { mode: 'groups', groups: [EVERYBODY] } })).toBe('VALIDATION_FAILED');
    expect(await codeOf({ colour: 'red' })).toBe('VALIDATION_FAILED');
    const credential = { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'wrong' };
    expect(await codeOf({ credential })).toBe('SECRET_INVALID');
  });
});

describe('where everybody of the tenant is in scope', () => {
  it('tells who of them would come, without any group', async () => {
    const { body: preview } = await api.call('POST', 'connections/preview', { body: body({ scope: { mode: 'allUsers' } }) });
    expect(preview).toMatchObject({
      groups: [{ id: EVERYBODY, displayName: 'Everybody in the tenant', inEntra: 3, members: { user: 3 } }],
      counts: { people: 3, create: 2, skip: 1 },
      complete: true,
    });
  });
});

describe('POST /connections/{id}/preview', () => {
  it('tells of a stored connection as it would be changed, by its stored secret or by one to try', async () => {
    const { body: created } = await api.call('POST', 'connections', { body: { name: 'Contoso', ...body() } });
    const path = `connections/${String(created['id'])}/preview`;
    expect((await api.call('POST', path, { body: {} })).body).toMatchObject({ counts: { create: 2, skip: 1 } });
    const changed = { settings: { scope: { emailExclude: ['ben@'] } } };
    expect((await api.call('POST', path, { body: changed })).body).toMatchObject({
      counts: { create: 1, skip: 2 },
      skippedByReason: { EMAIL_EXCLUDED: 1 },
    });
    const wrong = await api.call('POST', path, { body: { credential: { clientSecret: 'wrong' } } });
    expect(wrong.body['code']).toBe('SECRET_INVALID');
    expect((await api.call('POST', path)).body, 'without a body').toMatchObject({ counts: { create: 2, skip: 1 } });
    const after = await api.call('GET', `connections/${String(created['id'])}`);
    expect(after.body).toMatchObject({ version: created['version'], credential: { problem: null } });
    const headers = await api.signIn(await makeOrganisation(database.db));
    expect((await api.call('POST', path, { headers, body: {} })).status).toBe(404);
  });

  it('takes the whole body of a new connection too, of the same tenant', async () => {
    const whole = { name: 'Contoso', ...body() };
    const { body: created } = await api.call('POST', 'connections', { body: whole });
    const path = `connections/${String(created['id'])}/preview`;
    const told = await api.call('POST', path, { body: { ...whole, enabled: true, cloud: 'global' } });
    expect([told.status, told.body]).toMatchObject([200, { counts: { create: 2, skip: 1 } }]);
    expect((await api.call('GET', `connections/${String(created['id'])}`)).body).toMatchObject({ state: 'created' });
    const other = await api.call('POST', path, { body: { ...whole, tenantId: randomUUID() } });
    expect(other.body).toMatchObject({ status: 400, errors: [{ field: 'tenantId' }] });
    const unknown = await api.call('POST', path, { body: { ...whole, credential: { ...whole.credential, colour: 'red' } } });
    expect(unknown.body).toMatchObject({ status: 400, errors: [{ field: 'credential.colour' }] });
  });
});

describe('the preview of a tenant that was connected before', () => {
  const joined = async (name: string) => {
    const mails = [`ada@${name}.example`, `bob@${name}.example`];
    const members = mails.map((mail) =>
      person({ attributes: { displayName: mail, mail, userPrincipalName: mail, accountEnabled: true, userType: 'Member' } }),
    );
    const groupId = api.tenant.addGroup(name, members);
    const scope = { mode: 'groups', groups: [groupId] };
    const tenantId = randomUUID();
    const { id: connectionId } = await connect(api, { tenantId, scope, enabled: true });
    await directorySays(api.services, { connectionId, groupId }, members);
    return { connectionId, again: () => api.call('POST', 'connections/preview', { body: body({ tenantId, scope }) }) };
  };

  it('finds its people, and does not take their own addresses for those of others', async () => {
    const { connectionId, again } = await joined('kept');
    await api.call('DELETE', `connections/${connectionId}`);
    expect((await again()).body).toMatchObject({ counts: { people: 2, create: 0, skip: 0, unchanged: 2 } });
  });

  it('tells that they come back where they were deactivated with it', async () => {
    const { connectionId, again } = await joined('gone');
    await api.call('DELETE', `connections/${connectionId}?deactivateAccounts=true`);
    expect((await again()).body).toMatchObject({ counts: { people: 2, skip: 0, reactivate: 2 } });
  });
});
