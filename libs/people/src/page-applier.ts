import { randomUUID } from 'node:crypto';
import type { Clock, CloudEvent, groupChangedV1, Log, MembershipItem, MembershipsChangedV1, UserItem } from '#contracts';
import { lockOrganisation, lookUpByKey, type Database, type Tx } from '#database';
import { type ApplyOutcome } from './apply-outcome.js';
import type { PeopleContext } from './context.js';
import { personId, type EffectWish } from './decisions/effect-wish.js';
import { reactToPeople, type ReactionCounts, type ReactionTools } from './decisions/react-to-people.js';
import type { PersonKey } from './decisions/situation.js';
import type { RecheckRequest } from './facts/recheck-request.js';
import { stageRoundPage, type MembershipsEvent, type RoundEvent, type StagedPage, type UsersEvent } from './facts/stage-round.js';
import { storeGroup } from './facts/store-group.js';
import { storeMemberships, type StoredFacts } from './facts/store-memberships.js';
import { storeUsers } from './facts/store-users.js';
import { findGroupHolders } from './grants/find-group-holders.js';
import { effectCauseOf, evidenceOf, noticedAt, type PageHeader } from './page-header.js';
import { findStale, recordPlanOutcomes, type PlannedItem } from './plans/admit-planned.js';
import { findRoundClosing, refusedItems, type RoundClosing } from './plans/close-rounds.js';
import { predictionOf, untilPredicted } from './plans/demand-predicted.js';
import { recheckStale } from './plans/recheck-stale.js';
import { recordRefusedPage } from './plans/record-refused-page.js';
import { refuseDropped } from './plans/refuse-page.js';
import { recordRunPage } from './plans/record-run-page.js';

export interface PageApplierOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds within which Graph's replicas may still show what was before (`SETTLE_SECONDS`). */
  readonly settleMs: number;
  readonly context: PeopleContext;
  readonly newId?: () => string;
}

/** One page of one event, ready to be stored. */
interface Work {
  readonly eventId: string;
  readonly header: PageHeader;
  readonly publishedAt: Date | null;
  readonly planned: readonly PlannedItem[];
  /** The group of a page of memberships; null where the page is about people themselves. */
  readonly groupId: string | null;
  readonly permits: (wish: EffectWish) => boolean;
  /** Stores the facts of everybody who is not stale. */
  store(tx: Tx, stale: ReadonlySet<string>): Promise<StoredFacts>;
}

/**
 * Applies pages of directory facts: facts, decisions, journal, events and rechecks in one transaction under the organisation's
 * lock. Every page may come again, late or out of order; a page that was applied once does nothing the second time.
 */
export class PageApplier {
  private readonly tools: ReactionTools;

  constructor(private readonly options: PageApplierOptions) {
    const { clock, settleMs, context, newId = randomUUID } = options;
    this.tools = { clock, settleMs, context, newId };
  }

  async applyUsers(event: UsersEvent, publishedAt: Date | null): Promise<ApplyOutcome> {
    return this.applyRound(event, publishedAt, (pages) => {
      const users = pages.flatMap(({ event: { data } }) =>
        data.users.map((user) => ({ ...user, version: user.version ?? versionOf(data) })),
      );
      return this.usersWork(event, users, publishedAt);
    });
  }

  async applyMemberships(event: MembershipsEvent, publishedAt: Date | null): Promise<ApplyOutcome> {
    return this.applyRound(event, publishedAt, (pages) =>
      this.membershipWork(
        event,
        pages.map((page) => page.event.data),
        publishedAt,
      ),
    );
  }

  async applyGroup(event: CloudEvent<typeof groupChangedV1>, publishedAt: Date | null): Promise<ApplyOutcome> {
    const page = event.data;
    const { connectionId, groupId, displayName, state, organisationId } = page;
    return this.inTransaction(page, (tx) =>
      this.apply(tx, {
        eventId: event.id,
        header: page,
        publishedAt,
        planned: [],
        groupId,
        permits: () => false,
        store: async () => {
          const report = { organisationId, connectionId, groupId, state, displayName, version: versionOf(page) };
          const { isNewest, isStateChanged } = await storeGroup(tx, report, this.options.clock());
          if (isNewest && displayName != null) {
            await this.options.context.onGroupNamed(tx, connectionId, { id: groupId, displayName });
          }
          return { changed: isStateChanged ? await findGroupHolders(tx, connectionId, groupId) : [], rechecks: [] };
        },
      }),
    );
  }

