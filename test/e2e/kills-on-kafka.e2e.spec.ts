import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded';
import { startKafka, type KafkaBroker } from '../../scripts/kafka/start-kafka.mjs';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { projectRoot } from '../support/child-process.js';
import { randomFrom } from '../support/random.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import { startAsServices, type RollcallSystem } from '../support/rollcall-system.js';

const CHANGES = 2_000;
const PEOPLE = 120;
const victims = ['subscription', 'provisioning', 'full-sync', 'notification', 'kafka', 'postgres'] as const;

interface ActivityRow {
  id: string;
  type: string;
  accountId: string;
  groupId: string | null;
}

describe('any process, Kafka or Postgres may be killed at any moment', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let postgresPort: number;
  let kafka: KafkaBroker;
  let system: RollcallSystem;
  const seed = Number(process.env['SEED'] ?? 20_261_123);
  const random = randomFrom(seed);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-kills-'));
    postgresPort = await freePort();
    postgres = await startEmbeddedPostgres({ dataDir: folder, port: postgresPort });
    kafka = await startKafka({
      port: await freePort(),
      dataDir: join(folder, 'kafka'),
      cacheDir: join(projectRoot, '.cache', 'kafka'),
    });
    system = await startAsServices({}, { brokers: kafka.brokers, databaseUrl: postgres.url });
    await system.api.patch(`/connections/${system.connectionId}`, {
      settings: { guard: { maxRemovals: null, maxRemovalPercent: null } },
    });
  });

  afterAll(async () => {
    await system.stop();
    await kafka.kill();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('and nothing is lost, and no effect happens twice (invariants 1, 2 and 3)', async () => {
    const people: string[] = [];
    for (let index = 0; index < PEOPLE; index += 1) people.push((await system.tenant.addUser(`Person ${index}`)).id);
    const present = new Set<string>();
    let changing = true;
    const killing = killAtRandomMoments(() => changing);
    for (let change = 0; change < CHANGES; change += 1) {
      const person = people[random(PEOPLE)]!;
      if (present.delete(person)) await system.tenant.removeMember(system.groupId, person);
      else {
        await system.tenant.addMember(system.groupId, person);
        present.add(person);
      }
      await delay(15);
    }
    changing = false;
    await killing;
    await eventually(expectAccountsToEqualTheTenant, { deadlineMs: 120_000, everyMs: 1_000 });
    expectNoEffectTwice(await activity());
  }, 420_000);

  async function killAtRandomMoments(more: () => boolean): Promise<void> {
    while (more()) {
      await delay(1_500 + random(2_500));
      const victim = victims[random(victims.length)]!;
      if (victim === 'kafka') {
        await kafka.kill();
        await delay(random(2_000));
        await kafka.restart();
      } else if (victim === 'postgres') {
        process.kill(postgres.pid, 'SIGKILL');
        await delay(random(2_000));
        postgres = await startEmbeddedPostgres({ dataDir: folder, port: postgresPort });
      } else {
        const running = system.processes.get(victim)!;
        running.signal('SIGKILL');
        await running.ended;
        await system.restart(victim);
      }
    }
  }

  async function expectAccountsToEqualTheTenant(): Promise<void> {
    const members = await system.tenant.members(system.groupId);
    const { items } = await system.api.get<Listing<AccountRow>>(`/accounts?connectionId=${system.connectionId}&limit=1000`);
    const present = new Set(members.map((member) => member.id));
    const wrong = items.filter((account) => (account.status !== 'deactivated') !== present.has(account.entraObjectId));
    const [first] = wrong;
    const why = first === undefined ? '' : JSON.stringify(await system.api.get(`/accounts/${first.id}/why`), null, 1);
    expect(wrong, `seed ${seed}: ${wrong.length} accounts differ from the tenant, the first: ${why}`).toEqual([]);
    const known = new Set(items.map((account) => account.entraObjectId));
    const missing = members.filter((member) => !known.has(member.id));
    const { items: listed } = await system.api.get<Listing<{ entraObjectId: string }>>(
      `/groups/${system.groupId}/members?connectionId=${system.connectionId}&limit=1000`,
    );
    const told = JSON.stringify(listed.filter((row) => row.entraObjectId === missing[0]?.id));
    expect(missing, `seed ${seed}: people without an account, the first as Rollcall lists them: ${told}`).toEqual([]);
  }

  async function activity(): Promise<ActivityRow[]> {
    const rows: ActivityRow[] = [];
    let cursor: string | null = null;
    do {
      const page: Listing<ActivityRow> = await system.api.get(
        `/activity?connectionId=${system.connectionId}&limit=1000${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return rows.reverse();
  }

  /** Per account and group, grants and revokes take turns; an id comes once. */
  function expectNoEffectTwice(rows: readonly ActivityRow[]): void {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const last = new Map<string, string>();
    for (const { type, accountId, groupId } of rows) {
      if (type !== 'rollcall.membership.granted' && type !== 'rollcall.membership.revoked') continue;
      const key = `${accountId} ${groupId}`;
      expect(last.get(key), `${key} seed ${seed}`).not.toBe(type);
      last.set(key, type);
    }
  }
});
