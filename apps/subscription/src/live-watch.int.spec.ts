import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createConnection,
  enableConnection,
  ensureFirstOrganisation,
  FIRST_ORGANISATION_ID,
  SecretBox,
  systemActor,
} from '#connections';
import { connectionSettingsSchema, silentLog, type MembershipsChangedV1, type UsersChangedV1 } from '#contracts';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { cloudEndpoints } from '#graph-client';
import { EmbeddedLogEngine } from '#messaging';
import { runService, type RunningService } from '#service-host';
import { eventually } from '#test/eventually';
import { freePort } from '#test/free-port';
import { withSimulator } from '#test/simulator';
import { connectionHealth } from '#watch';
import { subscriptionService } from './subscription-service.js';

type Simulator = Awaited<ReturnType<typeof withSimulator>>;

describe('the watch against a simulated tenant', () => {
  let cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
    cleanUp = [];
  });

  /** The service live on one group of the tenant. */
  async function live(simulator: Simulator, { reachable = true, sweepIntervalMs = 300_000 } = {}) {
    const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
    const port = await freePort();
    const name = `t_${randomBytes(6).toString('hex')}`;
    const { graphBaseUrl, authorityHost, caPem: ca, tenantId, clientId, clientSecret, groups } = simulator;
    const simulated = { graphBaseUrl, authorityHost, ca, scope: 'https://graph.microsoft.com/.default' };
    const definition = subscriptionService({
      secretBox,
      endpoints: cloudEndpoints({ simulated }),
      publicUrl: reachable ? `http://127.0.0.1:${port}` : null,
      settleMs: 60_000,
      confirmMs: 1_000,
      sweepIntervalMs,
    });
    const service = await runService(definition, {
      httpPort: port,
      httpHost: '127.0.0.1',
      databaseUrl: await createTestDatabase(name),
      engine: (db, listener) => new EmbeddedLogEngine({ db, listener, log: silentLog }),
      log: silentLog,
      stopping: new AbortController().signal,
    });
    cleanUp.push(
      () => dropTestDatabase(name),
      () => service.stop(),
    );
    const [group] = groups;
    if (group === undefined) throw new Error('the tenant has a group');
    const { db } = service.services;
    await ensureFirstOrganisation(db);
    const connectionId = await db.transaction(async (tx) => {
      const actor = systemActor('test', FIRST_ORGANISATION_ID);
      const connection = await createConnection(
        tx,
        actor,
        {
          name: 'Contoso',
          tenantId,
          clientId,
          cloud: 'simulated',
          credential: { clientSecret, expiresAt: null },
          settings: connectionSettingsSchema.parse({}),
          watchedGroups: [{ id: group.id, displayName: group.displayName }],
        },
        secretBox,
      );
      await enableConnection(tx, actor, connection.id);
      return connection.id;
    });
    const health = async () => {
      const found = await connectionHealth(db, connectionId);
      if (found === null) throw new Error('not watched yet');
      return found;
    };
    await eventually(async () => {
      const { chains, mode, subscriptions } = await health();
      expect(chains.map(({ lastReadAt }) => lastReadAt === null)).toEqual([false, false]);
      if (reachable)
        expect([mode, subscriptions.filter(({ subscriptionId }) => subscriptionId !== null).length]).toEqual(['perGroup', 2]);
    });
    return { service, groupId: group.id, health };
  }

  const facts = async <Data>({ services: { db } }: RunningService, type: string): Promise<Data[]> => {
    const rows = await db.query<{ value: Buffer }>(
      `SELECT value FROM messaging.log_records WHERE topic = 'directory.changes.v1' ORDER BY partition, "offset"`,
    );
    const events = rows.map((row) => JSON.parse(row.value.toString()) as { type: string; data: Data });
    return events.filter((event) => event.type === type).map((event) => event.data);
  };
  const items = async (service: RunningService) =>
    (await facts<MembershipsChangedV1>(service, 'rollcall.directory.memberships.changed')).flatMap((page) => page.items);

  it('carries a membership from the webhook to the log, and the attributes after it', async () => {
    const simulator = await withSimulator();
    const { service, groupId } = await live(simulator);
    const id = simulator.control.addPerson({ displayName: 'Ann Example' });
    simulator.control.addMember(groupId, id);
    await eventually(async () =>
      expect(await items(service)).toContainEqual({ memberId: id, memberType: 'user', change: 'added' }),
    );
    await eventually(async () => {
      const people = (await facts<UsersChangedV1>(service, 'rollcall.directory.users.changed')).flatMap((page) => page.users);
      expect(people).toContainEqual(expect.objectContaining({ id, state: 'present' }));
    });
    const [page] = await facts<MembershipsChangedV1>(service, 'rollcall.directory.memberships.changed');
    expect(page?.times.noticedAt).not.toBeNull();
    simulator.control.removeMember(groupId, id);
    await eventually(async () =>
      expect(await items(service)).toContainEqual({ memberId: id, memberType: 'user', change: 'removed' }),
    );
  });

  it('finds changes by the sweep where Graph cannot reach it (polling mode)', async () => {
    const simulator = await withSimulator();
    const { service, groupId, health } = await live(simulator, { reachable: false, sweepIntervalMs: 500 });
    expect(await health()).toMatchObject({ mode: 'polling', subscriptions: [] });
    const id = simulator.control.addPerson({ displayName: 'Ben Example' });
    simulator.control.addMember(groupId, id);
    await eventually(async () =>
      expect(await items(service)).toContainEqual({ memberId: id, memberType: 'user', change: 'added' }),
    );
  });
});
