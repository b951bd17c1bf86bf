import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#database';
import { withDatabase } from '#database/testing';
import type { DirectoryMember } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import {
  approveRun,
  decideChange,
  getRun,
  listChanges,
  PlanStaleError,
  requestUndo,
  runsMigrations,
  type PresentedChange,
} from '#runs';
import { buildMember, RunHarness } from '#runs/testing';
import { randomFrom } from '#test/random';

const SEEDS = 200;
const PEOPLE = 10;
const GROUPS = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const HOUR = 3_600_000;

/** A worker takes any run of its database, so stories that run side by side have one each. */
const lanes = Array.from({ length: 3 }, () => withDatabase([messagingMigrations, peopleMigrations, runsMigrations]));
beforeAll(() => Promise.all(lanes.map(({ db }) => db.query('CREATE SEQUENCE test_read_numbers'))));

async function forEachSeed(check: (story: Story) => Promise<void>): Promise<void> {
  await Promise.all(
    lanes.map(async ({ db }, lane) => {
      for (let seed = lane + 1; seed <= SEEDS; seed += lanes.length) {
        await check(new Story(db, seed)).catch((error: unknown) => {
          throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        });
      }
    }),
  );
}

interface Account {
  readonly person: string;
  readonly state: string;
}

/** A tenant that changes at random, and what an admin does with the plan that follows. */
class Story {
  readonly site: RunHarness;
  readonly random: (bound: number) => number;
  /** Whom live sync changed between the plan and its approval. */
  readonly moved = new Set<string>();

  constructor(
    readonly db: Database,
    seed: number,
  ) {
    this.site = new RunHarness(db);
    this.site.settings = { ...this.site.settings, guard: { maxRemovals: null, maxRemovalPercent: null, windowMinutes: 60 } };
    this.random = randomFrom(seed);
    for (const groupId of GROUPS) this.site.tenant.groups.set(groupId, []);
  }

  private chance(percent: number): boolean {
    return this.random(100) < percent;
  }

  /** Everybody anew, or only some of them. */
  changeTenant(percent: number): void {
    const { tenant } = this.site;
    for (let n = 1; n <= PEOPLE; n += 1) {
      if (!this.chance(percent)) continue;
      const id = person(n);
      for (const [groupId, members] of tenant.groups)
        tenant.groups.set(
          groupId,
          members.filter((member) => member.id !== id),
        );
      tenant.elsewhere.splice(0, tenant.elsewhere.length, ...tenant.elsewhere.filter((member) => member.id !== id));
      tenant.ownSide.delete(id);
      tenant.deletedUsers.delete(id);
      if (this.chance(10)) {
        tenant.ownSide.set(id, { notFound: true });
        tenant.deletedUsers.add(id);
        continue;
      }
      const member = this.anyMember(n);
      const joined = GROUPS.filter(() => this.chance(60));
      for (const groupId of joined) tenant.groups.get(groupId)?.push(member);
      if (joined.length === 0) tenant.elsewhere.push(member);
    }
  }

  private anyMember(n: number): DirectoryMember {
    const own = buildMember(person(n)).attributes;
    const mail = this.chance(10) ? null : this.chance(10) ? `person-${1 + this.random(PEOPLE)}@example.com` : own.mail;
    return buildMember(person(n), {
      attributes: {
        ...own,
        mail: mail ?? null,
        userPrincipalName: mail === null ? 'nobody#EXT#' : (own.userPrincipalName ?? null),
        displayName: `Person ${n} ${'abc'[this.random(3)]}`,
        accountEnabled: !this.chance(15),
        userType: this.chance(10) ? 'Guest' : 'Member',
      },
    });
  }

  /** What people of the organisation do by hand. */
  async touchAccounts(): Promise<void> {
    for (let n = 1; n <= PEOPLE; n += 1) {
      if (!this.chance(30)) continue;
      await this.db.query(
        'UPDATE people.accounts SET own_status = $3, protected = $4 WHERE connection_id = $1 AND entra_object_id = $2',
        [this.site.connectionId, person(n), this.chance(70) ? 'active' : 'deactivated', this.chance(30)],
      );
    }
  }

  /** A run that applies by itself. */
  async runByItself(): Promise<string> {
    const { id } = await this.site.request();
    await this.finish(id);
    return id;
  }

  /** A run whose plan waits; null where nothing differs, so that nothing waits. */
  async planForReview(): Promise<string | null> {
    const { id } = await this.site.request({ apply: 'review' });
    await this.site.work();
    this.site.passTime(60_000);
    await this.site.work();
    return (await this.site.stateOf(id)) === 'awaitingReview' ? id : null;
  }

