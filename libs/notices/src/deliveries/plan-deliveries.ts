import { findOrganisation, listMembers, type Member } from '#connections';
import type { Queryable } from '#database';
import type { MessageRecipient } from '../channels/notice-channel.js';
import type { NoticeContent, Severity } from '../content.js';
import { isPersonal, type ChannelName, type NoticeKind } from '../kinds.js';
import { readPreferences } from '../quiet-hours/preferences.js';
import { quietUntil } from '../quiet-hours/quiet-hours.js';
import { resolveRule, type OnRefresh } from '../rules/resolve-rule.js';
import { readRules } from '../rules/stored-rules.js';
import { whoIsTold } from '../rules/who-is-told.js';
import type { NewDelivery } from './new-delivery.js';
import { MAX_ATTEMPTS } from './next-attempt.js';

/** A state of an alert that has to be told. */
export interface DeliveryPlan {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly eventId: string;
  readonly told: string;
  readonly kind: NoticeKind;
  readonly isUrgent: boolean;
  readonly severity: Severity;
  readonly content: NoticeContent;
  readonly at: Date;
  readonly now: Date;
  readonly onRefresh: OnRefresh | null;
}

/** To whom and how, by the rules as they are now. Empty where nobody is to be told. */
export async function planDeliveries(tx: Queryable, plan: DeliveryPlan): Promise<NewDelivery[]> {
  const rules = await readRules(tx, plan.organisationId, plan.connectionId);
  const rule = resolveRule(plan.kind, { ...rules, onRefresh: plan.onRefresh });
  if (rule.channels.length === 0) return [];
  const members = await listMembers(tx, plan.organisationId);
  const { recipients, note } = whoIsTold(rule.recipients.map(toId(members)), members);
  const targets = rule.channels.flatMap((channel): Target[] =>
    isPersonal(channel) ? recipients.map((recipient) => ({ channel, recipient })) : [{ channel, recipient: null }],
  );
  return address(tx, plan, targets, note);
}

/** The all-clear goes to whoever was told of the alert, and by the same ways; the deliverer replaces who is no super admin any more. */
export async function planForThoseTold(tx: Queryable, plan: DeliveryPlan): Promise<NewDelivery[]> {
  const targets = await tx.query<Target>(
    `SELECT DISTINCT ON (channel, recipient) channel, NULLIF(message->'recipient', 'null') AS recipient
     FROM notices.deliveries WHERE alert_id = $1 AND state <> 'replaced' ORDER BY channel, recipient, created_at DESC`,
    [plan.alertId],
  );
  return address(tx, plan, targets, null);
}

interface Target {
  readonly channel: ChannelName;
  readonly recipient: MessageRecipient | null;
}

/** Mail waits for the end of the recipient's quiet hours, unless the alert breaks them; the bell and machines make no noise. */
async function address(
  tx: Queryable,
  plan: DeliveryPlan,
  targets: readonly Target[],
  note: string | null,
): Promise<NewDelivery[]> {
  const { now, onRefresh: _, ...told } = plan;
  const mailed = targets.flatMap(({ channel, recipient }) =>
    channel === 'mail' && recipient !== null ? [recipient.memberId] : [],
  );
  const preferences = await readPreferences(tx, plan.organisationId, mailed);
  const organisation = mailed.length === 0 ? null : await findOrganisation(tx, plan.organisationId);
  return targets.map(({ channel, recipient }) => {
    const chosen = channel === 'mail' && recipient !== null ? preferences.get(recipient.memberId) : undefined;
    const zone = chosen?.zone ?? organisation?.timeZone ?? 'UTC';
    const until = plan.isUrgent ? null : quietUntil(now, chosen?.quietHours ?? null, zone);
    return {
      ...told,
      channel,
      recipient,
      note,
      dueAt: until ?? now,
      isHeldForQuiet: until !== null,
      maxAttempts: MAX_ATTEMPTS,
    };
  });
}

/** The settings of a connection name members by id or by address. */
function toId(members: readonly Member[]): (chosen: string) => string {
  return (chosen) => members.find(({ email }) => email?.toLowerCase() === chosen.toLowerCase())?.id ?? chosen;
}
