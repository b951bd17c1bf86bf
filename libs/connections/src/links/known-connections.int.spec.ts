import { describe, expect, it } from 'vitest';
import { connectionsMigrations, createConnection, enableConnection, KnownConnections, patchConnection } from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';

const database = withDatabase([messagingMigrations, connectionsMigrations]);
const secretBox = testSecretBox();
const inTransaction = <Result>(work: Parameters<typeof database.db.transaction<Result>>[0]) => database.db.transaction(work);

async function create() {
  const actor = await makeOrganisation(database.db);
  const { id, version } = await inTransaction((tx) => createConnection(tx, actor, buildNewConnection(), secretBox));
  return { actor, id, version };
}

describe('the connections that a process knows', () => {
  it('are those of all organisations, and read again only where they changed', async () => {
    const known = new KnownConnections();
    const [one, other] = [await create(), await create()];
    const of = async (id: string) => (await known.all(database.db)).find((connection) => connection.id === id);
    const [before, unchanged] = [await of(one.id), await of(other.id)];
    expect(before).toMatchObject({ state: 'created', organisationId: one.actor.organisationId });
    await inTransaction((tx) => patchConnection(tx, one.actor, one.id, { watchedGroups: [] }, one.version, secretBox));
    expect((await of(one.id))?.settings.scope.groups).toEqual([]);
    expect(await of(other.id)).toBe(unchanged);
    await inTransaction((tx) => enableConnection(tx, one.actor, one.id));
    expect(await of(one.id)).toMatchObject({ state: 'enabled' });
    await database.db.query('DELETE FROM connections.connections WHERE id = $1', [one.id]);
    expect(await of(one.id)).toBeUndefined();
  });

  it('are the same to a look inside a transaction that sees a change before others do', async () => {
    const known = new KnownConnections();
    const { actor, id } = await create();
    const stateOf = async (db: Parameters<typeof known.all>[0]) => (await known.all(db)).find((each) => each.id === id)?.state;
    await expect(
      inTransaction(async (tx) => {
        await enableConnection(tx, actor, id);
        expect(await stateOf(tx)).toBe('enabled');
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await stateOf(database.db)).toBe('created');
  });
});
