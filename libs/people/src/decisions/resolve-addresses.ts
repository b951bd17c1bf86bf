import type { Tx } from '#database';
import { assignAddresses, type AddressWish } from './assign-addresses.js';
import { chooseEmail, emailKey } from './choose-email.js';
import type { Reaction } from './decide-person.js';
import { personId } from './effect-wish.js';
import type { Rules } from './rules.js';

/** Who wants which address because of these reactions; people whose address stays are not among them. */
export function addressWishes(reactions: readonly { readonly reaction: Reaction; readonly rules: Rules }[]): AddressWish[] {
  return reactions.flatMap(({ reaction, rules }) => {
    const wanted = wantedAddress(reaction, rules);
    const account = reaction.situation.account;
    if (wanted === null || wanted === account?.claim) return [];
    return [{ id: account?.id ?? personId(reaction.situation), wanted, holds: account?.claim ?? null }];
  });
}

/** The address that a newcomer, a returner or a changed account is to hold; null where nothing is wanted. */
export function wantedAddress(reaction: Reaction, rules: Rules): string | null {
  const { account, attributes, userState } = reaction.situation;
  if (account === null) return reaction.create ? keyOrNull(chooseEmail(attributes, rules.settings.identity.email)) : null;
  if (reaction.fields.email !== undefined && userState === 'present') return keyOrNull(reaction.fields.email);
  return reaction.reactivate && account.claim === null ? keyOrNull(account.email) : null;
}

/** Ids of the wishes that come true, with the claims of everybody outside the batch as they are now. */
export async function resolveAddresses(
  tx: Tx,
  organisationId: string,
  wishes: readonly AddressWish[],
  givenUp: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (wishes.length === 0) return new Set();
  const claims = await tx.query<{ email_key: string; account_id: string }>(
    'SELECT email_key, account_id FROM people.email_claims WHERE organisation_id = $1 AND email_key = ANY ($2)',
    [organisationId, wishes.map(({ wanted }) => wanted)],
  );
  const holders = claims
    .filter(({ account_id }) => !givenUp.has(account_id))
    .map(({ email_key, account_id }) => [email_key, account_id] as const);
  return assignAddresses(wishes, new Map(holders));
}

function keyOrNull(email: string | null): string | null {
  return email === null ? null : emailKey(email);
}
