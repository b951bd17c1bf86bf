import { Inject, Injectable } from '@nestjs/common';
import { getConnection, writeAudit, type Actor, type Connection } from '#connections';
import { checkPerson, type CheckRequest, type CheckStep, type PersonCheck } from '#runs';
import { addRechecks, type RecheckRequest } from '#watch';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { GraphAccess } from '../connections/graph-access.js';
import { ProblemError } from '../http/problem.js';
import { presentReason } from '../http/reason.presenter.js';
import { peopleTools } from '../people-tools.js';
import type { CheckPersonBody, PersonCheckAnswer } from './check-person.schemas.js';

/** "Check again now": one person as Graph shows them, and on demand the differences put right. */
@Injectable()
export class CheckPersonDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async check(actor: Actor, connectionId: string, { person, apply }: CheckPersonBody): Promise<PersonCheckAnswer> {
    const { db, clock, settleMs } = this.services;
    const connection = await getConnection(db, actor.organisationId, connectionId);
    if (apply) assertLive(connection);
    const rules = peopleTools(this.services).context;
    const watchedGroupIds = connection.watchedGroups.map(({ id }) => id);
    const everybody = connection.settings.scope.mode === 'allUsers';
    const request = { organisationId: actor.organisationId, connectionId, watchedGroupIds, everybody, person };
    const checked = await this.graph.withStored(connectionId, (client) =>
      checkPerson({ db, graph: client, rules, settleMs, now: clock() }, request),
    );
    const isLive = follows(connection);
    if (!apply) return present(checked, isLive);
    const rechecks = rechecksOf(checked, request, clock());
    await db.transaction(async (tx) => {
      await addRechecks(tx, rechecks);
      await writeAudit(tx, actor, {
        action: 'person.check',
        connectionId,
        before: null,
        after: { entraObjectId: checked.found?.id ?? null, rechecks: rechecks.length },
      });
    });
    return present(checked, isLive, rechecks.length);
  }
}

/** The differences are read directly by whatever keeps the connection live, with the confirmations that absence needs. */
function assertLive(connection: Connection): void {
  if (follows(connection)) return;
  const { name, state } = connection;
  const why = state === 'enabled' ? `Live sync of ${name} is off: switch it on` : `${name} is ${state}: enable it`;
  throw new ProblemError('CONFLICT', `${why}, or run a full sync of the group instead.`);
}

function follows({ state, settings }: Connection): boolean {
  return state === 'enabled' && settings.trigger.live;
}

/** Nothing is asked of somebody whom neither side names: a stranger's attributes are none of ours. */
function rechecksOf(
  { found, groups, account }: PersonCheck,
  { organisationId, connectionId, everybody }: CheckRequest,
  dueAt: Date,
): RecheckRequest[] {
  if (found === null || (!everybody && groups.length === 0 && account === null)) return [];
  const common = { organisationId, connectionId, memberId: found.id, reason: 'CHECK_PERSON', dueAt };
  const differing = groups.filter(({ named, known, inner }) => named !== known && !inner);
  return [
    { ...common, kind: 'user', groupId: null },
    ...differing.map(({ groupId }) => ({ ...common, kind: 'membership' as const, groupId })),
  ];
}

function present(checked: PersonCheck, live: boolean, rechecks: number | null = null): PersonCheckAnswer {
  const { found, account, steps, groups, prediction } = checked;
  return {
    found,
    account,
    steps: [...steps.map(presentStep), ...(rechecks === null ? [] : [applyStep(rechecks)])],
    groups: [...groups],
    effects: (prediction?.effects ?? []).map(({ type, groupId, before, after }) => ({ type, groupId, before, after })),
    live,
    applied: rechecks !== null && rechecks > 0,
  };
}

function presentStep({ step, code, message }: CheckStep): PersonCheckAnswer['steps'][number] {
  return { step, ok: code === null, message, reason: code === null ? null : presentReason(code) };
}

function applyStep(rechecks: number): PersonCheckAnswer['steps'][number] {
  const message =
    rechecks === 0 ? 'There is nothing to apply.' : 'What differs is read directly once more, and applied as it is read.';
  return { step: 'apply', ok: true, message, reason: null };
}
