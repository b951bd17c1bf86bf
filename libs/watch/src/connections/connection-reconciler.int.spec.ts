import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  deleteConnection,
  enableConnection,
  getConnection,
  patchConnection,
  pauseConnection,
  type Actor,
} from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage } from '#watch/testing';
import { watchMigrations } from '../migrations/index.js';
import { ConnectionReconciler } from './connection-reconciler.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations]);
const secretBox = testSecretBox();
const inTransaction = <Result>(work: Parameters<typeof database.db.transaction<Result>>[0]) => database.db.transaction(work);

describe('the reconciler', () => {
  let actor: Actor;
  let connectionId: string;
  let groupId: string;
  const reconciler = () => new ConnectionReconciler(new WatchStage(() => database.db).context());
  const look = () => reconciler().run();
  const watched = async () =>
    (
      await database.db.query<{ live: boolean; groups: string[]; row: string }>(
        `SELECT live, xmin::text AS row, ARRAY(SELECT group_id FROM watch.groups g WHERE g.connection_id = w.connection_id) AS groups
           FROM watch.watched_connections w WHERE connection_id = $1`,
        [connectionId],
      )
    )[0];

  beforeEach(async () => {
    actor = await makeOrganisation(database.db);
    groupId = randomUUID();
    const input = buildNewConnection({ watchedGroups: [{ id: groupId, displayName: 'Staff' }] });
    ({ id: connectionId } = await inTransaction((tx) => createConnection(tx, actor, input, secretBox)));
    await inTransaction((tx) => enableConnection(tx, actor, connectionId));
  });

  const watchInstead = async (group: string) => {
    const { version } = await getConnection(database.db, actor.organisationId, connectionId);
    const patch = { watchedGroups: [{ id: group, displayName: null }] };
    await inTransaction((tx) => patchConnection(tx, actor, connectionId, patch, version, secretBox));
  };

  it('follows the scope, and touches nothing where it is as it should be', async () => {
    await look();
    const before = await watched();
    expect(before).toMatchObject({ live: true, groups: [groupId] });
    const sameProcess = reconciler();
    await sameProcess.run();
    await sameProcess.run();
    expect((await watched())?.row).toBe(before?.row);
    const other = randomUUID();
    await watchInstead(other);
    await sameProcess.run();
    expect(await watched()).toMatchObject({ live: true, groups: [other] });
  });

  it('ends the watch of a paused connection, and takes it up again as it was', async () => {
    await look();
    await inTransaction((tx) => pauseConnection(tx, actor, connectionId));
    await look();
    expect(await watched()).toMatchObject({ live: false, groups: [groupId] });
    await inTransaction((tx) => enableConnection(tx, actor, connectionId));
    await look();
    expect(await watched()).toMatchObject({ live: true, groups: [groupId] });
    await inTransaction((tx) => deleteConnection(tx, actor, connectionId));
    await look();
    expect(await watched()).toMatchObject({ live: false });
  });

  it('tries again what failed, and lets no other connection wait for it', async () => {
    await look();
    const broken = connectionId;
    const other = randomUUID();
    await watchInstead(other);
    await database.db.query(
      `CREATE FUNCTION watch.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.group_id = '${other}' THEN RAISE 'refused'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON watch.groups FOR EACH ROW EXECUTE FUNCTION watch.refuse()`,
    );
    const input = buildNewConnection();
    const { id: next } = await inTransaction((tx) => createConnection(tx, actor, input, secretBox));
    await inTransaction((tx) => enableConnection(tx, actor, next));
    await look();
    expect((await watched())?.groups).toEqual([groupId]);
    connectionId = next;
    expect(await watched()).toMatchObject({ live: true, groups: [input.watchedGroups[0]?.id] });
    connectionId = broken;
    await database.db.query('DROP TRIGGER refuse ON watch.groups; DROP FUNCTION watch.refuse()');
    await look();
    expect((await watched())?.groups).toEqual([other]);
  });
});
