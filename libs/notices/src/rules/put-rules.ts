import type { Tx } from '#database';
import { getConnection, listMembers, writeAudit, type Actor, type SecretBox } from '#connections';
import { newWebhookSecret, removeDestination, storeDestination, type DestinationOwner } from '../channels/destinations.js';
import { assertAllowedTarget, type TargetPolicy } from '../channels/target-policy.js';
import { RulesInvalidError } from '../errors.js';
import type { NoticeKind } from '../kinds.js';
import { listRules, type RuleBookView } from './list-rules.js';
import { ruleBookInputSchema, type Rule } from './rule.js';

export interface PutRulesTools {
  readonly secretBox: SecretBox;
  readonly targets: TargetPolicy;
}

export interface RulesChanged extends RuleBookView {
  /** The signing secret of a webhook, once, when it was made here; it never comes back. */
  readonly webhookSecret: string | null;
}

/**
 * Changes the rules of a connection, or of the organisation, with an audit entry that holds no address. Throws `RulesInvalidError`
 * naming each field, and `ConnectionNotFoundError` for a connection of another organisation.
 */
export async function putRules(
  tx: Tx,
  actor: Actor,
  connectionId: string | null,
  input: unknown,
  { secretBox, targets }: PutRulesTools,
): Promise<RulesChanged> {
  const parsed = ruleBookInputSchema.safeParse(input);
  if (!parsed.success) throw RulesInvalidError.of(parsed.error);
  const { rules, teams, webhook } = parsed.data;
  const owner: DestinationOwner = { organisationId: actor.organisationId, connectionId };
  if (connectionId !== null) await getConnection(tx, actor.organisationId, connectionId);
  await assertRecipients(tx, actor.organisationId, rules);
  if (teams != null) assertAllowedTarget('teams.url', teams.url, targets);
  if (webhook != null) assertAllowedTarget('webhook.url', webhook.url, targets);

  const before = await listRules(tx, owner);
  for (const [kind, rule] of Object.entries(rules)) await storeRule(tx, owner, kind as NoticeKind, rule);
  if (teams === null) await removeDestination(tx, owner, 'teams');
  if (webhook === null) await removeDestination(tx, owner, 'webhook');
  if (teams != null) await storeDestination(tx, secretBox, owner, 'teams', { url: teams.url, secret: null });
  const madeSecret = webhook != null && webhook.secret === undefined ? newWebhookSecret() : null;
  if (webhook != null) {
    await storeDestination(tx, secretBox, owner, 'webhook', { url: webhook.url, secret: webhook.secret ?? madeSecret });
  }
  const after = await listRules(tx, owner);
  await writeAudit(tx, actor, { action: 'notices.rules', connectionId, before: auditView(before), after: auditView(after) });
  return { ...after, webhookSecret: madeSecret };
}

/** A rule may name super admins only: to anybody else it would send nothing. */
async function assertRecipients(
  tx: Tx,
  organisationId: string,
  rules: Readonly<Partial<Record<NoticeKind, Rule | null>>>,
): Promise<void> {
  const members = await listMembers(tx, organisationId);
  const superAdmins = new Set(members.filter(({ role }) => role === 'superAdmin').map(({ id }) => id));
  const faults = Object.entries(rules).flatMap(([kind, rule]) =>
    (rule?.recipients ?? [])
      .filter((id) => !superAdmins.has(id))
      .map((id) => ({
        field: `rules.${kind}.recipients`,
        message: `names ${id}, which is not a super admin of this organisation`,
      })),
  );
  if (faults.length > 0) throw new RulesInvalidError(faults);
}

async function storeRule(tx: Tx, owner: DestinationOwner, kind: NoticeKind, rule: Rule | null): Promise<void> {
  if (rule === null) {
    await tx.query(
      'DELETE FROM notices.rules WHERE organisation_id = $1 AND connection_id IS NOT DISTINCT FROM $2 AND kind = $3',
      [owner.organisationId, owner.connectionId, kind],
    );
    return;
  }
  await tx.query(
    `INSERT INTO notices.rules (organisation_id, connection_id, kind, recipients, channels) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organisation_id, connection_id, kind)
     DO UPDATE SET recipients = excluded.recipients, channels = excluded.channels, updated_at = now()`,
    [owner.organisationId, owner.connectionId, kind, rule.recipients, [...new Set(rule.channels)]],
  );
}

function auditView({ chosen, destinations }: RuleBookView): Record<string, unknown> {
  return { rules: chosen, destinations };
}
