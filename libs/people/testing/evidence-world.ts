import { randomUUID } from 'node:crypto';
import {
  EVERYBODY,
  type CloudEvent,
  type membershipsChangedV1,
  type UserAttributes,
  type UserItem,
  type usersChangedV1,
} from '#contracts';
import type { RecheckRequest } from '#people';
import { buildMembershipsPage, buildUsersPage, type PageOptions } from './build-pages.js';

export type EvidencePage =
  | { readonly kind: 'memberships'; readonly event: CloudEvent<typeof membershipsChangedV1> }
  | { readonly kind: 'users'; readonly event: CloudEvent<typeof usersChangedV1> };

/** Whatever turns pages into facts: the model, or the real thing on Postgres. */
export interface FactKeeper {
  apply(page: EvidencePage, now: Date): Promise<readonly RecheckRequest[]> | readonly RecheckRequest[];
}

/** One step of a random story. `staleMinutes` is how far behind a replica is, always less than `settle`. */
export type WorldStep =
  | { readonly do: 'join' | 'leave' | 'enable' | 'disable'; readonly member: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'delta'; readonly lagMinutes: number; readonly replay: number | null }
  | { readonly do: 'read'; readonly staleMinutes: number }
  | { readonly do: 'deliver'; readonly from: 'delta' | 'reads'; readonly at: number }
  | { readonly do: 'kill'; readonly back: number }
  | { readonly do: 'recheck'; readonly staleMinutes: number };

/** What a recheck is about, whoever asked for it. */
export type DueRecheck = Pick<RecheckRequest, 'kind' | 'memberId' | 'dueAt'>;

interface Moment {
  readonly at: number;
  readonly value: boolean;
}

const MINUTE_MS = 60_000;
const SETTLE_MINUTES = 15;

/**
 * A small tenant behind a Graph that lies in the ways that Graph does: delta lags, merges and replays; reads come from replicas that
 * are behind and are delivered late; consumers are killed and see pages again. Values are kept with their history.
 */
export class EvidenceWorld {
  readonly groupId: string = randomUUID();
  readonly members: readonly string[];
  private readonly owner: { readonly organisationId: string; readonly connectionId: string } = {
    organisationId: randomUUID(),
    connectionId: randomUUID(),
  };
  private minute = 0;
  private lastReadNo = 0;
  private deltaSeenAt = -1;
  private readonly present: Moment[][];
  private readonly enabled: Moment[][];
  private readonly deltaQueue: EvidencePage[] = [];
  private readonly readQueue: EvidencePage[] = [];
  private readonly rounds: (() => void)[] = [];
  private readonly delivered: EvidencePage[] = [];
  private readonly rechecks = new Map<string, DueRecheck>();

  constructor(
    private readonly keeper: FactKeeper,
    count: number,
    owner?: { readonly organisationId: string; readonly connectionId: string; readonly groupId: string },
    private readonly epoch = new Date('2026-11-23T00:00:00Z'),
  ) {
    if (owner !== undefined) {
      this.owner = { organisationId: owner.organisationId, connectionId: owner.connectionId };
      this.groupId = owner.groupId;
    }
    this.members = Array.from({ length: count }, () => randomUUID());
    this.present = this.members.map(() => []);
    this.enabled = this.members.map(() => []);
  }

  /** Everybody of the tenant is in scope: who joins is created, and who leaves is deleted. */
  private get isEverybody(): boolean {
    return this.groupId === EVERYBODY;
  }

  get now(): Date {
    return this.timeOf(this.minute);
  }

  /** As it is, or as a replica shows it that is so many minutes behind. */
  isPresent(member: number, minutesBehind = 0): boolean {
    return valueAt(this.present[member] ?? [], this.minute - minutesBehind) ?? false;
  }

  isEnabled(member: number, minutesBehind = 0): boolean {
    return valueAt(this.enabled[member] ?? [], this.minute - minutesBehind) ?? true;
  }

  attributesOf(member: number, minutesBehind = 0): UserAttributes {
    const address = `${this.members[member]}@example.com`;
    return {
      displayName: `member ${member}`,
      mail: address,
      userPrincipalName: address,
      accountEnabled: this.isEnabled(member, minutesBehind),
    };
  }

  /** The next number of the one sequence that all reads take theirs from. */
  nextReadNo(): number {
    this.lastReadNo += 1;
    return this.lastReadNo;
  }

  /** Puts facts on the list of what is read directly again. */
  noteRechecks(requests: readonly DueRecheck[]): void {
    for (const request of requests) {
      const key = `${request.kind}/${request.memberId}`;
      const known = this.rechecks.get(key);
      if (known === undefined || known.dueAt < request.dueAt) this.rechecks.set(key, request);
    }
  }

  async take(step: WorldStep): Promise<void> {
    switch (step.do) {
      case 'join':
      case 'leave':
        return this.change(this.present, step.member, step.do === 'join', false);
      case 'enable':
      case 'disable':
        return this.change(this.enabled, step.member, step.do === 'enable', true);
      case 'wait':
        this.minute += step.minutes;
        return;
      case 'delta':
        return this.readDelta(step.lagMinutes, step.replay);
      case 'read':
        return this.readState(step.staleMinutes);
      case 'deliver':
        return this.deliver(step.from, step.at);
      case 'kill':
        for (const page of this.delivered.slice(-step.back)) await this.hand(page);
        return;
      case 'recheck':
        return this.runRechecks(step.staleMinutes);
    }
  }

