import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { eventually } from '../support/eventually.js';
import { PostgresGate, type GatedWrite } from '../support/postgres-gate.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '../support/standalone-on-tenant.js';

const database = withDatabase();

/** Two pages of Graph, three portions of a run; more than its budget lets a run ask about in one go. */
const PEOPLE = 1_100;
const LEAVERS = 300;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly planHash: string | null;
  readonly summary: Record<string, unknown> | null;
  readonly error: unknown;
}

interface Kill extends GatedWrite {
  readonly moment: string;
  /** The state that the run is in when the process dies. */
  readonly state: string;
}

const step = (moment: string, state: string, to: string): Kill => ({
  moment,
  state,
  table: 'runs.sync_runs',
  on: 'UPDATE',
  when: `OLD.state = '${state}' AND NEW.state = '${to}'`,
});
const page = (index: number): Kill => ({
  moment: `keeping page ${index}`,
  state: 'reading',
  table: 'runs.staged_members',
  on: 'INSERT',
  when: `NEW.page = ${index}`,
});
const portion = (index: number): Kill => ({
  moment: `publishing portion ${index}`,
  state: 'applying',
  table: 'runs.published_pages',
  on: 'INSERT',
  when: `NEW.seq > ${index * 500}`,
});
/** In the middle of the transaction in which provisioning applies a page of the run. */
const answer: Kill = { moment: 'applying a page', state: 'applying', table: 'people.run_pages', on: 'INSERT' };

const proving: Kill = { moment: 'proving what it did', state: 'applying', table: 'runs.group_proofs', on: 'INSERT' };
const UNDOING: readonly Kill[] = [
  step('before its first step', 'requested', 'reading'),
  { moment: 'planning the undo', state: 'comparing', table: 'runs.planned_changes', on: 'INSERT', when: 'NEW.seq > 100' },
  { moment: 'taking back', state: 'applying', table: 'people.journal', on: 'INSERT' },
  {
    moment: 'taking back the second portion',
    state: 'applying',
    table: 'runs.sync_runs',
    on: 'UPDATE',
    when: 'NEW.published_seq > 200 AND OLD.published_seq = 200',
  },
  step('with everything taken back', 'applying', 'completed'),
];

const BEFORE_REVIEW: readonly Kill[] = [
  step('before its first step', 'requested', 'reading'),
  ...[0, 1].map(page),
  step('with all pages read', 'reading', 'comparing'),
  { moment: 'finding what differs', state: 'comparing', table: 'runs.differences', on: 'INSERT' },
  { moment: 'planning', state: 'comparing', table: 'runs.planned_changes', on: 'INSERT', when: 'NEW.seq > 600' },
  step('with its plan stored', 'comparing', 'awaitingReview'),
];
const AFTER_REVIEW: readonly Kill[] = [
  {
    moment: 'comparing the plan with a fresh read',
    state: 'approved',
    table: 'runs.sync_runs',
    on: 'UPDATE',
    when: 'NEW.checked_seq > 600 AND OLD.checked_seq < 600',
  },
  step('with the plan checked', 'approved', 'applying'),
  ...[0, 1].map(portion),
  answer,
  portion(2),
  proving,
  step('with everything applied', 'applying', 'completed'),
];
const WITH_REMOVALS: readonly Kill[] = [
  {
    moment: 'confirming removals',
    state: 'comparing',
    table: 'runs.removal_candidates',
    on: 'UPDATE',
    when: 'NEW.checked_at IS NOT NULL',
  },
  portion(0),
  answer,
  proving,
  step('with everything applied', 'applying', 'completed'),
];

