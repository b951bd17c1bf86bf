import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { HttpReceiver } from '#notices/testing';
import { eventually } from '../support/eventually.js';
import type { Listing } from '../support/rollcall-api.js';
import { startStandaloneOnTenant, type StandaloneOnTenant } from '../support/standalone-on-tenant.js';

/** The process is killed (SIGKILL) at a moment that a lock on a table holds still: nothing goes on until the test lets it. */
const database = withDatabase();

interface NoticeRow {
  readonly kind: string;
  readonly content: { readonly title: string };
}

let system: StandaloneOnTenant;
let receiver: HttpReceiver;
let connectionId: string;

beforeAll(async () => {
  receiver = await HttpReceiver.start();
  system = await startStandaloneOnTenant({
    DATABASE_URL: database.url,
    SETTLE_SECONDS: '1',
    CONFIRM_SECONDS: '1',
    NOTICES_TO_LOOPBACK: 'on',
  });
  const { groupId } = await system.control.bulk(5, 'Everybody');
  connectionId = await system.connect([groupId]);
  const rules = { runFinished: { channels: ['inProduct', 'webhook'] } };
  const put = await system.api.request('PUT', '/notification-rules', { rules, webhook: { url: receiver.url } });
  expect(put.status).toBe(200);
});
afterAll(async () => {
  await system.stop();
  await receiver.stop();
});

const notices = async () => (await system.api.get<Listing<NoticeRow>>('/notifications?limit=100')).items;
const webhookIds = () => receiver.posts.map(({ headers }) => headers['webhook-id']);
const requestRun = async () =>
  (await system.api.post<{ id: string }>(`/connections/${connectionId}/sync-runs`, { kind: 'full' })).id;
const stateOf = async (runId: string) =>
  (await database.db.query<{ state: string }>('SELECT state FROM runs.sync_runs WHERE id = $1', [runId]))[0]?.state;

/** Runs `act` while nobody can write to the table, and kills the process before the table is let go. */
async function killWhileLocked(table: string, act: () => Promise<void>): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    await act();
    await system.kill();
  });
}

it('killed between a run and its notice, it still sends exactly one', async () => {
  await killWhileLocked('notices.heard_events', async () => {
    const runId = await requestRun();
    await eventually(async () => expect(await stateOf(runId)).toBe('completed'), { deadlineMs: 60_000, everyMs: 50 });
  });
  expect(receiver.posts).toEqual([]);
  await system.restart();
  await eventually(async () => expect(await notices()).toHaveLength(1), { deadlineMs: 60_000 });
  await eventually(() => expect(webhookIds()).toHaveLength(1), { deadlineMs: 60_000 });
  expect(await notices()).toEqual([expect.objectContaining({ kind: 'runFinished' })]);
});

it('killed between sending and noting it, it sends again under the same id, and the bell shows one', async () => {
  const [before, posted] = [(await notices()).length, receiver.posts.length];
  await killWhileLocked('notices.attempts', async () => {
    await requestRun();
    await eventually(() => expect(webhookIds()).toHaveLength(posted + 1), { deadlineMs: 60_000, everyMs: 50 });
    await eventually(async () => expect(await notices()).toHaveLength(before + 1), { deadlineMs: 60_000, everyMs: 50 });
  });
  // Nobody waits a minute for the leases of the dead.
  await database.db.query('UPDATE notices.deliveries SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL');
  await system.restart();
  await eventually(() => expect(webhookIds()).toHaveLength(posted + 2), { deadlineMs: 60_000 });
  const [first, second] = webhookIds().slice(posted);
  expect(second).toBe(first);
  const waiting = () => database.db.query(`SELECT 1 FROM notices.deliveries WHERE state = 'waiting'`);
  await eventually(async () => expect(await waiting()).toEqual([]), { deadlineMs: 60_000 });
  expect(await notices()).toHaveLength(before + 1);
  expect(webhookIds()).toHaveLength(posted + 2);
});
