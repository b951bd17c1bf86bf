import { Inject, Injectable } from '@nestjs/common';
import { getConnection, hasPermission, writeAudit, type Actor } from '#connections';
import { getRun, requestUndo, type PresentedRun, type UndoAsk } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { FourEyes } from '../four-eyes/four-eyes.js';
import { ProblemError } from '../http/problem.js';
import { assertConnected } from './assert-connected.js';

type Apply = NonNullable<UndoAsk['apply']>;

/** Asks for the reverse of a run, or of a span of time: a run of its own, reviewed unless it is said otherwise. */
@Injectable()
export class UndoDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(FourEyes) private readonly fourEyes: FourEyes,
  ) {}

  async undoRun(actor: Actor, runId: string, apply: Apply): Promise<PresentedRun> {
    const { connectionId } = await getRun(this.services.db, actor.organisationId, runId);
    return this.ask(actor, { connectionId, undoes: { runId }, apply });
  }

  /** What a person undoes does not count for the guard: without a review, whoever asks must be allowed to approve. */
  async ask(actor: Actor, asked: UndoAsk): Promise<PresentedRun> {
    if (asked.apply === 'automatic' && !hasPermission(actor.role, 'sync.approve')) {
      throw new ProblemError('FORBIDDEN', 'Undoing without review needs the right sync.approve.', { permission: 'sync.approve' });
    }
    const { db, clock } = this.services;
    if (asked.apply === 'automatic' && (await this.fourEyes.isOn(db, actor.organisationId))) {
      throw new ProblemError('FOUR_EYES', 'An undo may remove people; ask for it with review, so that two can approve it.');
    }
    const { connectionId } = asked;
    assertConnected(await getConnection(db, actor.organisationId, connectionId));
    const { id } = await db.transaction(async (tx) => {
      const run = await requestUndo(tx, actor, asked, clock());
      const { undoes, apply } = asked;
      await writeAudit(tx, actor, {
        action: 'syncRun.undo',
        connectionId,
        before: null,
        after: { runId: run.id, undoes, apply },
      });
      return run;
    });
    return getRun(db, actor.organisationId, id);
  }
}
