import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  getConnection,
  openCredential,
  patchConnection,
  recordTokenIssued,
  recordTokenRefused,
  ResealCredentialsTask,
  SecretBox,
  type Connection,
  type NewCredential,
} from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';

const database = withDatabase([messagingMigrations, connectionsMigrations]);
const secretBox = testSecretBox();
const at = (time: string) => new Date(`2026-05-01T${time}Z`);

async function connect(credential: NewCredential, box = secretBox): Promise<Connection> {
  const actor = await makeOrganisation(database.db);
  return database.db.transaction((tx) => createConnection(tx, actor, buildNewConnection({ credential }), box));
}

describe('an expired secret', () => {
  it('is tried once a minute over all processes once its expiry has passed', async () => {
    const { id } = await connect({ clientSecret: 'old', expiresAt: at('12:00:00') });
    await openCredential(database.db, secretBox, id, at('11:59:59'));
    await openCredential(database.db, secretBox, id, at('11:59:59'));
    const tries = await Promise.allSettled([1, 2, 3].map(() => openCredential(database.db, secretBox, id, at('12:00:00'))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(openCredential(database.db, secretBox, id, at('12:00:40'))).rejects.toMatchObject({
      code: 'SECRET_EXPIRED',
      retry: { afterMs: 20_000 },
    });
    await expect(openCredential(database.db, secretBox, id, at('12:01:00'))).resolves.toMatchObject({ clientSecret: 'old' });
  });

  it('rests after Entra said so, and works again at once with a new one', async () => {
    const { id, organisationId, version } = await connect({ clientSecret: 'old', expiresAt: null });
    const opened = await openCredential(database.db, secretBox, id, at('12:00:00'));
    await recordTokenRefused(database.db, opened, 'SECRET_EXPIRED', at('12:00:01'));
    await expect(openCredential(database.db, secretBox, id, at('12:00:30'))).rejects.toMatchObject({ code: 'SECRET_EXPIRED' });
    const actor = { kind: 'token', id: 'test', organisationId, role: 'superAdmin' } as const;
    await database.db.transaction((tx) =>
      patchConnection(tx, actor, id, { credential: { clientSecret: 'new', expiresAt: null } }, version, secretBox),
    );
    expect((await openCredential(database.db, secretBox, id, at('12:00:31'))).clientSecret).toBe('new');
    await recordTokenRefused(database.db, opened, 'SECRET_EXPIRED', at('12:00:32'));
    expect((await getConnection(database.db, organisationId, id)).credential).toMatchObject({ code: null, version: 2 });
  });

  it('keeps the instant of its first refusal, and forgets it with the next token', async () => {
    const { id, organisationId } = await connect({ clientSecret: 'old', expiresAt: null });
    const opened = await openCredential(database.db, secretBox, id, at('12:00:00'));
    await recordTokenRefused(database.db, opened, 'SECRET_INVALID', at('12:00:00'));
    await recordTokenRefused(database.db, opened, 'SECRET_INVALID', at('12:05:00'));
    expect((await getConnection(database.db, organisationId, id)).credential).toMatchObject({
      code: 'SECRET_INVALID',
      failedAt: at('12:00:00'),
    });
    await recordTokenIssued(database.db, opened);
    expect((await getConnection(database.db, organisationId, id)).credential).toMatchObject({ code: null, failedAt: null });
  });
});

describe('ResealCredentialsTask', () => {
  it('moves every secret to the newest key, so that the older one may go', async () => {
    const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    await database.db.query('DELETE FROM connections.credentials');
    const { id } = await connect({ clientSecret: 'kept', expiresAt: null }, SecretBox.fromText(older));
    await connect({ clientSecret: 'lost', expiresAt: null }, testSecretBox());
    const task = new ResealCredentialsTask(database.db, SecretBox.fromText(`${newer},${older}`), silentLog);
    expect(await task.run()).toBe(1);
    expect(await task.run()).toBe(0);
    expect((await openCredential(database.db, SecretBox.fromText(newer), id)).clientSecret).toBe('kept');
  });
});
