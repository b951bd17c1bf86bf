import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { answer, KilledProduct, PEOPLE, portion, proving, step, type Kill } from '../support/killed-product.js';

const database = withDatabase();

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

describe('full-sync killed with SIGKILL at each state and page after its plan was approved', () => {
  let product: KilledProduct;
  beforeAll(async () => {
    product = await KilledProduct.start(database);
  });
  afterAll(() => product.system.stop());

  it('goes on there, ends completed, applies nothing twice, and leaves the accounts equal to the tenant (invariants 1 and 2)', async () => {
    const waiting = await product.until((await product.request('review')).id, 'awaitingReview');
    const { id } = await product.killAll(AFTER_REVIEW, () => product.approve(waiting));
    expect((await product.until(id, 'completed')).summary).toMatchObject({
      fetched: PEOPLE,
      created: PEOPLE,
      granted: PEOPLE,
      stale: 0,
    });
    await product.expectAccountsToEqualTheTenant();
    expect(await product.effects()).toEqual({ 'rollcall.account.created': PEOPLE, 'rollcall.membership.granted': PEOPLE });
  }, 300_000);
});
