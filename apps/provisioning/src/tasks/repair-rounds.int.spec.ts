import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { buildUsersPage, TestTenant } from '#people/testing';
import { watchMigrations } from '#watch';
import { RepairRoundsTask } from './repair-rounds.task.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations]);

describe('a round of people of which a page was buried', () => {
  it('is given up after a while, and its people are read directly; one of a run is left to the run', async () => {
    const tenant = new TestTenant(database.db);
    const [live, ofRun] = [randomUUID(), randomUUID()];
    const stage = (id: string, of: { readonly runId?: string } = {}) =>
      tenant.applier.applyUsers(
        buildUsersPage(
          { ...tenant.page({ readNo: tenant.nextReadNo() }), ...of, round: { id: `round-${id}`, index: 0, pages: 2 } },
          [{ id, state: 'softDeleted' }],
        ),
        tenant.now,
      );
    expect(await stage(live)).toEqual({ outcome: 'staged' });
    expect(await stage(ofRun, { runId: randomUUID() })).toEqual({ outcome: 'staged' });
    const repair = new RepairRoundsTask(database.db, () => tenant.now, silentLog);
    expect(await repair.run()).toBe(false);
    tenant.passes(601);
    expect(await repair.run()).toBe(true);
    expect(await repair.run()).toBe(false);
    expect(await database.db.query('SELECT kind, member_id, reason FROM watch.rechecks')).toEqual([
      { kind: 'user', member_id: live, reason: 'DEAD_LETTER' },
    ]);
    expect(await database.db.query('SELECT round_id FROM people.round_pages')).toEqual([{ round_id: `round-${ofRun}` }]);
  });
});
