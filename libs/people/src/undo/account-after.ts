import { emailKey } from '../decisions/choose-email.js';
import type { AccountFields, AccountRow } from '../decisions/situation.js';
import type { Reversal } from './reverse-effects.js';

/** The account as it will be; the status that a person gave it is not touched. Pure. */
export function accountAfter(before: AccountRow, reversals: readonly Reversal[]): AccountRow {
  let account = before;
  for (const { type, after } of reversals) {
    if (type === 'rollcall.account.updated') account = { ...account, ...(after as Partial<AccountFields>) };
    if (type === 'rollcall.account.reactivated') account = { ...account, isOut: false, outCode: null };
    if (type === 'rollcall.account.deactivated')
      account = { ...account, isOut: true, outCode: typeof after?.['reason'] === 'string' ? after['reason'] : 'UNDONE' };
  }
  const takesAddress = account.email !== before.email || (before.isOut && !account.isOut);
  return { ...account, claim: takesAddress ? (account.email === null ? null : emailKey(account.email)) : before.claim };
}
