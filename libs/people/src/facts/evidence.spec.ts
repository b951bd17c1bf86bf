import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceModel, EvidenceWorld, SETTLE_MS, worldStep } from '#people/testing';

describe('the rules of evidence', () => {
  it('converge to the tenant one recheck after changes stop, whatever is late, stale, replayed or killed (invariants 2 and 3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(worldStep, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
        const model = new EvidenceModel(SETTLE_MS);
        const world = new EvidenceWorld(model, 2);
        for (const step of steps) await world.take(step);
        const runs = await world.comeToRest();
        world.members.forEach((id, index) => {
          expect(model.memberships.get(id)?.present ?? false).toBe(world.isPresent(index));
          expect(model.users.get(id)?.attributes.accountEnabled ?? true).toBe(world.isEnabled(index));
        });
        expect(runs).toBeLessThanOrEqual(2);
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
