import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations, type Actor } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import {
  liftPin,
  listHeldChanges,
  listPins,
  patchAccount,
  peopleMigrations,
  type AccountPatch,
  type ReactionTools,
} from '#people';
import { getRun, listChanges, runsMigrations, type UndoAsk } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const SETTLE = 15 * 60_000;

let site: RunHarness;
let actor: Actor;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(async () => {
  actor = await makeOrganisation(test.db);
  site = new RunHarness(test.db, { organisationId: actor.organisationId });
});

const run = () => site.completedRun();
/** Asks for the undo; its plan, as lines. */
async function planned(undoes: UndoAsk['undoes']): Promise<{ id: string; plan: string[] }> {
  const { id } = await site.requestUndo(undoes);
  await site.work();
  return { id, plan: await lines(id) };
}
async function approved(id: string): Promise<string[]> {
  await site.approve(id);
  await site.complete(id);
  return lines(id);
}
async function undo(undoes: UndoAsk['undoes']): Promise<string> {
  const { id } = await planned(undoes);
  if ((await site.stateOf(id)) !== 'completed') await approved(id);
  return id;
}
async function lines(runId: string): Promise<string[]> {
  const { items } = await listChanges(test.db, site.organisationId, runId, { limit: 1_000 });
  return items
    .map(({ action, entraObjectId, outcome, reason }) =>
      [
        action,
        Number(entraObjectId.slice(-4)),
        ...(outcome === null ? [] : [outcome]),
        ...(reason === null ? [] : [reason.code]),
      ].join(' '),
    )
    .toSorted();
}
const accounts = async () =>
  (
    await test.db.query<{ line: string }>(
      `SELECT concat_ws(' ', right(a.entra_object_id::text, 1), a.status, a.email, (SELECT count(*) FROM people.grants g WHERE g.account_id = a.id)) AS line
         FROM people.accounts a WHERE a.connection_id = $1 ORDER BY a.entra_object_id`,
      [site.connectionId],
    )
  ).map(({ line }) => line);
const tools = (): ReactionTools => ({
  context: { connectionOf: site.provisioning.rules.connectionOf },
  clock: () => site.now,
  newId: randomUUID,
  settleMs: SETTLE,
});
async function patch(n: number, change: AccountPatch): Promise<void> {
  const [account] = await test.db.query<{ id: string }>(
    'SELECT id FROM people.accounts WHERE connection_id = $1 AND entra_object_id = $2',
    [site.connectionId, person(n)],
  );
  await test.db.transaction((tx) => patchAccount(tx, tools(), actor, account!.id, change));
}
const withMail = (n: number, mail: string) => {
  const member = buildMember(person(n));
  return { ...member, attributes: { ...member.attributes, mail } };
};
const address = (n: number) => `person-${String(n).padStart(4, '0')}@example.com`;

describe('an undo leaves out, and reports', () => {
  beforeEach(() => void site.tenant.groups.set(GROUP, people(1, 3)));

  it('an account that was protected since (invariant 8)', async () => {
    const first = await run();
    await patch(2, { protected: true });
    const { id, plan } = await planned({ runId: first });
    expect(plan).toEqual(['deactivate 1', 'deactivate 3', 'revoke 1', 'revoke 3', 'skip 2 ACCOUNT_PROTECTED']);
    await approved(id);
    expect((await accounts())[1]).toBe(`2 inactive ${address(2)} 1`);
  });

  it('the last super admin, also where several would go together (invariant 8)', async () => {
    const first = await run();
    await patch(1, { roles: ['superAdmin'] });
    await patch(2, { roles: ['superAdmin'] });
    const { id, plan } = await planned({ runId: first });
    expect(plan.filter((line) => line.endsWith('LAST_SUPER_ADMIN'))).toEqual(['skip 2 LAST_SUPER_ADMIN']);
    await approved(id);
    expect((await accounts()).map((line) => line.split(' ')[1])).toEqual(['deactivated', 'inactive', 'deactivated']);
  });

  it('the super admin who became the last one while the undo waited', async () => {
    const first = await run();
    await patch(1, { roles: ['superAdmin'] });
    site.tenant.groups.set(GROUP, people(1, 4));
    await run();
    await patch(4, { roles: ['superAdmin'] });
    const { id, plan } = await planned({ runId: first });
    expect(plan).toContain('deactivate 1');
    await patch(4, { roles: [] });
    expect((await approved(id)).filter((line) => line.includes(' 1 '))).toEqual([
      'deactivate 1 stale PLAN_STALE',
      'revoke 1 stale PLAN_STALE',
    ]);
    expect((await accounts())[0]).toBe(`1 inactive ${address(1)} 1`);
  });

  it('an account that a person changed by hand since', async () => {
    const first = await run();
    await patch(1, { status: 'active' });
    await patch(2, { status: 'deactivated' });
    const { id, plan } = await planned({ runId: first });
    expect(plan).toEqual(['deactivate 3', 'revoke 3', 'skip 1 CHANGED_SINCE', 'skip 2 CHANGED_SINCE']);
    await patch(3, { status: 'active' });
    expect(await approved(id), 'also while it waited').toEqual([
      'deactivate 3 stale PLAN_STALE',
      'revoke 3 stale PLAN_STALE',
      'skip 1 skipped CHANGED_SINCE',
      'skip 2 skipped CHANGED_SINCE',
    ]);
    expect((await accounts()).map((line) => line.split(' ')[1])).toEqual(['active', 'deactivated', 'active']);
  });

  it('an address that somebody else took meanwhile, with everything else of that person', async () => {
    await run();
    site.tenant.groups.set(GROUP, [withMail(1, 'moved@example.com'), ...people(2, 3)]);
    const renaming = await run();
    site.tenant.groups.set(GROUP, [withMail(1, 'moved@example.com'), ...people(2, 3), withMail(4, address(1))]);
    await run();
    const { id, plan } = await planned({ runId: renaming });
    expect(plan).toEqual(['skip 1 skipped EMAIL_CONFLICT']);
    expect(await site.stateOf(id), 'nothing is left to review').toBe('completed');
    expect(await getRun(test.db, site.organisationId, renaming), 'nothing was taken back').toMatchObject({ undone: false });
    expect((await accounts())[0]).toBe('1 inactive moved@example.com 1');
  });

  it('an address that somebody else took while the undo waited', async () => {
    await run();
    site.tenant.groups.set(GROUP, [withMail(1, 'moved@example.com'), ...people(2, 3)]);
    const { id, plan } = await planned({ runId: await run() });
    expect(plan).toEqual(['update 1']);
    await site.provisioning.report(GROUP, [{ memberId: person(4), memberType: 'user', change: 'added' }]);
    await site.provisioning.reportUser(withMail(4, address(1)));
    expect(await approved(id)).toEqual(['update 1 stale PLAN_STALE']);
    expect((await accounts())[0]).toBe('1 inactive moved@example.com 1');
  });
});