  /** A page that stands alone is applied at once; those of a round wait for the last of them. */
  private async applyRound<Event extends RoundEvent>(
    event: Event,
    publishedAt: Date | null,
    workOf: (pages: readonly StagedPage<Event>[]) => Work,
  ): Promise<ApplyOutcome> {
    const work = async (tx: Tx): Promise<ApplyOutcome> => {
      const closing = await findRoundClosing(tx, event);
      if (closing !== null) return this.refuse(tx, event, closing);
      const pages = await stageRoundPage(tx, event, publishedAt, this.options.clock());
      return pages === null ? { outcome: 'staged' } : this.apply(tx, workOf(pages));
    };
    return this.inTransaction(event.data, work, (tx) => refuseDropped(tx, event, this.options.clock()));
  }

  private usersWork(event: UsersEvent, users: readonly UserItem[], publishedAt: Date | null): Work {
    const page = event.data;
    const { connectionId } = page;
    const { clock, settleMs } = this.options;
    return {
      eventId: event.id,
      header: page,
      publishedAt,
      planned: users.flatMap(({ id, plan }) => (plan === undefined ? [] : [{ connectionId, entraObjectId: id, plan }])),
      groupId: null,
      permits: permitApproved(
        connectionId,
        null,
        users.flatMap(({ id, plan }) => (plan?.approved === true ? [id] : [])),
      ),
      store: (tx, stale) => {
        const admitted = users.filter(({ id }) => !stale.has(personId({ connectionId, entraObjectId: id })));
        return storeUsers(tx, { ...page, users: admitted, evidence: evidenceOf(page) }, clock(), settleMs);
      },
    };
  }

  private membershipWork(event: MembershipsEvent, pages: readonly MembershipsChangedV1[], publishedAt: Date | null): Work {
    const page = event.data;
    const { connectionId, organisationId, groupId } = page;
    const { clock, settleMs } = this.options;
    // What is planned comes from a run, whose rounds are about one group.
    const planned = pages.flatMap(({ items }) => items.filter(({ plan }) => plan !== undefined));
    return {
      eventId: event.id,
      header: page,
      publishedAt,
      planned: planned.flatMap(({ memberId, plan }) =>
        plan === undefined ? [] : [{ connectionId, entraObjectId: memberId, plan }],
      ),
      groupId,
      permits: permitApproved(
        connectionId,
        groupId,
        planned.flatMap(({ memberId, plan }) => (plan?.approved === true ? [memberId] : [])),
      ),
      store: async (tx, stale) => {
        const isAdmitted = ({ memberId }: MembershipItem) => !stale.has(personId({ connectionId, entraObjectId: memberId }));
        const [evidence, noticed] = [evidenceOf(page), noticedAt(page)];
        const all: { changed: PersonKey[]; rechecks: RecheckRequest[] } = { changed: [], rechecks: [] };
        for (const [ofGroup, items] of itemsByGroup(pages)) {
          const report = { organisationId, connectionId, groupId: ofGroup, items: items.filter(isAdmitted) };
          const stored = await storeMemberships(tx, { ...report, evidence, noticedAt: noticed }, clock(), settleMs);
          all.changed.push(...stored.changed);
          all.rechecks.push(...stored.rechecks);
        }
        return all;
      },
    };
  }

