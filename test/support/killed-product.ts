import { expect } from 'vitest';
import type { Database } from '#database';
import { eventually } from './eventually.js';
import { PostgresGate, type GatedWrite } from './postgres-gate.js';
import type { AccountRow, Listing } from './rollcall-api.js';
import { startStandaloneOnTenant, type StandaloneOnTenant } from './standalone-on-tenant.js';

/** Two pages of Graph, three portions of a run; more than its budget lets a run ask about in one go. */
export const PEOPLE = 1_100;

export interface KilledRun {
  readonly id: string;
  readonly state: string;
  readonly planHash: string | null;
  readonly summary: Record<string, unknown> | null;
  readonly error: unknown;
}

/** A statement of a run that the process does not survive. */
export interface Kill extends GatedWrite {
  readonly moment: string;
  /** The state that the run is in when the process dies. */
  readonly state: string;
}

export const step = (moment: string, state: string, to: string): Kill => ({
  moment,
  state,
  table: 'runs.sync_runs',
  on: 'UPDATE',
  when: `OLD.state = '${state}' AND NEW.state = '${to}'`,
});
export const page = (index: number): Kill => ({
  moment: `keeping page ${index}`,
  state: 'reading',
  table: 'runs.staged_members',
  on: 'INSERT',
  when: `NEW.page = ${index}`,
});
export const portion = (index: number): Kill => ({
  moment: `publishing portion ${index}`,
  state: 'applying',
  table: 'runs.published_pages',
  on: 'INSERT',
  when: `NEW.seq > ${index * 500}`,
});
/** In the middle of the transaction in which provisioning applies a page of the run. */
export const answer: Kill = { moment: 'applying a page', state: 'applying', table: 'people.run_pages', on: 'INSERT' };
export const proving: Kill = { moment: 'proving what it did', state: 'applying', table: 'runs.group_proofs', on: 'INSERT' };

/** A product that is killed with SIGKILL at chosen statements of a run, and its tenant with one large group that is watched. */
export class KilledProduct {
  private constructor(
    private readonly db: Database,
    readonly system: StandaloneOnTenant,
    readonly groupId: string,
    readonly connectionId: string,
  ) {}

  static async start({ db, url }: { readonly db: Database; readonly url: string }): Promise<KilledProduct> {
    const system = await startStandaloneOnTenant({ DATABASE_URL: url, CONFIRM_SECONDS: '1' });
    await system.control.setBehaviours({ throttling: false });
    const { groupId } = await system.control.bulk(PEOPLE, 'Everybody');
    const connectionId = await system.connect([groupId], { guard: { maxRemovals: null, maxRemovalPercent: null } });
    return new KilledProduct(db, system, groupId, connectionId);
  }

  request(apply: 'automatic' | 'review'): Promise<KilledRun> {
    return this.system.api.post<KilledRun>(`/connections/${this.connectionId}/sync-runs`, { kind: 'full', apply });
  }

  approve({ id, planHash }: KilledRun): Promise<KilledRun> {
    return this.system.api.post<KilledRun>(`/sync-runs/${id}/approve`, { planHash });
  }

  /** Begins something, and kills the process at each of these moments, one after the other; the last restart goes on freely. */
  async killAll(kills: readonly Kill[], begin: () => Promise<KilledRun>): Promise<KilledRun> {
    let run: KilledRun | undefined;
    let gate: PostgresGate | undefined;
    for (const kill of kills) {
      await gate?.remove();
      gate = await PostgresGate.close(this.db, kill);
      if (run === undefined) run = await begin();
      else await this.restart();
      await gate.reached().catch((error: unknown) => {
        throw new Error(`the run never was ${kill.moment}:\n${this.system.standalone().output().slice(-4_000)}`, {
          cause: error,
        });
      });
      await this.system.kill();
      const [killed] = await this.db.query<{ state: string }>('SELECT state FROM runs.sync_runs WHERE id = $1', [run.id]);
      expect(killed?.state, kill.moment).toBe(kill.state);
    }
    await gate?.remove();
    await this.restart();
    return run!;
  }

  /** The dead process holds nothing any more: what its leases were good for has passed. */
  async restart(): Promise<void> {
    for (const table of ['runs.sync_runs', 'messaging.outbox_shards', 'watch.chains', 'watch.watched_connections'])
      await this.db.query(`UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
    await this.system.restart();
  }

  until(id: string, state: string): Promise<KilledRun> {
    return eventually(
      async () => {
        const run = await this.system.api.get<KilledRun>(`/sync-runs/${id}`);
        expect(run.state, JSON.stringify(run.error)).toBe(state);
        return run;
      },
      { deadlineMs: 60_000 },
    );
  }

  async expectAccountsToEqualTheTenant(): Promise<void> {
    const live = (await this.all<AccountRow>(`/accounts?connectionId=${this.connectionId}`)).filter(
      ({ status }) => status !== 'deactivated',
    );
    const members = await this.system.control.memberIds(this.groupId, PEOPLE);
    expect(live.map(({ entraObjectId }) => entraObjectId).sort()).toEqual(members.sort());
  }

  /** How many effects of each type, each of which one run had on one account and group at most once. */
  async effects(): Promise<Record<string, number>> {
    const rows = await this.all<{ type: string; accountId: string; groupId: string | null; runId: string | null }>(
      `/activity?connectionId=${this.connectionId}`,
    );
    const keys = rows.map(({ type, accountId, groupId: group, runId }) => `${runId} ${type} ${accountId} ${group}`);
    expect(new Set(keys).size).toBe(keys.length);
    const counts: Record<string, number> = {};
    for (const { type } of rows) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  }

  private async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const listed: Listing<Item> = await this.system.api.get(`${path}&limit=1000${more}`);
      items.push(...listed.items);
      cursor = listed.nextCursor;
    }
    return items;
  }
}