  /** Changes stop: delta shows the rest, everything is delivered, replicas catch up, and rechecks run. Answers how often they ran. */
  async comeToRest(): Promise<number> {
    this.readDelta(0, null);
    while (this.deltaQueue.length + this.readQueue.length > 0) {
      await this.deliver('delta', 0);
      await this.deliver('reads', 0);
    }
    let runs = 0;
    for (; this.rechecks.size > 0 && runs < 5; runs += 1) {
      this.minute += SETTLE_MINUTES + 1;
      this.runRechecks(0);
      while (this.readQueue.length > 0) await this.deliver('reads', 0);
    }
    return runs;
  }

  private change(histories: Moment[][], member: number, value: boolean, initial: boolean): void {
    this.minute += 1;
    const history = histories[member % this.members.length] ?? [];
    if ((valueAt(history, this.minute) ?? initial) !== value) history.push({ at: this.minute, value });
  }

  /** Reports what changed since the last round up to `lag` ago; several changes of one member come as the last one, marked. */
  private readDelta(lagMinutes: number, replay: number | null): void {
    const until = Math.max(this.deltaSeenAt, this.minute - lagMinutes);
    const since = this.deltaSeenAt;
    this.deltaSeenAt = until;
    const changesOf = (history: readonly Moment[]) => history.filter(({ at }) => at > since && at <= until);
    const memberships = this.isEverybody
      ? []
      : this.members.flatMap((memberId, index) => {
          const changes = changesOf(this.present[index] ?? []);
          const last = changes.at(-1);
          if (last === undefined) return [];
          return [
            {
              memberId,
              memberType: last.value ? ('user' as const) : ('unknown' as const),
              change: last.value ? ('added' as const) : ('removed' as const),
              ...(changes.length > 1 ? { contradicted: true } : {}),
            },
          ];
        });
    const users = this.members.flatMap((id, index): UserItem[] => {
      const behind = this.minute - until;
      const moves = this.isEverybody ? changesOf(this.present[index] ?? []) : [];
      if (moves.length > 0) return [{ ...this.personAt(index, behind), ...(moves.length > 1 ? { contradicted: true } : {}) }];
      const last = changesOf(this.enabled[index] ?? []).at(-1);
      if (last === undefined || (this.isEverybody && !this.isPresent(index, behind))) return [];
      return [{ id, state: 'present', attributes: { accountEnabled: last.value } }];
    });
    const emit = () => {
      if (memberships.length > 0)
        this.deltaQueue.push({
          kind: 'memberships',
          event: buildMembershipsPage({ ...this.header('delta'), groupId: this.groupId }, memberships),
        });
      if (users.length > 0) this.deltaQueue.push({ kind: 'users', event: buildUsersPage(this.header('delta'), users) });
    };
    emit();
    // Graph sometimes reports an old change once more, under a link that is new.
    if (replay !== null && this.rounds.length > 0) this.rounds[replay % this.rounds.length]?.();
    this.rounds.push(emit);
  }

  private readState(staleMinutes: number): void {
    this.readQueue.push(
      ...this.statePages(
        this.members.map((_, index) => index),
        staleMinutes,
        false,
      ),
    );
  }

  private statePages(indexes: readonly number[], staleMinutes: number, recheck: boolean): EvidencePage[] {
    const items = indexes.map((index) => ({
      memberId: this.members[index] ?? '',
      memberType: 'user' as const,
      change: this.isPresent(index, staleMinutes) ? ('added' as const) : ('removed' as const),
    }));
    const users = indexes.map((index) => this.personAt(index, staleMinutes));
    const touch = recheck ? { recheck: true } : {};
    // Whom a read does not find is told of only where the deleted items were asked as well.
    const told = recheck ? users : users.filter(({ state }) => state === 'present');
    const page: EvidencePage = { kind: 'users', event: buildUsersPage({ ...this.header('read'), ...touch }, told) };
    if (this.isEverybody) return [page];
    return [
      { kind: 'memberships', event: buildMembershipsPage({ ...this.header('read'), ...touch, groupId: this.groupId }, items) },
      page,
    ];
  }

  /** A person by themselves: where everybody is in scope, whoever is not there is deleted. */
  private personAt(index: number, minutesBehind: number): UserItem {
    const id = this.members[index] ?? '';
    if (this.isEverybody && !this.isPresent(index, minutesBehind)) return { id, state: 'softDeleted' };
    return { id, state: 'present', attributes: this.attributesOf(index, minutesBehind) };
  }

  private async deliver(from: 'delta' | 'reads', at: number): Promise<void> {
    const queue = from === 'delta' ? this.deltaQueue : this.readQueue;
    // A chain publishes in order; reads are done side by side.
    const [page] = queue.splice(from === 'delta' || queue.length === 0 ? 0 : at % queue.length, 1);
    if (page === undefined) return;
    this.delivered.push(page);
    await this.hand(page);
  }

  private async hand(page: EvidencePage): Promise<void> {
    this.noteRechecks(await this.keeper.apply(page, this.now));
  }

  private runRechecks(staleMinutes: number): void {
    for (const [key, request] of this.rechecks) {
      if (request.dueAt > this.now) continue;
      this.rechecks.delete(key);
      const pages = this.statePages([this.members.indexOf(request.memberId)], staleMinutes, true);
      const page = pages.find(({ kind }) => kind === (request.kind === 'user' ? 'users' : 'memberships'));
      if (page !== undefined) this.readQueue.push(page);
    }
  }

  private header(origin: 'delta' | 'read'): PageOptions {
    return { ...this.owner, readNo: this.nextReadNo(), origin, at: this.now };
  }

  private timeOf(minute: number): Date {
    return new Date(this.epoch.getTime() + minute * MINUTE_MS);
  }
}

function valueAt(history: readonly Moment[], minute: number): boolean | undefined {
  return history.findLast(({ at }) => at <= minute)?.value;
}
