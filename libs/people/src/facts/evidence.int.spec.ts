import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import {
  EvidenceModel,
  EvidenceWorld,
  SETTLE_MS,
  TestTenant,
  worldStep,
  type EvidencePage,
  type FactKeeper,
} from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);

/** Pages go to Postgres and to the model; they must ask for the same rechecks. */
class Both implements FactKeeper {
  readonly model = new EvidenceModel(SETTLE_MS);

  constructor(readonly tenant: TestTenant) {}

  async apply(page: EvidencePage, now: Date) {
    this.tenant.now = now;
    this.tenant.rechecks.length = 0;
    if (page.kind === 'memberships') await this.tenant.applier.applyMemberships(page.event, now);
    else await this.tenant.applier.applyUsers(page.event, now);
    const expected = this.model.apply(page, now);
    expect(this.tenant.rechecks).toEqual(expected);
    return expected;
  }
}

it('stores what the model of evidence says, and makes of it what the rules say (invariants 2 and 3)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(worldStep, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
      const tenant = new TestTenant(database.db, { guard: { maxRemovals: null, maxRemovalPercent: null } });
      const both = new Both(tenant);
      const world = new EvidenceWorld(both, 2, tenant);
      for (const step of steps) await world.take(step);
      await world.comeToRest();
      for (const [index, id] of world.members.entries()) {
        const [row] = await database.db.query<{ present: boolean; read_no: number; flips: number }>(
          'SELECT present, read_no, flips FROM people.memberships WHERE connection_id = $1 AND member_id = $2',
          [tenant.connectionId, id],
        );
        const fact = both.model.memberships.get(id);
        expect(row).toEqual(
          fact === undefined ? undefined : { present: fact.present, read_no: fact.version.readNo, flips: fact.flips },
        );
        const account = await tenant.account(id);
        const isIn = world.isPresent(index) && world.isEnabled(index) && both.model.users.get(id)?.attributes.mail !== undefined;
        expect(account?.status ?? 'none').toBe(isIn ? 'inactive' : account === undefined ? 'none' : 'deactivated');
        if (account !== undefined) expect(account.groups).toEqual(world.isPresent(index) ? [tenant.groupId] : []);
      }
    }),
    { numRuns: 250 },
  );
}, 240_000);
