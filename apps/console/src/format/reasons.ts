import { formatNumber } from './counts.js';

/** Why something was decided about a person, where the API says it by the code alone: as the end of a sentence. */
const WORDS: Readonly<Record<string, string>> = {
  NOT_IN_SCOPE: 'not in a watched group',
  NO_USABLE_EMAIL: 'no usable mail address',
  EMAIL_CONFLICT: 'the address belongs to another account',
  EMAIL_EXCLUDED: 'the filters do not let the address in',
  ACCOUNT_DISABLED: 'disabled in Entra',
  USER_DELETED: 'deleted in Entra',
  GUEST_EXCLUDED: 'guests are not taken',
  ATTRIBUTES_UNKNOWN: 'not read yet',
  MEMBER_KIND_EXCLUDED: 'no person',
  MEMBERS_UNREADABLE: 'not readable for the application',
  GROUP_DELETED: 'the group was deleted in Entra',
  GROUP_UNWATCHED: 'the group is not watched any more',
  LAST_SUPER_ADMIN: 'the last super admin',
  ACCOUNT_PROTECTED: 'the account is protected',
  GUARD_TRIPPED: 'more removals than the guard allows',
  GUARD_WOULD_EMPTY: 'nobody would be left',
  REVIEW: 'the settings ask for a review',
  UNDONE: 'taken back by an undo',
  CHANGED_SINCE: 'changed since',
};

/** The words for a code; one of a newer version stays as it is. Pure. */
export const reasonWords = (code: string): string => WORDS[code] ?? code;

/** "not in a watched group (2), disabled in Entra (1)": how many were left out, and why. Pure. */
export function countedReasons(countByCode: Readonly<Record<string, number>>): string {
  return Object.entries(countByCode)
    .map(([code, count]) => `${reasonWords(code)} (${formatNumber(count)})`)
    .join(', ');
}
