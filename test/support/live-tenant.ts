import { expect } from 'vitest';
import type { Cloud } from '#graph-client';
import type { RunningSimulator } from '#graph-simulator';
import { eventually } from './eventually.js';
import type { AccountRow, ConnectionRow, Listing, RollcallApi } from './rollcall-api.js';

export interface ConnectOptions {
  /** Names of the watched groups; the tenant's first when absent. */
  readonly groups?: readonly string[];
  /** All users of the tenant are in scope, beside the groups that are named. */
  readonly everybody?: boolean;
  readonly settings?: Record<string, unknown>;
  /** False: stored, not switched on. */
  readonly enabled?: boolean;
  /** False: does not wait until everybody of the tenant has an account. */
  readonly settled?: boolean;
}

export interface HealthRow {
  mode: 'off' | 'perGroup' | 'perTenant' | 'polling' | 'sweepOnly';
  state: string;
  problem: { code: string; message: string } | null;
  degradedSince: string | null;
  blocked: { code: string; until: string } | null;
  missedNotices: number;
  heldChanges: number;
  chains: { kind: string; lastReadAt: string | null; failureCode: string | null }[];
  subscriptions: { resource: string; subscriptionId: string | null }[];
  rechecks: { size: number };
  baselines: unknown[];
  people: { skippedByReason: Record<string, number>; waiting: number };
}

export interface ActivityRow {
  id: string;
  type: string;
  accountId: string;
  entraObjectId: string;
  groupId: string | null;
}

/** A simulated tenant beside the connection that Rollcall has to it. */
export class LiveTenant {
  private id: string | undefined;

  constructor(
    readonly api: RollcallApi,
    readonly simulator: RunningSimulator,
    private readonly cloud: Cloud,
  ) {}

  get control() {
    return this.simulator.control;
  }

  get connectionId(): string {
    if (this.id === undefined) throw new Error('not connected yet');
    return this.id;
  }

  /** The first group of the tenant; watched unless others were named. */
  get groupId(): string {
    return this.groupNamed('Rollcall Users');
  }

  private watched(names: readonly string[] | undefined): string[] {
    return names?.map((name) => this.groupNamed(name)) ?? [this.groupId];
  }

  groupNamed(displayName: string): string {
    const found = this.control.groups().find((group) => group.displayName === displayName);
    if (found === undefined) throw new Error(`the tenant has no group ${displayName}`);
    return found.id;
  }

  async connect({ groups, everybody = false, settings, enabled = true, settled = enabled }: ConnectOptions = {}): Promise<void> {
    const { tenantId, clientId, clientSecret } = this.simulator;
    const connection = await this.api.post<ConnectionRow>('/connections', {
      name: `Contoso ${this.cloud}`,
      tenantId,
      cloud: this.cloud,
      credential: { kind: 'clientSecret', clientId, clientSecret },
      scope: everybody
        ? { mode: 'allUsers', groups: this.watched(groups ?? []) }
        : { mode: 'groups', groups: this.watched(groups) },
      ...(settings === undefined ? {} : { settings }),
    });
    this.id = connection.id;
    if (enabled) await this.enable();
    if (settled) await (everybody ? this.untilEverybody() : this.untilSettled(this.watched(groups)));
  }

  async enable(): Promise<void> {
    await this.api.post(`/connections/${this.connectionId}/enable`);
  }

  health(): Promise<HealthRow> {
    return this.api.get<HealthRow>(`/connections/${this.connectionId}/health`);
  }

  connection(): Promise<ConnectionRow & { reason: { code: string; message: string } | null }> {
    return this.api.get(`/connections/${this.connectionId}`);
  }

  async accounts(): Promise<AccountRow[]> {
    return (await this.api.get<Listing<AccountRow>>(`/accounts?connectionId=${this.connectionId}&limit=1000`)).items;
  }

  async accountOf(entraObjectId: string): Promise<AccountRow | undefined> {
    return (await this.accounts()).find((account) => account.entraObjectId === entraObjectId);
  }

  /** Every effect so far, oldest first. */
  async activity(): Promise<ActivityRow[]> {
    const { items } = await this.api.get<Listing<ActivityRow>>(`/activity?connectionId=${this.connectionId}&limit=1000`);
    return items.reverse();
  }

