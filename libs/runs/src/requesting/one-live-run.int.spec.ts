import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { runStates } from '#contracts';
import { isUniqueViolation } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { RunInProgressError, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';
import { claimRun } from '../lifecycle/claim-run.js';
import { LIVE_STATES } from '../lifecycle/run-transitions.js';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** A connection of which a run is in this state. */
async function siteIn(state: string): Promise<{ site: RunHarness; id: string }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(randomUUID(), [buildMember(randomUUID())]);
  const { id } = await site.request();
  await test.db.query('UPDATE runs.sync_runs SET state = $2 WHERE id = $1', [id, state]);
  return { site, id };
}

describe('a connection has one live run', () => {
  it.each(LIVE_STATES)('one that is %s keeps every other from beginning, and is named to whoever asks', async (state) => {
    const { site, id } = await siteIn(state);
    await expect(site.request({ kind: 'problems' })).rejects.toThrow(new RunInProgressError(id));
    await expect(site.requestUndo({ from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' })).rejects.toThrow(
      new RunInProgressError(id),
    );
    expect((await site.request()).id, 'the same was asked for').toBe(id);
  });

  it.each(runStates.filter((state) => !LIVE_STATES.includes(state)))('one that is %s keeps nobody from it', async (state) => {
    const { site, id } = await siteIn(state);
    expect((await site.request()).id).not.toBe(id);
  });

  it.each(LIVE_STATES.flatMap((one) => LIVE_STATES.map((other) => [one, other] as const)))(
    'the database refuses a second one, whoever writes it: %s beside %s',
    async (one, other) => {
      const { id } = await siteIn(one);
      const second = test.db.query(
        `INSERT INTO runs.sync_runs (id, organisation_id, connection_id, kind, apply, state, reason, requested_by, requested_at, wake_at)
         SELECT $2, organisation_id, connection_id, kind, apply, $3, reason, requested_by, requested_at, wake_at FROM runs.sync_runs WHERE id = $1`,
        [id, randomUUID(), other],
      );
      expect(isUniqueViolation(await second.catch((error: unknown) => error))).toBe(true);
    },
  );

  it('a run is held by one worker at a time, until its lease has run out', async () => {
    await test.db.query('DELETE FROM runs.sync_runs');
    const { site, id } = await siteIn('reading');
    const claim = (owner: string) => claimRun(test.db, owner, 60_000, site.now);
    const claimed = await Promise.all(['one', 'two', 'three'].map(claim));
    const [held, ...others] = claimed.flatMap((each) => each ?? []);
    expect([held?.run.id, others]).toEqual([id, []]);
    await site.expireLeases();
    expect((await claim('four'))?.lease.token).toBeGreaterThan(held!.lease.token);
  });
});
