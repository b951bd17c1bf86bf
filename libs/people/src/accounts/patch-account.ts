import { writeAudit, type Actor } from '#connections';
import type { EffectType } from '#contracts';
import { lockOrganisation, type Tx } from '#database';
import { causedBy, reactTo, type CommandTools } from '../commands/command-tools.js';
import { emailKey } from '../decisions/choose-email.js';
import type { OwnStatus } from '../decisions/situation.js';
import { AccountNotFoundError, AddressTakenError } from '../errors.js';
import type { AccountEffect } from '../journal/effect.js';
import { recordEffects } from '../journal/record-effects.js';
import { setPins } from '../pins/set-pins.js';
import { getAccount, type AccountView } from '../queries/list-accounts.js';

export interface AccountPatch {
  readonly status?: OwnStatus | undefined;
  readonly protected?: boolean | undefined;
  readonly roles?: readonly string[] | undefined;
}

/**
 * Changes an account by hand. Bringing back somebody whom sync took out pins the account: it stays until the tenant changes its mind
 * or the pin is lifted. Afterwards sync decides anew, so that a protection that was lifted lets a held deactivation go on.
 */
export async function patchAccount(
  tx: Tx,
  tools: CommandTools,
  actor: Actor,
  accountId: string,
  patch: AccountPatch,
): Promise<AccountView> {
  await lockOrganisation(tx, actor.organisationId);
  const before = await existing(tx, actor, accountId);
  const now = tools.clock();
  const person = { connectionId: before.connectionId, entraObjectId: before.entraObjectId };
  const returns = before.statusReason !== null && patch.status !== undefined && patch.status !== 'deactivated';
  if (returns) await reclaimAddress(tx, before);
  const revision = await write(tx, before, patch, returns, now);
  const after = await existing(tx, actor, accountId);
  const changed = changedBy(before, after);
  if (changed.length > 0) {
    if (returns)
      await setPins(tx, tools, actor, [
        { ...person, groupId: null, keep: 'in', causeCode: before.statusReason, reason: 'BY_HAND' },
      ]);
    const effects = effectsOf(before, after, changed, revision);
    await recordEffects(tx, effects, causedBy(actor), { now, newId: tools.newId });
    await writeAudit(tx, actor, {
      action: 'account.patch',
      connectionId: before.connectionId,
      before: pick(before, changed),
      after: { id: accountId, ...pick(after, changed) },
    });
  }
  await reactTo(tx, tools, actor, [person], { origin: 'live' });
  return existing(tx, actor, accountId);
}

const PATCHED = ['status', 'protected', 'roles'] as const;
type Patched = (typeof PATCHED)[number];

async function existing(tx: Tx, actor: Actor, accountId: string): Promise<AccountView> {
  const account = await getAccount(tx, actor.organisationId, accountId);
  if (account === null) throw new AccountNotFoundError(accountId);
  return account;
}

async function reclaimAddress(tx: Tx, { id, organisationId, email }: AccountView): Promise<void> {
  if (email === null) return;
  const [claim] = await tx.query<{ account_id: string }>(
    `INSERT INTO people.email_claims AS c (organisation_id, email_key, account_id) VALUES ($1, $2, $3)
     ON CONFLICT (organisation_id, email_key) DO UPDATE SET account_id = c.account_id RETURNING account_id`,
    [organisationId, emailKey(email), id],
  );
  if (claim?.account_id !== id) throw new AddressTakenError(id, email);
}

async function write(
  tx: Tx,
  { id, connectionId, entraObjectId }: AccountView,
  patch: AccountPatch,
  returns: boolean,
  now: Date,
): Promise<number> {
  await tx.query(
    `UPDATE people.accounts SET own_status = coalesce($2, own_status), is_out = is_out AND NOT $3, out_code = CASE WHEN $3 THEN NULL ELSE out_code END,
            protected = coalesce($4, protected), roles = coalesce($5::text[], roles), updated_at = $6
      WHERE id = $1`,
    [id, patch.status ?? null, returns, patch.protected ?? null, patch.roles ?? null, now],
  );
  const [person] = await tx.query<{ revision: number }>(
    `UPDATE people.persons SET revision = revision + 1, updated_at = $3 WHERE connection_id = $1 AND entra_object_id = $2 RETURNING revision`,
    [connectionId, entraObjectId, now],
  );
  return person?.revision ?? 0;
}

function changedBy(before: AccountView, after: AccountView): Patched[] {
  return PATCHED.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function effectsOf(before: AccountView, after: AccountView, changed: readonly Patched[], revision: number): AccountEffect[] {
  const effect = (type: EffectType, fields: readonly Patched[]): AccountEffect => ({
    organisationId: before.organisationId,
    connectionId: before.connectionId,
    accountId: before.id,
    entraObjectId: before.entraObjectId,
    groupId: null,
    type,
    before: pick(before, fields),
    after: pick(after, fields),
    revision,
    guardGroupIds: null,
  });
  const statusType = changed.includes('status') ? typeOfStatusChange(before.status, after.status) : null;
  const rest =
    statusType === null || statusType === 'rollcall.account.updated' ? changed : changed.filter((field) => field !== 'status');
  return [
    ...(statusType === null || statusType === 'rollcall.account.updated' ? [] : [effect(statusType, ['status'])]),
    ...(rest.length > 0 ? [effect('rollcall.account.updated', rest)] : []),
  ];
}

function typeOfStatusChange(before: OwnStatus, after: OwnStatus): EffectType {
  if (after === 'deactivated') return 'rollcall.account.deactivated';
  if (before === 'deactivated') return 'rollcall.account.reactivated';
  return after === 'active' ? 'rollcall.account.activated' : 'rollcall.account.updated';
}

function pick(account: AccountView, fields: readonly Patched[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, account[field]]));
}
