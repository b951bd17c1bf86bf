import type { Queryable } from '#database';
import { findConnection, listMembers } from '#connections';
import { listChannelStates, type ChannelState } from '../channels/channel-states.js';
import { listDestinations, type DestinationFacts, type DestinationOwner } from '../channels/destinations.js';
import { noticeKindTitles, noticeKinds, type NoticeKind } from '../kinds.js';
import { resolveRule, type ResolvedRule, type RuleBook } from './resolve-rule.js';
import { readRules } from './stored-rules.js';

/** Rules of a connection, or with `connectionId: null` of the organisation, as an admin sees them. No address, no secret. */
export interface RuleBookView {
  readonly connectionId: string | null;
  /** Every kind there is, in the order in which they are shown. */
  readonly kinds: readonly { readonly kind: NoticeKind; readonly title: string }[];
  /** Whom a rule may name: super admins. */
  readonly superAdmins: readonly RecipientChoice[];
  /** What was chosen at this level. */
  readonly chosen: RuleBook;
  /** What holds, for every kind. */
  readonly effective: Readonly<Record<NoticeKind, ResolvedRule>>;
  readonly destinations: readonly DestinationFacts[];
  readonly channels: readonly ChannelState[];
}

/** `email: null`: mail does not reach them. */
export interface RecipientChoice {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | null;
}

export async function listRules(db: Queryable, owner: DestinationOwner): Promise<RuleBookView> {
  const { organisationId, connectionId } = owner;
  const rules = await readRules(db, organisationId, connectionId);
  const connection = connectionId === null ? null : await findConnection(db, connectionId);
  const onRefresh = connection?.organisationId === organisationId ? connection.settings.notify.onRefresh : null;
  const effective = Object.fromEntries(
    noticeKinds.map((kind) => [kind, resolveRule(kind, { ...rules, onRefresh })]),
  ) as unknown as RuleBookView['effective'];
  const members = await listMembers(db, organisationId);
  return {
    connectionId,
    kinds: noticeKinds.map((kind) => ({ kind, title: noticeKindTitles[kind] })),
    superAdmins: members
      .filter(({ role }) => role === 'superAdmin')
      .map(({ id, displayName, email }) => ({ id, displayName, email })),
    chosen: connectionId === null ? rules.ofOrganisation : rules.ofConnection,
    effective,
    destinations: await listDestinations(db, owner),
    channels: await listChannelStates(db),
  };
}
