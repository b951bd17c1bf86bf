import type { EffectType } from '#contracts';
import type { Reaction } from '../decisions/decide-person.js';
import { directoryFields } from '../decisions/changed-fields.js';
import { emailKey } from '../decisions/choose-email.js';
import type { Rules } from '../decisions/rules.js';
import { statusOf, type AccountFields, type AccountRow } from '../decisions/situation.js';
import { isGone } from '../facts/decide-user-fact.js';
import type { AccountEffect } from '../journal/effect.js';

/** What one reaction writes: the account as it will be, its grants, and the effects to tell of. */
export interface AccountChange {
  readonly isNew: boolean;
  readonly account: AccountRow;
  readonly isChanged: boolean;
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
  readonly effects: readonly AccountEffect[];
}

export interface ChangePlanning {
  readonly rules: Rules;
  /** Id of the account, if one is to be made. */
  readonly newAccountId: string;
  /** False where the wanted address belongs to somebody else: no newcomer, no returner without an address, the old value stays. */
  readonly hasAddress: boolean;
  /** What the guard counts of a removal; null where a person allowed it. */
  readonly guardGroups: (effect: { action: 'revoke' | 'deactivate'; groupId: string | null }) => readonly string[] | null;
}

const EMPTY: AccountFields = { displayName: null, givenName: null, surname: null, email: null, userPrincipalName: null };

/** Turns a reaction into rows and effects; null where the person has no account and gets none. Pure. */
export function planAccountChange(reaction: Reaction, planning: ChangePlanning): AccountChange | null {
  const { situation } = reaction;
  const before = situation.account;
  if (before === null) return reaction.create && planning.hasAddress ? planNewAccount(reaction, planning) : null;
  return planExistingAccount(reaction, before, planning);
}

function planNewAccount(reaction: Reaction, { rules, newAccountId }: ChangePlanning): AccountChange {
  const fields = { ...EMPTY, ...directoryFields(reaction.situation, rules) };
  const account: AccountRow = {
    ...fields,
    id: newAccountId,
    ownStatus: rules.settings.newAccount.state,
    isOut: false,
    outCode: null,
    protected: false,
    roles: [],
    claim: fields.email === null ? null : emailKey(fields.email),
  };
  const effect = effectsOf(reaction, account.id);
  return {
    isNew: true,
    account,
    isChanged: true,
    granted: reaction.grants,
    revoked: [],
    effects: [
      effect('rollcall.account.created', null, null, { ...fields, status: statusOf(account) }),
      ...reaction.grants.map((groupId) => effect('rollcall.membership.granted', groupId, null, { groupId, source: 'sync' })),
    ],
  };
}

function planExistingAccount(reaction: Reaction, before: AccountRow, { hasAddress, guardGroups }: ChangePlanning): AccountChange {
  const { email, ...otherFields } = reaction.fields;
  const fields: Partial<AccountFields> = hasAddress ? reaction.fields : otherFields;
  const reactivate = reaction.reactivate && (hasAddress || before.claim !== null);
  const isOut = reaction.deactivate !== null || (before.isOut && !reactivate);
  const claim = givesUpAddress(reaction, isOut)
    ? null
    : hasAddress && email !== undefined && email !== null
      ? emailKey(email)
      : reclaimed(before, reactivate);
  const after: AccountRow = {
    ...before,
    ...fields,
    isOut,
    outCode: isOut ? (reaction.deactivate ?? reaction.skipCode ?? before.outCode) : null,
    claim,
  };
  const effect = effectsOf(reaction, before.id);
  const effects: AccountEffect[] = [];
  const names = Object.keys(fields) as (keyof AccountFields)[];
  if (names.length > 0) effects.push(effect('rollcall.account.updated', null, pick(before, names), pick(after, names)));
  for (const groupId of reaction.grants)
    effects.push(effect('rollcall.membership.granted', groupId, null, { groupId, source: 'sync' }));
  if (statusOf(before) !== statusOf(after) && !isOut) {
    effects.push(effect('rollcall.account.reactivated', null, statusView(before), statusView(after)));
  }
  for (const groupId of reaction.revocations) {
    effects.push(
      effect(
        'rollcall.membership.revoked',
        groupId,
        { groupId, source: 'sync' },
        null,
        guardGroups({ action: 'revoke', groupId }),
      ),
    );
  }
  if (statusOf(before) !== statusOf(after) && isOut) {
    const guard = guardGroups({ action: 'deactivate', groupId: null });
    effects.push(effect('rollcall.account.deactivated', null, statusView(before), statusView(after), guard));
  }
  const isChanged =
    names.length > 0 || after.isOut !== before.isOut || after.outCode !== before.outCode || after.claim !== before.claim;
  return { isNew: false, account: after, isChanged, granted: reaction.grants, revoked: reaction.revocations, effects };
}

/**
 * Entra lets another user have the address of one who was deleted, also while the deletion can be taken back; so do we. Whoever is
 * restored and finds it taken stays out as `EMAIL_CONFLICT` until it is free.
 */
export function givesUpAddress({ situation }: Reaction, isOut: boolean): boolean {
  return isOut && isGone(situation.userState);
}

function reclaimed(before: AccountRow, reactivate: boolean): string | null {
  return reactivate && before.claim === null && before.email !== null ? emailKey(before.email) : before.claim;
}

function statusView(account: AccountRow): Record<string, unknown> {
  return account.outCode === null ? { status: statusOf(account) } : { status: statusOf(account), reason: account.outCode };
}

function pick(account: AccountRow, names: readonly (keyof AccountFields)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, account[name]]));
}

function effectsOf({ situation }: Reaction, accountId: string) {
  const { organisationId, connectionId, entraObjectId } = situation;
  return (
    type: EffectType,
    groupId: string | null,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
    guardGroupIds: readonly string[] | null = null,
  ): AccountEffect => ({
    organisationId,
    connectionId,
    accountId,
    entraObjectId,
    groupId,
    type,
    before,
    after,
    revision: situation.revision + 1,
    guardGroupIds,
  });
}
