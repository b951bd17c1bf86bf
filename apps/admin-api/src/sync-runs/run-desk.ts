import { Inject, Injectable } from '@nestjs/common';
import { getConnection, watchesAnybody, writeAudit, type Actor, type Connection } from '#connections';
import { onlyRow } from '#database';
import { getRun, listRuns, requestRun, type PresentedRun, type RunRequest } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { FourEyes } from '../four-eyes/four-eyes.js';
import type { Page } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import { answerRuns } from './answer-runs.js';
import { assertConnected } from './assert-connected.js';
import { UndoDesk } from './undo-desk.js';
import type { ListRunsQuery, RequestRunBody, RunAnswer } from './sync-run.schemas.js';

/** Asks for sync runs and shows them. */
@Injectable()
export class RunDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(UndoDesk) private readonly undo: UndoDesk,
    @Inject(FourEyes) private readonly fourEyes: FourEyes,
  ) {}

  async list({ organisationId }: Actor, { connectionId, state, cursor, limit }: ListRunsQuery): Promise<Page<RunAnswer>> {
    const page = await listRuns(this.services.db, organisationId, {
      limit,
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return { ...page, items: await answerRuns(this.services.db, this.fourEyes, organisationId, page.items) };
  }

  async get({ organisationId }: Actor, runId: string): Promise<RunAnswer> {
    const { db } = this.services;
    return onlyRow(await answerRuns(db, this.fourEyes, organisationId, [await getRun(db, organisationId, runId)]));
  }

  /** One live run per connection: a repeated request gets the run that is there; one that asks for something else is a 409. */
  async request(actor: Actor, connectionId: string, body: RequestRunBody): Promise<PresentedRun> {
    const { db, clock } = this.services;
    const connection = await getConnection(db, actor.organisationId, connectionId);
    if (body.kind === 'undo') return this.undo.ask(actor, { connectionId, undoes: spanOf(body), apply: body.apply });
    const request = toRunRequest(connection, body);
    const { id } = await db.transaction(async (tx) => {
      const run = await requestRun(tx, actor, request, clock());
      await writeAudit(tx, actor, { action: 'syncRun.request', connectionId, before: null, after: { runId: run.id, ...body } });
      return run;
    });
    return getRun(db, actor.organisationId, id);
  }
}

function spanOf({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function toRunRequest(connection: Connection, body: Exclude<RequestRunBody, { kind: 'undo' }>): RunRequest {
  assertConnected(connection);
  if (!watchesAnybody(connection)) throw new ProblemError('CONFLICT', `${connection.name} watches no group yet.`);
  const common = { connectionId: connection.id, apply: body.apply, reason: 'MANUAL' } as const;
  switch (body.kind) {
    case 'group':
      if (!connection.watchedGroups.some(({ id }) => id === body.groupId)) {
        throw new ProblemError('GROUP_NOT_FOUND', `${connection.name} does not watch the group ${body.groupId}.`, {
          group: body.groupId,
        });
      }
      return { ...common, kind: 'group', groupIds: [body.groupId] };
    case 'full':
    case 'problems':
    case 'scratch':
      return { ...common, kind: body.kind };
  }
}
