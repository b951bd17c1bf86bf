import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { getConnection, type Actor } from '#connections';
import { ListCursors } from '#contracts';
import {
  getDelivery,
  listDeliveries,
  listRules,
  preferencesSchema,
  putPreferences,
  putRules,
  readPreferences,
  testChannel,
  type ChannelName,
  type Preferences,
  type NoticeKind,
  type ResolvedRule,
  type RuleBookInput,
  type RuleBookView,
} from '#notices';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { memberOf } from '../http/member-of.js';
import { toPage, type Page } from '../http/page.js';
import { presentDelivery } from './delivery.presenter.js';
import type { DeliveryAnswer, ListDeliveriesQuery } from './delivery.schemas.js';
import type { ChangedRuleBookAnswer, RuleBookAnswer } from './notice-rule.schemas.js';

const cursors = new ListCursors('deliveries', z.int());

/** Who gets what by which channel, and what came of it. */
@Injectable()
export class NoticeRuleDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async rules(actor: Actor, connectionId: string | null): Promise<RuleBookAnswer> {
    const { organisationId } = actor;
    if (connectionId !== null) await getConnection(this.services.db, organisationId, connectionId);
    return presentRules(await listRules(this.services.db, { organisationId, connectionId }));
  }

  async putRules(actor: Actor, connectionId: string | null, input: RuleBookInput): Promise<ChangedRuleBookAnswer> {
    const { db, secretBox, noticesToLoopback: allowLoopback = false } = this.services;
    const tools = { secretBox, targets: { allowLoopback } };
    const { webhookSecret, ...changed } = await db.transaction((tx) => putRules(tx, actor, connectionId, input, tools));
    return { ...presentRules(changed), webhookSecret };
  }

  /** The notification service sends it; where that is away the delivery comes back waiting. */
  async test(actor: Actor, channel: ChannelName, connectionId: string | null): Promise<DeliveryAnswer> {
    const { db, listener, clock } = this.services;
    if (connectionId !== null) await getConnection(db, actor.organisationId, connectionId);
    const test = { channel, connectionId, memberId: memberOf(actor) };
    return presentDelivery(await testChannel({ db, listener, now: clock() }, actor, test));
  }

  async deliveries(actor: Actor, { limit, cursor, ...filter }: ListDeliveriesQuery): Promise<Page<DeliveryAnswer>> {
    const listing = { ...filter, beforePosition: cursors.decode(cursor), limit: limit + 1 };
    const rows = await listDeliveries(this.services.db, actor.organisationId, listing);
    return toPage(rows, limit, presentDelivery, cursors, ({ position }) => position);
  }

  async delivery(actor: Actor, id: string): Promise<DeliveryAnswer> {
    return presentDelivery(await getDelivery(this.services.db, actor.organisationId, id));
  }

  async preferences(actor: Actor): Promise<Preferences> {
    const memberId = memberOf(actor);
    const chosen = await readPreferences(this.services.db, actor.organisationId, [memberId]);
    return chosen.get(memberId) ?? preferencesSchema.parse({});
  }

  async putPreferences(actor: Actor, input: z.input<typeof preferencesSchema>): Promise<Preferences> {
    return this.services.db.transaction((tx) => putPreferences(tx, actor, memberOf(actor), input));
  }
}

function presentRules({
  connectionId,
  kinds,
  superAdmins,
  chosen,
  effective,
  destinations,
  channels,
}: RuleBookView): RuleBookAnswer {
  return {
    connectionId,
    kinds: [...kinds],
    superAdmins: [...superAdmins],
    chosen: mapRules(chosen),
    effective: mapRules(effective) as RuleBookAnswer['effective'],
    destinations: destinations.map(({ updatedAt, ...destination }) => ({ ...destination, updatedAt: updatedAt.toISOString() })),
    channels: [...channels],
  };
}

function mapRules(rules: Readonly<Partial<Record<NoticeKind, ResolvedRule>>>): RuleBookAnswer['chosen'] {
  return Object.fromEntries(
    Object.entries(rules).map(([kind, { recipients, channels }]) => [
      kind,
      { recipients: [...recipients], channels: [...channels] },
    ]),
  );
}
