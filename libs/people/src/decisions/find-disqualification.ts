import type { ProblemCode } from '#contracts';
import { hasAttributes, isGone } from '../facts/decide-user-fact.js';
import { chooseEmail, passesEmailRules } from './choose-email.js';
import type { Rules } from './rules.js';
import type { Situation } from './situation.js';

/**
 * Why a person may not have a live account whatever groups they are in; null where nothing speaks against it (design: "Who is in").
 * Whoever has an account was readable once: a later lack of attributes is no news about them.
 */
export function findDisqualification(situation: Situation, { settings }: Rules): ProblemCode | null {
  const { account, attributes, userState } = situation;
  if (isGone(userState)) return 'USER_DELETED';
  if (account === null && situation.unreadable) return 'MEMBERS_UNREADABLE';
  if (account === null && (userState === null || !hasAttributes(attributes))) return 'ATTRIBUTES_UNKNOWN';
  if (attributes.accountEnabled === false) return 'ACCOUNT_DISABLED';
  if (!settings.include.guests && attributes.userType?.toLowerCase() === 'guest') return 'GUEST_EXCLUDED';
  if (userState === null) return null;
  const email = ruledEmail(situation, { settings });
  if (email === null) return 'NO_USABLE_EMAIL';
  return passesEmailRules(email, settings.scope.emailInclude, settings.scope.emailExclude) ? null : 'EMAIL_EXCLUDED';
}

/** The address that the rules look at: an account whose address is kept by hand is judged by that one. */
export function ruledEmail({ account, attributes }: Situation, { settings }: Pick<Rules, 'settings'>): string | null {
  const keptByHand = account !== null && settings.fields.email?.owner === 'manual';
  return (keptByHand ? account.email : null) ?? chooseEmail(attributes, settings.identity.email);
}
