import type { Queryable } from '#database';
import { findConnection } from '#connections';
import { listChannelStates, type ChannelState } from '../channels/channel-states.js';
import { listDestinations, type DestinationFacts, type DestinationOwner } from '../channels/destinations.js';
import { noticeKinds, type NoticeKind } from '../kinds.js';
import { resolveRule, type ResolvedRule, type RuleBook } from './resolve-rule.js';
import { readRules } from './stored-rules.js';

/** Rules of a connection, or with `connectionId: null` of the organisation, as an admin sees them. No address, no secret. */
export interface RuleBookView {
  readonly connectionId: string | null;
  /** What was chosen at this level. */
  readonly chosen: RuleBook;
  /** What holds, for every kind. */
  readonly effective: Readonly<Record<NoticeKind, ResolvedRule>>;
  readonly destinations: readonly DestinationFacts[];
  readonly channels: readonly ChannelState[];
}

export async function listRules(db: Queryable, owner: DestinationOwner): Promise<RuleBookView> {
  const { organisationId, connectionId } = owner;
  const rules = await readRules(db, organisationId, connectionId);
  const connection = connectionId === null ? null : await findConnection(db, connectionId);
  const onRefresh = connection?.organisationId === organisationId ? connection.settings.notify.onRefresh : null;
  const effective = Object.fromEntries(
    noticeKinds.map((kind) => [kind, resolveRule(kind, { ...rules, onRefresh })]),
  ) as unknown as RuleBookView['effective'];
  return {
    connectionId,
    chosen: connectionId === null ? rules.ofOrganisation : rules.ofConnection,
    effective,
    destinations: await listDestinations(db, owner),
    channels: await listChannelStates(db),
  };
}
