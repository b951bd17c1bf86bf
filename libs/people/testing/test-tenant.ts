import { randomUUID } from 'node:crypto';
import {
  connectionSettingsSchema,
  silentLog,
  type ConnectionSettingsInput,
  type MembershipItem,
  type UserAttributes,
  type UserItem,
} from '#contracts';
import type { Database } from '#database';
import { PageApplier, type ApplyOutcome, type ConnectionForRules, type PeopleContext, type RecheckRequest } from '#people';
import { buildGroupPage, buildMembershipsPage, buildUser, buildUsersPage, type PageOptions } from './build-pages.js';

export const SETTLE_MS = 15 * 60_000;

type PageTouch = Partial<Pick<PageOptions, 'readNo' | 'page' | 'origin' | 'recheck' | 'runId' | 'at' | 'noticedAt'>>;

/** One organisation with one connection, a clock that tests move, and pages applied in one line. Ids are new in each instance. */
export class TestTenant {
  readonly organisationId: string;
  readonly connectionId = randomUUID();
  readonly groupId = randomUUID();
  readonly otherGroupId = randomUUID();
  readonly rechecks: RecheckRequest[] = [];
  /** What groups were called, in the order in which it was heard. */
  readonly groupNames: string[] = [];
  readonly context: PeopleContext;
  readonly applier: PageApplier;
  now = new Date('2026-11-23T10:00:00Z');
  connection: ConnectionForRules;
  private lastReadNo = 0;

  constructor(
    readonly db: Database,
    settings: ConnectionSettingsInput = {},
    neighbours: { readonly organisationId?: string; readonly connections?: Map<string, TestTenant> } = {},
  ) {
    this.organisationId = neighbours.organisationId ?? randomUUID();
    const connections = neighbours.connections ?? new Map<string, TestTenant>();
    connections.set(this.connectionId, this);
    this.connection = {
      connectionId: this.connectionId,
      organisationId: this.organisationId,
      state: 'enabled',
      settings: connectionSettingsSchema.parse(settings),
      watchedGroupIds: [this.groupId, this.otherGroupId],
      effects: { live: true, run: true },
    };
    this.context = {
      connectionOf: async (_, connectionId) => connections.get(connectionId)?.connection ?? null,
      onContradiction: async (_, rechecks) => void this.rechecks.push(...rechecks),
      onGroupNamed: async (_, __, { displayName }) => void this.groupNames.push(displayName),
    };
    this.applier = new PageApplier({ db, clock: () => this.now, log: silentLog, settleMs: SETTLE_MS, context: this.context });
  }

  set settings(settings: ConnectionSettingsInput) {
    this.connection = { ...this.connection, settings: connectionSettingsSchema.parse(settings) };
  }

  passes(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1_000);
  }

  /** Takes a read number before the read begins, as readers do. */
  nextReadNo(): number {
    this.lastReadNo += 1;
    return this.lastReadNo;
  }

  page(touch: PageTouch = {}): PageOptions {
    return {
      organisationId: this.organisationId,
      connectionId: this.connectionId,
      at: this.now,
      readNo: touch.readNo ?? this.nextReadNo(),
      ...touch,
    };
  }

  users(users: readonly UserItem[], touch: PageTouch = {}): Promise<ApplyOutcome> {
    return this.applier.applyUsers(buildUsersPage(this.page({ origin: 'read', ...touch }), users), this.now);
  }

  memberships(items: readonly MembershipItem[], touch: PageTouch & { readonly groupId?: string } = {}): Promise<ApplyOutcome> {
    const { groupId = this.groupId, ...page } = touch;
    return this.applier.applyMemberships(buildMembershipsPage({ ...this.page(page), groupId }, items), this.now);
  }

  group(
    state: 'present' | 'softDeleted' | 'deleted' | 'unwatched',
    touch: PageTouch & { readonly groupId?: string; readonly displayName?: string } = {},
  ): Promise<ApplyOutcome> {
    const { groupId = this.groupId, displayName, ...page } = touch;
    return this.applier.applyGroup(buildGroupPage({ ...this.page(page), groupId }, state, displayName), this.now);
  }

  /** A member of the first group with an account, unless the rules refuse. */
  async join(id: string = randomUUID(), attributes: UserAttributes = {}, groupId = this.groupId): Promise<string> {
    await this.memberships([{ memberId: id, memberType: 'user', change: 'added' }], { groupId });
    await this.users([buildUser(id, attributes)]);
    return id;
  }

  /** Several members at once. */
  async joinAll(count: number, groupId = this.groupId): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (let start = 0; start < count; start += 500) {
      const some = ids.slice(start, start + 500);
      await this.memberships(
        some.map((memberId) => ({ memberId, memberType: 'user', change: 'added' })),
        { groupId },
      );
      await this.users(some.map((id) => buildUser(id)));
    }
    return ids;
  }

  async account(id: string): Promise<TestAccount | undefined> {
    const [account] = await this.db.query<TestAccount>(
      `SELECT a.id, a.status, a.email, a.display_name AS name,
              coalesce((SELECT array_agg(g.group_id::text ORDER BY g.group_id) FROM people.grants g WHERE g.account_id = a.id), '{}') AS groups
         FROM people.accounts a WHERE a.connection_id = $1 AND a.entra_object_id = $2`,
      [this.connectionId, id],
    );
    return account;
  }

  async status(id: string): Promise<string | undefined> {
    return (await this.account(id))?.status;
  }

  async skipCode(id: string): Promise<string | null | undefined> {
    const [person] = await this.db.query<{ skip_code: string | null }>(
      'SELECT skip_code FROM people.persons WHERE connection_id = $1 AND entra_object_id = $2',
      [this.connectionId, id],
    );
    return person?.skip_code;
  }

  /** Types of the effects on a person, in their order. */
  async effects(id: string): Promise<string[]> {
    const rows = await this.db.query<{ type: string }>(
      'SELECT type FROM people.journal WHERE connection_id = $1 AND entra_object_id = $2 ORDER BY seq',
      [this.connectionId, id],
    );
    return rows.map(({ type }) => type.replace('rollcall.', ''));
  }

  async openHolds(): Promise<{ id: string; person: string; groupId: string | null; action: string; code: string }[]> {
    return this.db.query(
      `SELECT id, entra_object_id AS person, group_id AS "groupId", action, code FROM people.held_changes
        WHERE connection_id = $1 AND state = 'open' ORDER BY held_at, id`,
      [this.connectionId],
    );
  }
}

export interface TestAccount {
  readonly id: string;
  readonly status: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly groups: string[];
}
