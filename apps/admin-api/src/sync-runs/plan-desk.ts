import { Inject, Injectable } from '@nestjs/common';
import { writeAudit, type Actor } from '#connections';
import { onlyRow, type Tx } from '#database';
import { approveRun, cancelRun, decideChange, decideChanges, getRun, listChanges, type PresentedRun } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { FourEyes } from '../four-eyes/four-eyes.js';
import type { Page } from '../http/page.js';
import { presentReason } from '../http/reason.presenter.js';
import { answerRuns } from './answer-runs.js';
import type { RunAnswer } from './sync-run.schemas.js';
import type { DecideChangeBody, DecideChangesBody, ListChangesQuery, PlannedChangeAnswer } from './planned-change.schemas.js';

/** Shows the plan of a run, and decides about it. */
@Injectable()
export class PlanDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(FourEyes) private readonly fourEyes: FourEyes,
  ) {}

  async list({ organisationId }: Actor, runId: string, query: ListChangesQuery): Promise<Page<PlannedChangeAnswer>> {
    const { items, nextCursor } = await listChanges(this.services.db, organisationId, runId, query);
    return {
      items: items.map(({ reason, keptFields, ...change }) => ({
        ...change,
        keptFields: [...keptFields],
        reason: reason === null ? null : presentReason(reason.code, reason.message),
      })),
      nextCursor,
    };
  }

  async decideOne(actor: Actor, runId: string, changeId: string, body: DecideChangeBody): Promise<{ planHash: string }> {
    const { decision, keepFields } = body;
    const choice = { ...(decision === undefined ? {} : { decision }), ...(keepFields === undefined ? {} : { keepFields }) };
    return this.services.db.transaction(async (tx) => {
      const decided = await decideChange(tx, actor, runId, changeId, choice);
      await this.fourEyes.rememberChange(tx, actor, runId);
      await this.audit(tx, actor, 'syncRun.decide', runId, { changeId, ...choice, ...decided });
      return decided;
    });
  }

  async decideMany(
    actor: Actor,
    runId: string,
    { filter, decision }: DecideChangesBody,
  ): Promise<{ planHash: string; count: number }> {
    const { action, actions, ids, groupId, entraObjectId, accountId } = filter;
    const kinds = actions ?? (action === undefined ? undefined : [action]);
    const meant = {
      ...(ids === undefined ? {} : { ids }),
      ...(kinds === undefined ? {} : { actions: kinds }),
      ...(groupId === undefined ? {} : { groupId }),
      ...(entraObjectId === undefined ? {} : { entraObjectId }),
      ...(accountId === undefined ? {} : { accountId }),
    };
    return this.services.db.transaction(async (tx) => {
      const decided = await decideChanges(tx, actor, runId, meant, decision);
      await this.fourEyes.rememberChange(tx, actor, runId);
      await this.audit(tx, actor, 'syncRun.decide', runId, { filter, decision, ...decided });
      return decided;
    });
  }

  /**
   * Approving releases exactly the approved removals from the guard: the route is a super admin's. Where removals take two people, the
   * first approval leaves the run as it is.
   */
  async approve(actor: Actor, runId: string, planHash: string): Promise<RunAnswer> {
    const { db, clock } = this.services;
    await db.transaction(async (tx) => {
      const run = await getRun(tx, actor.organisationId, runId);
      if (!(await this.fourEyes.isApproved(tx, actor, run, planHash))) {
        await this.audit(tx, actor, 'syncRun.approveFirst', runId, { planHash });
        return;
      }
      const { state } = await approveRun(tx, actor, runId, planHash, clock());
      await this.audit(tx, actor, 'syncRun.approve', runId, { planHash, state });
    });
    const run = await getRun(db, actor.organisationId, runId);
    return onlyRow(await answerRuns(db, this.fourEyes, actor.organisationId, [run]));
  }

  async cancel(actor: Actor, runId: string): Promise<PresentedRun> {
    const { db, clock } = this.services;
    await db.transaction(async (tx) => {
      const { planHash, state } = await cancelRun(tx, actor, runId, clock());
      await this.audit(tx, actor, 'syncRun.cancel', runId, { planHash, state });
    });
    return getRun(db, actor.organisationId, runId);
  }

  private async audit(tx: Tx, actor: Actor, action: string, runId: string, after: Record<string, unknown>): Promise<void> {
    const { connectionId } = await getRun(tx, actor.organisationId, runId);
    await writeAudit(tx, actor, { action, connectionId, before: null, after: { runId, ...after } });
  }
}
