import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { RollcallApi, type AccountRow, type Listing } from '../support/rollcall-api.js';
import { startAsServices, type ServiceName, type ServicesSystem } from '../support/rollcall-system.js';

const SERVICES: readonly ServiceName[] = ['subscription', 'provisioning', 'full-sync', 'notification', 'admin-api'];
const CHANGES = 40;
/** A killed replica's leases and partitions are free after seconds, and everything it had in hand within a minute (design section 2). */
const TAKEN_OVER_MS = 60_000;

interface Effect {
  readonly type: string;
  readonly accountId: string;
  readonly groupId: string | null;
}

describe('two replicas of every service on Kafka and Postgres', () => {
  let system: ServicesSystem;
  let other: RollcallApi;
  const joiners: string[] = [];

  beforeAll(async () => {
    system = await startAsServices();
    for (const name of SERVICES) {
      const address = await system.addReplica(name);
      if (name === 'admin-api') other = new RollcallApi(address, system.adminToken);
    }
    await untilEqual();
  });
  afterAll(() => system.stop());

  const accounts = async (api = system.api) =>
    (await api.get<Listing<AccountRow>>(`/accounts?connectionId=${system.connectionId}&limit=1000`)).items;

  async function untilEqual(): Promise<void> {
    const members = (await system.tenant.members(system.groupId)).map(({ id }) => id).toSorted();
    await eventually(
      async () => {
        const live = (await accounts()).filter(({ status }) => status !== 'deactivated').map((row) => row.entraObjectId);
        expect(live.toSorted()).toEqual(members);
      },
      { deadlineMs: TAKEN_OVER_MS, everyMs: 250 },
    );
  }

  async function join(displayName: string): Promise<void> {
    const { id } = await system.tenant.addUser(displayName);
    await system.tenant.addMember(system.groupId, id);
    joiners.push(id);
  }

  async function effects(): Promise<Effect[]> {
    const { items } = await system.api.get<Listing<Effect>>(`/activity?connectionId=${system.connectionId}&limit=1000`);
    return items;
  }

  it('share the work, and no effect happens twice (invariants 1 and 9)', async () => {
    for (let change = 0; change < CHANGES; change += 1) await join(`Joiner ${change}`);
    await untilEqual();
    const told = (await effects()).map(({ type, accountId, groupId }) => `${type} ${accountId} ${groupId}`);
    expect(new Set(told).size).toBe(told.length);
    expect(told.filter((effect) => effect.startsWith('rollcall.account.created'))).toHaveLength(25 + CHANGES);
  });

  it('answer the same, and a sync that is asked of both is one run', async () => {
    expect(await accounts(other)).toEqual(await accounts());
    const ask = (api: RollcallApi) =>
      api.post<{ id: string }>('/connections/' + system.connectionId + '/sync-runs', { kind: 'full', apply: 'automatic' });
    const [run, ...same] = await Promise.all([ask(system.api), ask(other), ask(system.api), ask(other)]);
    expect(same.map(({ id }) => id)).toEqual([run.id, run.id, run.id]);
    await eventually(
      async () => {
        const { state, summary } = await other.get<{ state: string; summary: { created: number } | null }>(
          `/sync-runs/${run.id}`,
        );
        expect([state, summary?.created]).toEqual(['completed', 0]);
      },
      { deadlineMs: 30_000 },
    );
  });

  it('tell a change on the live events of either', async () => {
    const { id } = await system.tenant.addUser('Seen By Both');
    const seen = [system.api, other].map((api) => untilHeard(api, id));
    await system.tenant.addMember(system.groupId, id);
    await Promise.all(seen);
    joiners.push(id);
  });

  it('stand in for one another: one of each is killed, and changes go on', async () => {
    for (const name of ['subscription', 'provisioning', 'full-sync', 'notification'] as const) {
      const first = system.processes.get(name);
      first?.signal('SIGKILL');
      await first?.ended;
    }
    await join('After The Kill');
    for (const leaver of joiners.slice(0, 5)) await system.tenant.removeMember(system.groupId, leaver);
    await untilEqual();
  });
});

/** Resolves when the live events of this replica tell of the person. */
async function untilHeard(api: RollcallApi, entraObjectId: string): Promise<void> {
  const stream = await fetch(`${api.address}/api/v1/events`, {
    headers: { authorization: `Bearer ${api.token}` },
    signal: AbortSignal.timeout(20_000),
  });
  if (stream.body === null) throw new Error('the live events have no body');
  let text = '';
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(entraObjectId)) return;
  }
  throw new Error('the live events ended');
}
