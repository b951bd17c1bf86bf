import { Inject, Injectable } from '@nestjs/common';
import { getConnection, writeAudit, type Actor } from '#connections';
import { findHeld, listHeldChanges, rejectHeld, releaseHeld, type HeldSelection } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { FourEyes } from '../four-eyes/four-eyes.js';
import { memberNames } from '../http/member-names.js';
import type { Page } from '../http/page.js';
import { presentReason } from '../http/reason.presenter.js';
import { peopleTools } from '../people-tools.js';
import type { HeldChangeAnswer, HeldSelectionBody, ListHeldQuery, ReleasedAnswer } from './held-change.schemas.js';

/** Shows what the guard or a review holds, and decides about it. */
@Injectable()
export class HeldChangeDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(FourEyes) private readonly fourEyes: FourEyes,
  ) {}

  async list({ organisationId }: Actor, { account, ...query }: ListHeldQuery): Promise<Page<HeldChangeAnswer>> {
    const { db } = this.services;
    const { items, nextCursor } = await listHeldChanges(db, { organisationId, accountId: account, ...query });
    const firstOf = await this.fourEyes.ofHolds(
      organisationId,
      items.filter(({ state }) => state === 'open').map(({ id }) => id),
    );
    const nameOf = items.some(({ closed }) => closed !== null) ? await memberNames(db, organisationId) : null;
    return {
      items: items.map(({ reason, heldAt, closed, ...held }) => ({
        ...held,
        firstApproval: firstOf(held.id),
        reason: presentReason(reason.code, reason.message),
        heldAt: heldAt.toISOString(),
        closed: closed && {
          at: closed.at.toISOString(),
          by: closed.by === null ? null : (nameOf?.(closed.by) ?? null),
          note: closed.note,
        },
      })),
      nextCursor,
    };
  }

  /** Where removals take two people, those that nobody else approved before wait. What arrived after the request is not released unseen. */
  async release(actor: Actor, body: HeldSelectionBody): Promise<ReleasedAnswer> {
    const { db, clock } = this.services;
    const selection = await this.selectionOf(actor, body);
    return db.transaction(async (tx) => {
      const { ids, waiting } = await this.fourEyes.sift(tx, actor, await findHeld(tx, actor.organisationId, selection, clock()));
      if (waiting > 0)
        await writeAudit(tx, actor, {
          action: 'held-changes.approveFirst',
          connectionId: 'connectionId' in body ? body.connectionId : null,
          before: null,
          after: { ...body, waiting },
        });
      const count = await releaseHeld(tx, peopleTools(this.services), actor, { ids });
      return waiting > 0 ? { count, waiting } : { count };
    });
  }

  /** What arrived after the request is not rejected unseen. */
  async reject(actor: Actor, body: HeldSelectionBody): Promise<{ count: number }> {
    const selection = await this.selectionOf(actor, body);
    const tools = peopleTools(this.services);
    return { count: await this.services.db.transaction((tx) => rejectHeld(tx, tools, actor, selection)) };
  }

  private async selectionOf({ organisationId }: Actor, body: HeldSelectionBody): Promise<HeldSelection> {
    const { db, clock } = this.services;
    if ('connectionId' in body) await getConnection(db, organisationId, body.connectionId);
    return toSelection(body, clock());
  }
}

function toSelection(body: HeldSelectionBody, now: Date): HeldSelection {
  if ('ids' in body) return body;
  return { connectionId: body.connectionId, groupId: body.groupId, asOf: body.asOf === undefined ? now : new Date(body.asOf) };
}