describe('full-sync killed with SIGKILL at each state and page of a run', () => {
  let system: StandaloneOnTenant;
  let connectionId: string;
  let groupId: string;

  beforeAll(async () => {
    system = await startStandaloneOnTenant({ DATABASE_URL: database.url, CONFIRM_SECONDS: '1' });
    await system.control.setBehaviours({ throttling: false });
    groupId = (await system.control.bulk(PEOPLE, 'Everybody')).groupId;
    connectionId = await system.connect([groupId], { guard: { maxRemovals: null, maxRemovalPercent: null } });
  });
  afterAll(() => system.stop());

  it('goes on there, ends completed, applies nothing twice, and leaves the accounts equal to the tenant (invariants 1 and 2)', async () => {
    const { id } = await killAll(BEFORE_REVIEW, () => request('review'));
    await system.kill();
    await restart();
    const waiting = await until(id, 'awaitingReview');
    await killAll(AFTER_REVIEW, () => system.api.post<Run>(`/sync-runs/${id}/approve`, { planHash: waiting.planHash }));
    expect((await until(id, 'completed')).summary).toMatchObject({ fetched: PEOPLE, created: PEOPLE, granted: PEOPLE, stale: 0 });
    await expectAccountsToEqualTheTenant();
    expect(await effects()).toEqual({ 'rollcall.account.created': PEOPLE, 'rollcall.membership.granted': PEOPLE });
  }, 420_000);

  it('also while it removes people', async () => {
    const members = await system.control.memberIds(groupId, PEOPLE);
    await Promise.all(members.slice(0, LEAVERS).map((member) => system.control.removeMember(groupId, member)));
    const { id } = await killAll(WITH_REMOVALS, () => request('automatic'));
    expect((await until(id, 'completed')).summary).toMatchObject({ deactivated: LEAVERS, revoked: LEAVERS, stale: 0, held: 0 });
    await expectAccountsToEqualTheTenant();
    expect(await effects()).toEqual({
      'rollcall.account.created': PEOPLE,
      'rollcall.membership.granted': PEOPLE,
      'rollcall.account.deactivated': LEAVERS,
      'rollcall.membership.revoked': LEAVERS,
    });
  }, 300_000);

  it('and while it takes that back', async () => {
    const { items } = await system.api.get<Listing<Run & { kind: string }>>(`/sync-runs?connectionId=${connectionId}`);
    const before = await effects();
    const { id } = await killAll(UNDOING, () => system.api.post<Run>(`/sync-runs/${items[0]!.id}/undo`, { apply: 'automatic' }));
    await until(id, 'completed');
    expect(await effects()).toEqual({
      ...before,
      'rollcall.account.reactivated': LEAVERS,
      'rollcall.membership.granted': PEOPLE + LEAVERS,
    });
  }, 300_000);

  const request = (apply: 'automatic' | 'review') =>
    system.api.post<Run>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply });

  /** Begins something, and kills the process at each of these moments, one after the other; the last restart goes on freely. */
  async function killAll(kills: readonly Kill[], begin: () => Promise<Run>): Promise<Run> {
    let run: Run | undefined;
    let gate: PostgresGate | undefined;
    for (const kill of kills) {
      await gate?.remove();
      gate = await PostgresGate.close(database.db, kill);
      if (run === undefined) run = await begin();
      else await restart();
      await gate.reached().catch((error: unknown) => {
        throw new Error(`the run never was ${kill.moment}:\n${system.standalone().output().slice(-4_000)}`, { cause: error });
      });
      await system.kill();
      const [killed] = await database.db.query<{ state: string }>('SELECT state FROM runs.sync_runs WHERE id = $1', [run.id]);
      expect(killed?.state, kill.moment).toBe(kill.state);
    }
    await gate?.remove();
    await restart();
    return run!;
  }

  /** The dead process holds nothing any more: what its leases were good for has passed. */
  async function restart(): Promise<void> {
    for (const table of ['runs.sync_runs', 'messaging.outbox_shards', 'watch.chains', 'watch.watched_connections'])
      await database.db.query(`UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
    await system.restart();
  }

  const until = (id: string, state: string) =>
    eventually(
      async () => {
        const run = await system.api.get<Run>(`/sync-runs/${id}`);
        expect(run.state, JSON.stringify(run.error)).toBe(state);
        return run;
      },
      { deadlineMs: 60_000 },
    );

  async function expectAccountsToEqualTheTenant(): Promise<void> {
    const live = (await all<AccountRow>(`/accounts?connectionId=${connectionId}`)).filter(
      ({ status }) => status !== 'deactivated',
    );
    const members = await system.control.memberIds(groupId, PEOPLE);
    expect(live.map(({ entraObjectId }) => entraObjectId).sort()).toEqual(members.sort());
  }

  /** How many effects of each type, each of which one run had on one account and group at most once. */
  async function effects(): Promise<Record<string, number>> {
    const rows = await all<{ type: string; accountId: string; groupId: string | null; runId: string | null }>(
      `/activity?connectionId=${connectionId}`,
    );
    const keys = rows.map(({ type, accountId, groupId: group, runId }) => `${runId} ${type} ${accountId} ${group}`);
    expect(new Set(keys).size).toBe(keys.length);
    const counts: Record<string, number> = {};
    for (const { type } of rows) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  }

  async function all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const listed: Listing<Item> = await system.api.get(`${path}&limit=1000${more}`);
      items.push(...listed.items);
      cursor = listed.nextCursor;
    }
    return items;
  }
});
