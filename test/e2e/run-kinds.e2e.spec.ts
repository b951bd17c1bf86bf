import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { eventually } from '../support/eventually.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '../support/standalone-on-tenant.js';

const database = withDatabase();

interface Run {
  readonly id: string;
  readonly state: string;
  readonly summary: Record<string, unknown> | null;
  readonly error: unknown;
}

let system: StandaloneOnTenant;
let connectionId: string;
let groupId: string;

beforeAll(async () => {
  system = await startStandaloneOnTenant({ DATABASE_URL: database.url, SETTLE_SECONDS: '1', CONFIRM_SECONDS: '1' });
  groupId = (await system.control.bulk(30, 'Everybody')).groupId;
  connectionId = await system.connect([groupId]);
  await system.api.post(`/connections/${connectionId}/enable`);
  await eventually(async () => expect(await links()).toHaveLength(2), { deadlineMs: 60_000 });
  await eventually(async () => expect(await subscriptions()).toHaveLength(2), { deadlineMs: 60_000 });
  await eventually(async () => expect(await liveAccounts()).toHaveLength(30), { deadlineMs: 60_000 });
});
afterAll(() => system.stop());

const links = () =>
  database.db
    .query<{ link: string }>(`SELECT link FROM watch.chains WHERE state = 'live' AND link IS NOT NULL ORDER BY kind`)
    .then((rows) => rows.map(({ link }) => link));
const subscriptions = () =>
  database.db
    .query<{ id: string }>('SELECT graph_id AS id FROM watch.subscriptions WHERE graph_id IS NOT NULL')
    .then((rows) => rows.map(({ id }) => id));
const liveAccounts = async () =>
  (await system.api.get<Listing<AccountRow>>(`/accounts?connectionId=${connectionId}&limit=1000`)).items.filter(
    ({ status }) => status !== 'deactivated',
  );

/** Asks for a run as soon as no other one stands in the way. */
async function run(kind: 'problems' | 'scratch'): Promise<Run> {
  const { id } = await eventually(() => system.api.post<Run>(`/connections/${connectionId}/sync-runs`, { kind }), {
    deadlineMs: 60_000,
  });
  return eventually(
    async () => {
      const asked = await system.api.get<Run>(`/sync-runs/${id}`);
      expect(asked.state, JSON.stringify(asked.error)).toBe('completed');
      return asked;
    },
    { deadlineMs: 60_000 },
  );
}

it('from scratch: new links, new subscriptions, and everything read once more; live sync goes on with them', async () => {
  const [oldChains, oldSubscriptions] = [await chains(), await subscriptions()];
  expect((await run('scratch')).summary).toMatchObject({ fetched: 30, deactivated: 0 });
  await eventually(
    async () => {
      const now = await chains();
      expect(now).toHaveLength(2);
      expect(now.filter((id) => oldChains.includes(id))).toEqual([]);
    },
    { deadlineMs: 60_000 },
  );
  await eventually(
    async () => {
      const now = await subscriptions();
      expect(now).toHaveLength(2);
      expect(now.filter((id) => oldSubscriptions.includes(id))).toEqual([]);
    },
    { deadlineMs: 60_000 },
  );
  const joined = await system.control.addPerson('Late Comer', groupId);
  await eventually(async () => expect((await liveAccounts()).map(({ entraObjectId }) => entraObjectId)).toContain(joined), {
    deadlineMs: 60_000,
  });
});

it('problems only: reads those who were skipped or of whom a change came to nothing, and nobody else', async () => {
  await database.db.query(
    `UPDATE people.persons SET skip_code = 'NO_USABLE_EMAIL' WHERE (connection_id, entra_object_id) IN (
       SELECT connection_id, entra_object_id FROM people.accounts ORDER BY entra_object_id LIMIT 2)`,
  );
  const concerned = await database.db.query<{ id: string }>(
    `SELECT entra_object_id AS id FROM people.persons WHERE skip_code IS NOT NULL
     UNION
     SELECT c.entra_object_id FROM runs.planned_changes c JOIN runs.sync_runs r ON r.id = c.run_id
     WHERE c.outcome IN ('failed', 'stale') AND r.requested_at >= (SELECT max(requested_at) FROM runs.sync_runs WHERE kind = 'scratch')
     ORDER BY id`,
  );
  const { id, summary } = await run('problems');
  expect(summary).toMatchObject({ fetched: concerned.length, processed: concerned.length, deactivated: 0 });
  expect(await database.db.query('SELECT person_id AS id FROM runs.person_reads WHERE run_id = $1 ORDER BY id', [id])).toEqual(
    concerned,
  );
});

async function chains(): Promise<string[]> {
  const rows = await database.db.query<{ id: string }>(`SELECT id FROM watch.chains WHERE state = 'live' AND link IS NOT NULL`);
  return rows.map(({ id }) => id);
}
