import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { answer, KilledProduct, PEOPLE, portion, proving, step, type Kill } from '../support/killed-product.js';

const database = withDatabase();
const LEAVERS = 300;

const WITH_REMOVALS: readonly Kill[] = [
  {
    moment: 'confirming removals',
    state: 'comparing',
    table: 'runs.removal_candidates',
    on: 'UPDATE',
    when: 'NEW.checked_at IS NOT NULL',
  },
  portion(0),
  answer,
  proving,
  step('with everything applied', 'applying', 'completed'),
];
const UNDOING: readonly Kill[] = [
  step('before its first step', 'requested', 'reading'),
  { moment: 'planning the undo', state: 'comparing', table: 'runs.planned_changes', on: 'INSERT', when: 'NEW.seq > 100' },
  { moment: 'taking back', state: 'applying', table: 'people.journal', on: 'INSERT' },
  {
    moment: 'taking back the second portion',
    state: 'applying',
    table: 'runs.sync_runs',
    on: 'UPDATE',
    when: 'NEW.published_seq > 200 AND OLD.published_seq = 200',
  },
  step('with everything taken back', 'applying', 'completed'),
];

describe('full-sync killed with SIGKILL (invariants 1 and 2)', () => {
  let product: KilledProduct;
  let removing: string;

  beforeAll(async () => {
    product = await KilledProduct.start(database);
    await product.until((await product.request('automatic')).id, 'completed');
  });
  afterAll(() => product.system.stop());

  it('while it removes people goes on there, removes nobody twice, and leaves the accounts equal to the tenant', async () => {
    const { system, groupId } = product;
    const members = await system.control.memberIds(groupId, PEOPLE);
    await Promise.all(members.slice(0, LEAVERS).map((member) => system.control.removeMember(groupId, member)));
    const { id } = await product.killAll(WITH_REMOVALS, () => product.request('automatic'));
    removing = id;
    expect((await product.until(id, 'completed')).summary).toMatchObject({
      deactivated: LEAVERS,
      revoked: LEAVERS,
      stale: 0,
      held: 0,
    });
    await product.expectAccountsToEqualTheTenant();
    expect(await product.effects()).toEqual({
      'rollcall.account.created': PEOPLE,
      'rollcall.membership.granted': PEOPLE,
      'rollcall.account.deactivated': LEAVERS,
      'rollcall.membership.revoked': LEAVERS,
    });
  }, 300_000);

  it('and while it takes that back', async () => {
    const before = await product.effects();
    const { id } = await product.killAll(UNDOING, () =>
      product.system.api.post(`/sync-runs/${removing}/undo`, { apply: 'automatic' }),
    );
    await product.until(id, 'completed');
    expect(await product.effects()).toEqual({
      ...before,
      'rollcall.account.reactivated': LEAVERS,
      'rollcall.membership.granted': PEOPLE + LEAVERS,
    });
  }, 300_000);
});