  async finish(id: string): Promise<void> {
    await this.site.work();
    this.site.passTime(60_000);
    await this.site.work();
    expect(await this.site.stateOf(id)).toBe('completed');
    this.site.passTime(2 * HOUR);
  }

  /** Takes some lines and fields out of the plan; an approval of the plan as it was before is refused. */
  async decideSome(id: string): Promise<void> {
    const before = await this.hashOf(id);
    for (const { id: changeId, action, after } of await this.shown(id)) {
      if (action === 'skip' || !this.chance(20)) continue;
      const fields = action === 'update' && this.chance(50) ? Object.keys(after ?? {}).slice(0, 1) : [];
      const choice = fields.length > 0 ? { keepFields: fields } : { decision: 'skip' as const };
      const { planHash } = await this.db.transaction((tx) => decideChange(tx, this.site.actor, id, changeId, choice));
      expect(planHash).toBe(await this.hashOf(id));
      expect(planHash).not.toBe(before);
      await expect(this.db.transaction((tx) => approveRun(tx, this.site.actor, id, before, this.site.now))).rejects.toThrow(
        PlanStaleError,
      );
    }
  }

  /** Live sync hears that somebody of the plan has left, or has another name. */
  async moveSome(id: string): Promise<void> {
    for (const entraObjectId of new Set((await this.shown(id)).map((change) => change.entraObjectId))) {
      if (!this.chance(15)) continue;
      this.moved.add(entraObjectId);
      const attributes = { ...buildMember(entraObjectId).attributes, displayName: 'Moved meanwhile' };
      await this.site.provisioning.reportUser({ ...buildMember(entraObjectId), attributes });
    }
  }

  async approve(id: string): Promise<void> {
    const planHash = await this.hashOf(id);
    await this.db.transaction((tx) => approveRun(tx, this.site.actor, id, planHash, this.site.now));
    await this.finish(id);
  }

  async undo(runId: string): Promise<string> {
    const undoes = { connectionId: this.site.connectionId, undoes: { runId } };
    const { id } = await this.db.transaction((tx) => requestUndo(tx, this.site.actor, undoes, this.site.now));
    await this.site.work();
    if ((await this.site.stateOf(id)) === 'awaitingReview') await this.approve(id);
    else await this.finish(id);
    return id;
  }

  /** The plan as a reader pages through it. */
  async shown(id: string): Promise<PresentedChange[]> {
    const changes: PresentedChange[] = [];
    let cursor: string | undefined;
    do {
      const page = await listChanges(this.db, this.site.organisationId, id, {
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      changes.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return changes;
  }

  /** The plan as it is stored. */
  stored(id: string): Promise<PresentedChange[]> {
    return this.db.query(
      `SELECT id, action, entra_object_id AS "entraObjectId", account_id AS "accountId", group_id AS "groupId", before, after, decision,
              kept_fields AS "keptFields", outcome FROM runs.planned_changes WHERE run_id = $1 ORDER BY seq, ordinal`,
      [id],
    );
  }

  /** What happened, from the journal. */
  effects(
    id: string,
  ): Promise<{ type: string; entraObjectId: string; groupId: string | null; after: Record<string, unknown> | null }[]> {
    return this.db.query(
      `SELECT type, entra_object_id AS "entraObjectId", group_id AS "groupId", after FROM people.journal WHERE run_id = $1 ORDER BY seq`,
      [id],
    );
  }

  accounts(): Promise<Account[]> {
    return this.db.query<Account>(
      `SELECT a.entra_object_id AS person, concat_ws(' | ', a.status, a.own_status, a.display_name, a.given_name, a.surname, a.email,
              a.user_principal_name, (SELECT string_agg(g.group_id::text, ',' ORDER BY g.group_id) FROM people.grants g WHERE g.account_id = a.id)) AS state
         FROM people.accounts a WHERE a.connection_id = $1 ORDER BY 1`,
      [this.site.connectionId],
    );
  }

  private async hashOf(id: string): Promise<string> {
    return (await getRun(this.db, this.site.organisationId, id)).planHash ?? '';
  }
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

async function expectEffectsAsPlanned(story: Story, id: string): Promise<PresentedChange[]> {
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
      await story.runByItself();
      await story.touchAccounts();
      story.changeTenant(50);
      const id = await story.planForReview();
      if (id === null) return;
      await story.decideSome(id);
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
      await story.runByItself();
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
