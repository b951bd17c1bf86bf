import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { KilledProduct, page, PEOPLE, step, type Kill } from '../support/killed-product.js';

const database = withDatabase();

const BEFORE_REVIEW: readonly Kill[] = [
  step('before its first step', 'requested', 'reading'),
  ...[0, 1].map(page),
  step('with all pages read', 'reading', 'comparing'),
  { moment: 'finding what differs', state: 'comparing', table: 'runs.differences', on: 'INSERT' },
  { moment: 'planning', state: 'comparing', table: 'runs.planned_changes', on: 'INSERT', when: 'NEW.seq > 600' },
  step('with its plan stored', 'comparing', 'awaitingReview'),
];

describe('full-sync killed with SIGKILL at each state and page until its plan waits for review', () => {
  let product: KilledProduct;
  beforeAll(async () => {
    product = await KilledProduct.start(database);
  });
  afterAll(() => product.system.stop());

  it('goes on there, ends completed, applies nothing twice, and leaves the accounts equal to the tenant (invariants 1 and 2)', async () => {
    const { id } = await product.killAll(BEFORE_REVIEW, () => product.request('review'));
    await product.system.kill();
    await product.restart();
    await product.approve(await product.until(id, 'awaitingReview'));
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
