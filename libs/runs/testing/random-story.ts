import type { Database } from '#database';
import type { DirectoryMember } from '#graph-client';
import { decideChange, getRun, listChanges, type PresentedChange } from '#runs';
import { randomFrom } from '#test/random';
import { buildMember } from './fake-tenant.js';
import { RunHarness } from './run-harness.js';

const PEOPLE = 10;
const GROUPS = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;

export interface StoryAccount {
  readonly person: string;
  readonly state: string;
}

/** A tenant that changes at random, and what an admin does with the plan that follows. */
export class RandomStory {
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

  /** A run whose plan waits; null where nothing differs, so that nothing waits. */
  async planForReview(): Promise<string | null> {
    const { id } = await this.site.request({ apply: 'review' });
    await this.site.work();
    this.site.passTime(60_000);
    await this.site.work();
    return (await this.site.stateOf(id)) === 'awaitingReview' ? id : null;
  }

  /** Takes some lines and fields out of the plan. After each, `check` is told the new hash that was answered. */
  async decideSome(id: string, check: (planHash: string) => Promise<void>): Promise<void> {
    for (const { id: changeId, action, after } of await this.shown(id)) {
      if (action === 'skip' || !this.chance(20)) continue;
      const fields = action === 'update' && this.chance(50) ? Object.keys(after ?? {}).slice(0, 1) : [];
      const choice = fields.length > 0 ? { keepFields: fields } : { decision: 'skip' as const };
      const { planHash } = await this.db.transaction((tx) => decideChange(tx, this.site.actor, id, changeId, choice));
      await check(planHash);
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

  /** Approves the plan as it stands, and sees it applied. */
  async approve(id: string): Promise<void> {
    await this.site.approve(id);
    await this.site.complete(id);
  }

  async undo(runId: string): Promise<string> {
    const { id } = await this.site.requestUndo({ runId });
    await this.site.work();
    if ((await this.site.stateOf(id)) === 'awaitingReview') await this.site.approve(id);
    await this.site.complete(id);
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

  accounts(): Promise<StoryAccount[]> {
    return this.db.query<StoryAccount>(
      `SELECT a.entra_object_id AS person, concat_ws(' | ', a.status, a.own_status, a.display_name, a.given_name, a.surname, a.email,
              a.user_principal_name, (SELECT string_agg(g.group_id::text, ',' ORDER BY g.group_id) FROM people.grants g WHERE g.account_id = a.id)) AS state
         FROM people.accounts a WHERE a.connection_id = $1 ORDER BY 1`,
      [this.site.connectionId],
    );
  }

  async hashOf(id: string): Promise<string> {
    return (await getRun(this.db, this.site.organisationId, id)).planHash ?? '';
  }
}
