import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultConnectionSettings } from '#contracts';
import {
  connectionsMigrations,
  createConnection,
  deleteConnection,
  enableConnection,
  getConnection,
  KnownConnections,
  listAudit,
  listConnections,
  openCredential,
  patchConnection,
  pauseConnection,
  quarantineConnection,
  readConnectionForDecisions,
  recoverConnection,
  systemActor,
  type Actor,
  type NewConnection,
} from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';

const database = withDatabase([messagingMigrations, connectionsMigrations]);
const secretBox = testSecretBox();

const create = (actor: Actor, input: NewConnection = buildNewConnection()) =>
  database.db.transaction((tx) => createConnection(tx, actor, input, secretBox));
const inTransaction = <Result>(work: Parameters<typeof database.db.transaction<Result>>[0]) => database.db.transaction(work);

async function publishedTypes(connectionId: string): Promise<string[]> {
  const rows = await database.db.query<{ value: Buffer }>('SELECT value FROM messaging.outbox WHERE key = $1 ORDER BY id', [
    connectionId,
  ]);
  return rows.map(({ value }) => (JSON.parse(value.toString('utf8')) as { type: string }).type);
}

describe('the life of a connection', () => {
  it('is stored switched off, with its secret sealed away from the row', async () => {
    const actor = await makeOrganisation(database.db);
    const connection = await create(actor);
    expect(connection).toMatchObject({ state: 'created', version: 1, reason: null, credential: { version: 1, code: null } });
    const rows = await database.db.query<{ dump: string }>(
      `SELECT (SELECT json_agg(c) FROM connections.connections c)::text || (SELECT json_agg(s) FROM connections.credentials s)::text
         || (SELECT json_agg(a) FROM connections.audit a)::text || (SELECT string_agg(encode(o.value, 'escape'), '') FROM messaging.outbox o) AS dump`,
    );
    expect(rows[0]!.dump).not.toContain('a-secret-of-the-tenant');
    expect((await openCredential(database.db, secretBox, connection.id)).clientSecret).toBe('a-secret-of-the-tenant');
  });

  it('writes audit entry and event in the transaction of the change', async () => {
    const actor = await makeOrganisation(database.db);
    const { id } = await create(actor);
    await inTransaction((tx) => enableConnection(tx, actor, id));
    await inTransaction((tx) => pauseConnection(tx, actor, id));
    await inTransaction((tx) => enableConnection(tx, actor, id));
    expect(await publishedTypes(id)).toEqual([
      'rollcall.connection.created',
      'rollcall.connection.enabled',
      'rollcall.connection.paused',
      'rollcall.connection.enabled',
    ]);
    const audit = await listAudit(database.db, actor.organisationId, { connectionId: id, limit: 10 });
    expect(audit.map(({ action }) => action)).toEqual([
      'connection.enable',
      'connection.pause',
      'connection.enable',
      'connection.create',
    ]);
    expect(audit[0]).toMatchObject({
      actor: { kind: 'person', id: actor.id },
      before: { state: 'paused' },
      after: { state: 'enabled' },
    });
  });

  it('takes a repeated command as done, without a second event', async () => {
    const actor = await makeOrganisation(database.db);
    const { id } = await create(actor);
    const once = await inTransaction((tx) => enableConnection(tx, actor, id));
    const twice = await inTransaction((tx) => enableConnection(tx, actor, id));
    expect(twice.version).toBe(once.version);
    expect(await publishedTypes(id)).toHaveLength(2);
  });

  it('refuses a step that the state does not allow', async () => {
    const actor = await makeOrganisation(database.db);
    const { id } = await create(actor);
    await expect(inTransaction((tx) => pauseConnection(tx, actor, id))).rejects.toMatchObject({
      code: 'CONFLICT',
      state: 'created',
    });
  });

  it('is quarantined and recovers; a repetition of the same reason only moves the next try', async () => {
    const actor = await makeOrganisation(database.db);
    const { id, organisationId } = await create(actor);
    await inTransaction((tx) => enableConnection(tx, actor, id));
    const keeper = systemActor('subscription', organisationId);
    const first = { code: 'CONSENT_MISSING', message: 'Group.Read.All is missing', nextTryAt: new Date('2026-01-01T00:01:00Z') };
    await inTransaction((tx) => quarantineConnection(tx, keeper, id, first));
    const again = await inTransaction((tx) =>
      quarantineConnection(tx, keeper, id, { ...first, nextTryAt: new Date('2026-01-01T00:05:00Z') }),
    );
    expect(again).toMatchObject({
      state: 'quarantined',
      reason: { code: 'CONSENT_MISSING' },
      nextTryAt: new Date('2026-01-01T00:05:00Z'),
    });
    expect(await isActive(id, '2026-01-01T00:04:00Z')).toBe(false);
    expect(await isActive(id, '2026-01-01T00:05:00Z')).toBe(true);
    const recovered = await inTransaction((tx) => recoverConnection(tx, keeper, id));
    expect(recovered).toMatchObject({ state: 'enabled', reason: null, nextTryAt: null });
    expect((await publishedTypes(id)).slice(2)).toEqual(['rollcall.connection.quarantined', 'rollcall.connection.recovered']);
  });

  it('leaves a paused connection paused when the keeper comes late with a quarantine', async () => {
    const actor = await makeOrganisation(database.db);
    const { id, organisationId } = await create(actor);
    await inTransaction((tx) => enableConnection(tx, actor, id));
    await inTransaction((tx) => pauseConnection(tx, actor, id));
    const late = await inTransaction((tx) =>
      quarantineConnection(tx, systemActor('subscription', organisationId), id, {
        code: 'SECRET_EXPIRED',
        message: '',
        nextTryAt: new Date(),
      }),
    );
    expect(late.state).toBe('paused');
  });

  it('erases the secret on disconnecting, and finds the same row when the tenant is connected again', async () => {
    const actor = await makeOrganisation(database.db);
    const input = buildNewConnection();
    const { id } = await create(actor, input);
    await inTransaction((tx) => deleteConnection(tx, actor, id));
    await expect(openCredential(database.db, secretBox, id)).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    expect(await database.db.query('SELECT 1 FROM connections.credentials WHERE connection_id = $1', [id])).toEqual([]);
    const again = await create(actor, { ...input, clientId: randomUUID(), name: 'Contoso again' });
    expect(again).toMatchObject({ id, state: 'created', name: 'Contoso again', credential: { version: 2 } });
  });

  it('is refused where tenant and application are connected, with the id only inside the organisation (invariant 9)', async () => {
    const actor = await makeOrganisation(database.db);
    const stranger = await makeOrganisation(database.db);
    const input = buildNewConnection();
    const { id } = await create(actor, input);
    await expect(create(actor, input)).rejects.toMatchObject({ code: 'CONNECTION_EXISTS', connectionId: id });
    await expect(create(stranger, input)).rejects.toMatchObject({ code: 'CONNECTION_EXISTS', connectionId: null });
  });

  it('is made once when two admins connect the same tenant at the same moment', async () => {
    const actor = await makeOrganisation(database.db);
    const input = buildNewConnection();
    const outcomes = await Promise.allSettled([create(actor, input), create(actor, input), create(actor, input)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not found by, not listed for, and not changed by another organisation (invariant 9)', async () => {
    const actor = await makeOrganisation(database.db);
    const stranger = await makeOrganisation(database.db);
    const { id } = await create(actor);
    await expect(getConnection(database.db, stranger.organisationId, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const command of [enableConnection, pauseConnection, deleteConnection]) {
      await expect(inTransaction((tx) => command(tx, stranger, id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await listConnections(database.db, stranger.organisationId, { limit: 10 })).toEqual([]);
    expect((await openCredential(database.db, secretBox, id)).clientSecret).toBe('a-secret-of-the-tenant');
  });
});

describe('changing a connection', () => {
  it('refuses a change computed from an older version', async () => {
    const actor = await makeOrganisation(database.db);
    const { id, version } = await create(actor);
    await inTransaction((tx) => patchConnection(tx, actor, id, { name: 'First' }, version, secretBox));
    await expect(
      inTransaction((tx) => patchConnection(tx, actor, id, { name: 'Second' }, version, secretBox)),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', version: 2 });
  });

  it('raises the credential version with a new secret and ends the quarantine', async () => {
    const actor = await makeOrganisation(database.db);
    const { id } = await create(actor);
    await inTransaction((tx) => enableConnection(tx, actor, id));
    const { version } = await inTransaction((tx) =>
      quarantineConnection(tx, systemActor('subscription', actor.organisationId), id, {
        code: 'SECRET_EXPIRED',
        message: 'expired',
        nextTryAt: new Date(),
      }),
    );
    const patched = await inTransaction((tx) =>
      patchConnection(tx, actor, id, { credential: { clientSecret: 'a-new-secret', expiresAt: null } }, version, secretBox),
    );
    expect(patched).toMatchObject({ state: 'enabled', reason: null, credential: { version: 2, code: null } });
    expect(await openCredential(database.db, secretBox, id)).toMatchObject({
      clientSecret: 'a-new-secret',
      credentialVersion: 2,
    });
    expect((await publishedTypes(id)).at(-1)).toBe('rollcall.connection.recovered');
  });

  it('shows the decisions the new scope and settings at once', async () => {
    const actor = await makeOrganisation(database.db);
    const { id, version, watchedGroups } = await create(actor);
    const groupId = randomUUID();
    const settings = { ...defaultConnectionSettings, apply: 'reviewAll' as const };
    await inTransaction((tx) =>
      patchConnection(
        tx,
        actor,
        id,
        { settings, watchedGroups: [...watchedGroups, { id: groupId, displayName: null }] },
        version,
        secretBox,
      ),
    );
    const seen = await readConnectionForDecisions(database.db, id);
    expect(seen).toMatchObject({
      organisationId: actor.organisationId,
      watchedGroupIds: [watchedGroups[0]!.id, groupId],
      settings: { apply: 'reviewAll' },
    });
    expect(seen?.settings.scope.groups).toEqual(seen?.watchedGroupIds);
  });
});

async function isActive(connectionId: string, now: string): Promise<boolean> {
  const active = await new KnownConnections().active(database.db, new Date(now));
  return active.some(({ id }) => id === connectionId);
}
