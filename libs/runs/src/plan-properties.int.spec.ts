import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { approveRun, PlanStaleError, runsMigrations, type PresentedChange } from '#runs';
import { RandomStory } from '#runs/testing';

const SEEDS = 200;

/** A worker takes any run of its database, so stories that run side by side have one each. */
const lanes = Array.from({ length: 3 }, () => withDatabase([messagingMigrations, peopleMigrations, runsMigrations]));
beforeAll(() => Promise.all(lanes.map(({ db }) => db.query('CREATE SEQUENCE test_read_numbers'))));

async function forEachSeed(check: (story: RandomStory) => Promise<void>): Promise<void> {
  await Promise.all(
    lanes.map(async ({ db }, lane) => {
      for (let seed = lane + 1; seed <= SEEDS; seed += lanes.length) {
        await check(new RandomStory(db, seed)).catch((error: unknown) => {
          throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        });
      }
    }),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  create: 'rollcall.account.created',
  update: 'rollcall.account.updated',
  deactivate: 'rollcall.account.deactivated',
  reactivate: 'rollcall.account.reactivated',
  grant: 'rollcall.membership.granted',
  revoke: 'rollcall.membership.revoked',
};

/** One effect as text, planned or done: its kind, whom and which group it concerns, and the values that follow. */
function line(
  type: string,
  { entraObjectId, groupId, after }: Pick<PresentedChange, 'entraObjectId' | 'groupId' | 'after'>,
  kept: readonly string[] = [],
): string {
  const values = Object.entries(after ?? {}).filter(([name]) => !kept.includes(name));
  return JSON.stringify([type, entraObjectId, groupId, values.sort(([left], [right]) => left.localeCompare(right))]);
}

const planned = (changes: readonly PresentedChange[]) =>
  changes
    .filter(({ outcome }) => outcome === 'applied')
    .map((change) => line(TYPES[change.action] ?? change.action, change, change.keptFields))
    .sort();

async function expectEffectsAsPlanned(story: RandomStory, id: string): Promise<PresentedChange[]> {
  const changes = await story.shown(id);
  const done = (await story.effects(id)).filter(({ type }) => type !== 'rollcall.membership.held');
  expect(done.map((effect) => line(effect.type, effect)).sort()).toEqual(planned(changes));
  expect(changes.filter(({ outcome }) => outcome === null)).toEqual([]);
  return changes;
}

describe(`over ${SEEDS} tenants that change at random`, () => {
  it('the plan shown is the plan stored, and the effects are those of its lines that were applied, no others (invariant 6)', async () => {
    await forEachSeed(async (story) => {
      story.changeTenant(100);
      await story.site.completedRun();
      await story.touchAccounts();
      story.changeTenant(50);
      const id = await story.planForReview();
      if (id === null) return;
      const before = await story.hashOf(id);
      await story.decideSome(id, async (planHash) => {
        expect(planHash).toBe(await story.hashOf(id));
        expect(planHash).not.toBe(before);
        const { db, site } = story;
        await expect(db.transaction((tx) => approveRun(tx, site.actor, id, before, site.now))).rejects.toThrow(PlanStaleError);
      });
      const shown = await story.shown(id);
      expect(shown).toMatchObject((await story.stored(id)).map((row) => ({ ...row })));
      await story.moveSome(id);
      await story.approve(id);
      const changes = await expectEffectsAsPlanned(story, id);
      expect(changes.map(({ outcome: _, reason: __, ...change }) => change)).toEqual(
        shown.map(({ outcome: _, reason: __, ...change }) => change),
      );
      for (const { decision, outcome, entraObjectId, action } of changes) {
        if (decision === 'skip') expect(outcome).toBe('skipped');
        if (story.moved.has(entraObjectId)) expect([action, outcome]).not.toEqual([action, 'applied']);
      }
    });
  }, 400_000);

  it('the state before a run is the state after it was undone; an account that it created ends deactivated (invariant 7)', async () => {
    await forEachSeed(async (story) => {
      story.changeTenant(100);
      await story.site.completedRun();
      await story.touchAccounts();
      const before = await story.accounts();
      story.changeTenant(50);
      const id = await story.planForReview();
      if (id === null) return;
      await story.approve(id);
      const changes = await expectEffectsAsPlanned(story, id);
      expect(changes.filter(({ decision, outcome }) => decision === 'apply' && outcome !== 'applied')).toEqual([]);
      await story.undo(id);
      const after = await story.accounts();
      const known = new Set(before.map((account) => account.person));
      expect(after.filter((account) => known.has(account.person))).toEqual(before);
      const created = after.filter((account) => !known.has(account.person));
      expect(created.map(({ state }) => state.split(' | ')[0])).toEqual(created.map(() => 'deactivated'));
    });
  }, 400_000);
});