describe('an undo brings back', () => {
  it('addresses that the run had swapped, or had given to somebody whom it created', async () => {
    site.tenant.groups.set(GROUP, people(1, 3));
    await run();
    const before = await accounts();
    site.tenant.groups.set(GROUP, [
      withMail(1, address(2)),
      withMail(2, address(1)),
      withMail(3, 'moved@example.com'),
      withMail(4, address(3)),
    ]);
    const mixing = await run();
    expect(await accounts()).toContain(`4 inactive ${address(3)} 1`);
    await undo({ runId: mixing });
    expect((await accounts()).slice(0, 3)).toEqual(before);
    expect((await accounts())[3]).toMatch(/^4 deactivated/);
  });

  it('of a span of time what live sync and runs did, and not what a person did', async () => {
    site.tenant.groups.set(GROUP, people(1, 3));
    await run();
    const before = await accounts();
    const from = site.now.toISOString();
    site.tenant.groups.set(GROUP, people(2, 4));
    site.tenant.elsewhere.push(...people(1, 1));
    await site.provisioning.report(GROUP, [{ memberId: person(1), memberType: 'user', change: 'removed' }]);
    await run();
    await patch(2, { status: 'active' });
    await undo({ from, to: site.now.toISOString() });
    expect((await accounts()).slice(0, 3)).toEqual([before[0], `2 active ${address(2)} 1`, before[2]]);
    expect((await accounts())[3]).toMatch(/^4 deactivated .* 0$/);
  });

  it('what it undid itself, when it is undone: run, undo, undo of the undo, and once more', async () => {
    site.tenant.groups.set(GROUP, people(1, 3));
    const first = await run();
    const there = await accounts();
    const away = await undo({ runId: first }).then(async (id) => ({ id, accounts: await accounts() }));
    const back = await undo({ runId: away.id });
    expect(await accounts()).toEqual(there);
    expect((await listPins(test.db, { organisationId: site.organisationId, limit: 100 })).items).toEqual([]);
    await undo({ runId: back });
    expect(await accounts()).toEqual(away.accounts);
  });
});

describe('after an undo', () => {
  const report = (change: 'added' | 'removed') =>
    site.provisioning.report(GROUP, [{ memberId: person(1), memberType: 'user', change }]);
  const statusOfFirst = async () => (await accounts())[0]?.split(' ')[1];

  /** Somebody left, and the run that took them out is undone: they are back, against the directory. */
  async function broughtBack(): Promise<void> {
    site.tenant.groups.set(GROUP, people(1, 12));
    await run();
    site.tenant.groups.set(GROUP, people(2, 12));
    site.tenant.elsewhere.push(...people(1, 1));
    await undo({ runId: await run() });
    expect(await statusOfFirst()).toBe('inactive');
  }

  it('pins keep live sync and runs from doing the same again', async () => {
    await broughtBack();
    await report('removed');
    await run();
    expect(await accounts()).toContain(`1 inactive ${address(1)} 1`);
  });

  it('a lifted pin lets sync do what the directory says', async () => {
    await broughtBack();
    const { items } = await listPins(test.db, { organisationId: site.organisationId, limit: 100 });
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) await test.db.transaction((tx) => liftPin(tx, tools(), actor, id));
    expect(await statusOfFirst()).toBe('deactivated');
  });

  it('the tenant changes its mind: the pin ends; changing back at once is held, later it is done', async () => {
    await broughtBack();
    await report('added');
    expect((await listPins(test.db, { organisationId: site.organisationId, limit: 100 })).items).toEqual([]);
    site.passTime(60_000);
    await report('removed');
    expect(await statusOfFirst()).toBe('inactive');
    const held = await listHeldChanges(test.db, { organisationId: site.organisationId, limit: 100 });
    expect(held.items.map(({ reason }) => reason.code)).toContain('UNDONE');
    await report('added');
    site.passTime(SETTLE + 60_000);
    await report('removed');
    expect(await statusOfFirst()).toBe('deactivated');
  });
});