  async held(): Promise<{ id: string; entraObjectId: string; reason: { code: string } }[]> {
    return (
      await this.api.get<Listing<{ id: string; entraObjectId: string; reason: { code: string } }>>(
        `/held-changes?connectionId=${this.connectionId}&limit=1000`,
      )
    ).items;
  }

  /** A person joins the watched group; resolves when the account is there. */
  async join(displayName: string, groupId = this.groupId): Promise<string> {
    const id = this.control.addPerson({ displayName });
    this.control.addMember(groupId, id);
    await this.untilStatus(id, 'inactive');
    return id;
  }

  async untilStatus(entraObjectId: string, status: AccountRow['status'], deadlineMs = 15_000): Promise<AccountRow> {
    return eventually(
      async () => {
        const account = await this.accountOf(entraObjectId);
        expect(account, `account of ${entraObjectId}`).toMatchObject({ status });
        return account!;
      },
      { deadlineMs, everyMs: 100 },
    );
  }

  /** The watch reads, the baseline is applied, and everybody who should have an account has one. */
  async untilSettled(groupIds: readonly string[] = [this.groupId], deadlineMs = 30_000): Promise<void> {
    await eventually(
      async () => {
        const { chains, baselines } = await this.health();
        expect(chains.length).toBeGreaterThanOrEqual(2);
        expect(chains.filter((chain) => chain.lastReadAt === null)).toEqual([]);
        expect(baselines).toEqual([]);
      },
      { deadlineMs, everyMs: 100 },
    );
    await this.untilEqual(groupIds, deadlineMs);
  }

  /** Accounts equal what the default rules make of the members of these groups (invariant 3). */
  async untilEqual(groupIds: readonly string[] = [this.groupId], deadlineMs = 20_000): Promise<void> {
    await eventually(async () => expect(await this.liveAccounts()).toEqual(this.qualified(groupIds)), {
      deadlineMs,
      everyMs: 200,
    });
  }

  /** Everybody of the tenant who qualifies has a live account, and nobody else. */
  async untilEverybody(deadlineMs = 30_000): Promise<void> {
    await eventually(
      async () => expect(await this.liveAccounts()).toEqual(qualifiedAmong(this.control.users({ limit: 1_000 }))),
      {
        deadlineMs,
        everyMs: 200,
      },
    );
  }

  /** By id, with name and address: who has a live account. */
  async liveAccounts(): Promise<Record<string, string>> {
    const live = (await this.accounts()).filter(({ status }) => status !== 'deactivated');
    return byId(live.map(({ entraObjectId, displayName, email }) => [entraObjectId, `${displayName} <${email}>`]));
  }

  /** By id, with name and address: who should have one. */
  qualified(groupIds: readonly string[]): Record<string, string> {
    return qualifiedAmong(groupIds.flatMap((id) => this.control.members(id)));
  }

  /** Nobody of these lost an account or a grant at any time, not even for a moment. */
  async expectNobodyRemoved(entraObjectIds: readonly string[]): Promise<void> {
    const removals = (await this.activity()).filter(
      ({ type, entraObjectId }) =>
        entraObjectIds.includes(entraObjectId) &&
        (type === 'rollcall.account.deactivated' || type === 'rollcall.membership.revoked'),
    );
    expect(removals).toEqual([]);
    expect((await this.held()).filter((change) => entraObjectIds.includes(change.entraObjectId))).toEqual([]);
  }
}

type Shown = ReturnType<RunningSimulator['control']['users']>[number];

function qualifiedAmong(members: readonly Shown[]): Record<string, string> {
  const people = members.filter(
    ({ kind, state, attributes }) =>
      kind === 'user' && state === 'active' && attributes['accountEnabled'] !== false && attributes['userType'] === 'Member',
  );
  return byId(
    people.map(({ id, displayName, attributes }) => [
      id,
      `${displayName} <${String(attributes['mail'] ?? attributes['userPrincipalName'])}>`,
    ]),
  );
}

function byId(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.toSorted(([one], [other]) => one.localeCompare(other)));
}