  /**
   * The lock comes first and alone, so that everything after it sees what the holder before it committed. `drop` stands in for the work
   * where the connection was disconnected.
   */
  private async inTransaction(
    header: PageHeader,
    work: (tx: Tx) => Promise<ApplyOutcome>,
    drop: (tx: Tx) => Promise<void> = () => Promise.resolve(),
  ): Promise<ApplyOutcome> {
    const { db, context, log } = this.options;
    return db.transaction(async (tx) => {
      await lockOrganisation(tx, header.organisationId);
      await lookUpByKey(tx);
      const connection = await context.connectionOf(tx, header.connectionId);
      const isKnown = connection !== null && connection.organisationId === header.organisationId;
      if (isKnown && connection.state !== 'disconnected') return work(tx);
      if (isKnown) await drop(tx);
      const note = isKnown ? 'the connection is disconnected' : 'the connection is unknown';
      log.info({ connectionId: header.connectionId, readNo: header.readNo, page: header.page }, `a page was dropped: ${note}`);
      return { outcome: 'dropped', note };
    });
  }

  private async apply(tx: Tx, work: Work): Promise<ApplyOutcome> {
    const { header, planned } = work;
    const plan = header.runId === undefined ? null : { organisationId: header.organisationId, runId: header.runId };
    const stale = new Set(plan === null ? [] : await findStale(tx, plan, planned));
    const {
      changed,
      rechecks: contradictions,
      counts,
    } = await untilPredicted(tx, stale, () => this.storeAndReact(tx, work, stale));
    const rechecks = [
      ...contradictions,
      ...recheckStale({ ...header, groupId: work.groupId }, planned, stale, this.options.clock()),
    ];
    if (rechecks.length > 0) await this.options.context.onContradiction(tx, rechecks);
    if (plan !== null) {
      const outcomeOf = (item: PersonKey) =>
        stale.has(personId(item)) ? 'stale' : counts.heldPeople.has(personId(item)) ? 'held' : 'applied';
      const now = this.options.clock();
      await recordPlanOutcomes(tx, plan, planned, outcomeOf, now);
      const page = { ...plan, connectionId: header.connectionId, eventId: work.eventId };
      await recordRunPage(tx, page, counts, stale.size, now);
    }
    return { outcome: 'applied', counts, changedFacts: changed.length, rechecks: rechecks.length, stale: stale.size };
  }

  /** Also people of whom only the plan speaks: their facts came while effects were not wanted, and follow now. */
  private async storeAndReact(tx: Tx, work: Work, stale: ReadonlySet<string>): Promise<StoredFacts & { counts: ReactionCounts }> {
    const { header, planned } = work;
    const { changed, rechecks } = await work.store(tx, stale);
    const counts = await reactToPeople(tx, this.tools, {
      ...effectCauseOf(work.eventId, header, work.publishedAt),
      organisationId: header.organisationId,
      people: unique([...changed, ...planned.filter((item) => !stale.has(personId(item)))]),
      origin: header.origin === 'run' ? 'run' : 'live',
      isPermitted: work.permits,
      isPredicted: predictionOf(planned),
    });
    return { changed, rechecks, counts };
  }

  private async refuse(tx: Tx, event: RoundEvent, closing: RoundClosing): Promise<ApplyOutcome> {
    await recordRefusedPage(tx, { ...closing, ...refusedItems(event) }, this.options.clock());
    return { outcome: 'dropped', note: `its round is closed: ${closing.message}` };
  }
}

/** What a person approved in a plan: the removal of the membership, or that the person goes out. */
function permitApproved(connectionId: string, groupId: string | null, ids: readonly string[]): (wish: EffectWish) => boolean {
  const approved = new Set(ids.map((entraObjectId) => personId({ connectionId, entraObjectId })));
  return (wish) => approved.has(personId(wish)) && wish.groupId === groupId;
}

function unique(people: readonly PersonKey[]): PersonKey[] {
  return [...new Map(people.map((person) => [personId(person), person])).values()];
}

/** What the pages of a round report of each of its groups, each item with its version. */
function itemsByGroup(pages: readonly MembershipsChangedV1[]): Map<string, MembershipItem[]> {
  const groups = new Map<string, MembershipItem[]>();
  for (const page of pages) {
    const items = groups.get(page.groupId) ?? [];
    for (const item of page.items) items.push({ ...item, version: item.version ?? versionOf(page) });
    groups.set(page.groupId, items);
  }
  return groups;
}

const versionOf = ({ readNo, page }: PageHeader) => ({ readNo, page });
