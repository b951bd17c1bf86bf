import { CredentialMissingError } from '#connections';
import { logFailure } from '#contracts';
import { SubscriptionNotFoundError, type GraphClient } from '#graph-client';
import { blockConnection } from '../failures/block-connection.js';
import { decideFailure } from '../failures/decide-failure.js';
import type { WatchContext } from '../watch-context.js';
import { claimCare, finishCare, nextVisitAfter, postponeCare, prolongCare, type Care } from './claim-care.js';
import { decideRefusal, type SubscriptionProblem } from './decide-refusal.js';
import { desiredSubscriptions } from './desired-subscriptions.js';
import { planCare, type CarePlan } from './plan-care.js';
import { publishLoss, publishRestoration } from './publish-loss.js';
import { SubscriptionRegistrar, subscriptionEnd } from './subscription-registrar.js';
import { deleteRows, noteSubscription, subscriptionRows, type SubscriptionRow } from './subscription-store.js';

export interface KeeperOptions {
  /** Where Graph reaches the webhook for this connection; null: it cannot, the sweep finds everything. */
  readonly publicUrl: (connectionId: string) => Promise<string | null>;
  readonly keyOf: (connectionId: string) => string;
  readonly budget?: number;
}

/** Keeps the subscriptions of the connections alive: one visit to one connection at a time, repeated at least hourly. */
export class SubscriptionKeeper {
  constructor(
    private readonly context: WatchContext,
    private readonly options: KeeperOptions,
  ) {}

  /** Visits one connection that is due; false when none is. Throws only when the database is away. */
  async visitOne(): Promise<boolean> {
    const care = await claimCare(this.context);
    if (care === null) return false;
    try {
      await this.visit(care);
    } catch (error) {
      await this.react(error, care);
    }
    return true;
  }

  private async visit(care: Care): Promise<void> {
    const { context } = this;
    const publicUrl = care.live ? await this.options.publicUrl(care.connectionId) : null;
    const rows = await subscriptionRows(context.db, care.connectionId);
    if (publicUrl === null && rows.length === 0) return finishCare(context, care, { mode: 'polling', problem: null });
    const graph = await context.graph.open(care.connectionId);
    if (publicUrl === null) {
      await this.end(graph, rows);
      return finishCare(context, care, { mode: 'polling', problem: null });
    }
    const { mode, wanted } = desiredSubscriptions(care.groupIds, { ...this.options, perGroupRefused: care.perGroupRefused });
    const key = this.options.keyOf(care.connectionId);
    const listed = await graph.subscriptions.list();
    const plan = planCare({ wanted, rows, listed, publicUrl, key, now: context.clock() });
    await this.settleRows(care, plan);
    const registrar = new SubscriptionRegistrar(context, graph, care, { publicUrl, key });
    const renewalProblem = await this.renew(graph, care, plan, registrar);
    for (const row of plan.replace) await this.end(graph, [row]);
    const problem = (await this.create(graph, plan, registrar, care)) ?? renewalProblem;
    if (problem === null) {
      await this.end(graph, plan.obsolete);
      for (const orphan of plan.orphans) await graph.subscriptions.remove(orphan.id);
    }
    await publishRestoration(context, care, wanted);
    const hears = (await subscriptionRows(context.db, care.connectionId)).some(
      (row) => row.graphId !== null && row.purpose !== 'users',
    );
    await finishCare(context, care, { mode: hears || wanted.length === 1 ? mode : 'sweepOnly', problem });
  }

  /** What the comparison showed, without another call. */
  private async settleRows(care: Care, plan: CarePlan): Promise<void> {
    const { db } = this.context;
    for (const { row, subscription } of plan.adopt) {
      await db.transaction((tx) => noteSubscription(tx, { ...row, connectionId: care.connectionId }, subscription));
    }
    if (plan.lost.length > 0) await publishLoss(this.context, care, plan.lost);
    await deleteRows(db, [...plan.lost, ...plan.forget]);
  }

