import { Inject, Injectable } from '@nestjs/common';
import { getConnection, type Actor } from '#connections';
import { listHeldChanges, rejectHeld, releaseHeld, type HeldSelection } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import type { Page } from '../http/page.js';
import { presentReason } from '../http/reason.presenter.js';
import { peopleTools } from '../people-tools.js';
import type { HeldChangeAnswer, HeldSelectionBody, ListHeldQuery } from './held-change.schemas.js';

const DECIDE = { release: releaseHeld, reject: rejectHeld } as const;

/** Shows what the guard or a review holds, and decides about it. */
@Injectable()
export class HeldChangeDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list({ organisationId }: Actor, query: ListHeldQuery): Promise<Page<HeldChangeAnswer>> {
    const { items, nextCursor } = await listHeldChanges(this.services.db, { organisationId, ...query });
    return {
      items: items.map(({ reason, heldAt, ...held }) => ({
        ...held,
        reason: presentReason(reason.code, reason.message),
        heldAt: heldAt.toISOString(),
      })),
      nextCursor,
    };
  }

  /** What arrived after the request is not decided unseen. */
  async decide(actor: Actor, decision: keyof typeof DECIDE, body: HeldSelectionBody): Promise<{ count: number }> {
    const { db, clock } = this.services;
    const tools = peopleTools(this.services);
    if ('connectionId' in body) await getConnection(db, actor.organisationId, body.connectionId);
    const selection = toSelection(body, clock());
    return { count: await db.transaction((tx) => DECIDE[decision](tx, tools, actor, selection)) };
  }
}

function toSelection(body: HeldSelectionBody, now: Date): HeldSelection {
  if ('ids' in body) return body;
  return { connectionId: body.connectionId, groupId: body.groupId, asOf: body.asOf === undefined ? now : new Date(body.asOf) };
}