  private async renew(
    graph: GraphClient,
    care: Care,
    plan: CarePlan,
    registrar: SubscriptionRegistrar,
  ): Promise<SubscriptionProblem | null> {
    const { db, clock } = this.context;
    let problem: SubscriptionProblem | null = null;
    for (const row of plan.renew) {
      try {
        const renewed = await graph.subscriptions.renew(row.graphId ?? '', subscriptionEnd(clock()));
        await db.transaction((tx) => noteSubscription(tx, { ...row, connectionId: care.connectionId }, renewed));
      } catch (error) {
        if (error instanceof SubscriptionNotFoundError) {
          await publishLoss(this.context, care, [row]);
          await deleteRows(db, [row]);
          problem = (await this.createOne(row, registrar, care)) ?? problem;
          continue;
        }
        const reaction = decideRefusal(error, row.purpose);
        if (reaction.kind === 'repeat') throw error;
        problem = reaction.problem;
      }
    }
    return problem;
  }

  private async create(
    graph: GraphClient,
    plan: CarePlan,
    registrar: SubscriptionRegistrar,
    care: Care,
  ): Promise<SubscriptionProblem | null> {
    let problem: SubscriptionProblem | null = null;
    for (const wanted of plan.create) {
      await prolongCare(this.context, care);
      const worn = plan.makeAnew.filter(({ resource }) => resource === wanted.resource);
      // One that still speaks is worth more than one that Graph refuses to make.
      if (worn.length > 0 && problem !== null) continue;
      await this.end(graph, worn);
      let refused = await this.createOne(wanted, registrar, care);
      const [old] = plan.obsolete;
      if (refused?.code === 'QUOTA_EXCEEDED' && old !== undefined) {
        // Where the quota is full, new before old is not possible: one of the old ones makes room.
        await this.end(graph, [old]);
        refused = await this.createOne(wanted, registrar, care);
      }
      problem = refused ?? problem;
      if (refused?.code === 'WEBHOOK_UNREACHABLE' || refused?.code === 'QUOTA_EXCEEDED') break;
    }
    return problem;
  }

  private async createOne(
    wanted: CarePlan['create'][number],
    registrar: SubscriptionRegistrar,
    care: Care,
  ): Promise<SubscriptionProblem | null> {
    try {
      await registrar.create(wanted);
      return null;
    } catch (error) {
      const reaction = decideRefusal(error, wanted.purpose);
      if (reaction.kind === 'repeat') throw error;
      if (reaction.kind === 'overQuota' && !care.perGroupRefused) {
        await this.context.db.query(`UPDATE watch.watched_connections SET per_group_refused = true WHERE connection_id = $1`, [
          care.connectionId,
        ]);
      }
      return reaction.problem;
    }
  }

  /** Ends subscriptions at Graph and forgets them. One that is gone already is as good. */
  private async end(graph: GraphClient, rows: readonly SubscriptionRow[]): Promise<void> {
    for (const row of rows) if (row.graphId !== null) await graph.subscriptions.remove(row.graphId);
    await deleteRows(this.context.db, rows);
  }

  private async react(error: unknown, care: Care): Promise<void> {
    const { db, graph, clock, log, random } = this.context;
    const reaction = decideFailure(error, care.failures, random());
    if (error instanceof CredentialMissingError) {
      log.info(
        { connectionId: care.connectionId },
        'subscriptions of a disconnected tenant are forgotten; at Graph they run out',
      );
    } else {
      const fields = { connectionId: care.connectionId, nextTryAt: nextVisitAfter(care, clock()) };
      logFailure(log, error, fields, 'the subscriptions of a connection could not be looked after; trying again');
    }
    if (reaction.kind === 'abandon') return;
    const refusal = decideRefusal(error, 'groups');
    if (care.live && refusal.kind !== 'repeat') {
      return finishCare(this.context, care, { mode: 'sweepOnly', problem: refusal.problem });
    }
    if (!care.live) {
      // Without a credential nothing can be ended; what is left there runs out, and its notifications are dropped as unknown.
      await deleteRows(db, await subscriptionRows(db, care.connectionId));
    } else if (reaction.kind === 'blockConnection') {
      await blockConnection(db, care.connectionId, reaction, 'groups');
      await graph.failed(care.connectionId, error);
    }
    await postponeCare(this.context, care);
  }
}
