import type { UserItem } from '#contracts';
import type { DirectoryPages } from './directory-pages.js';
import { splitIntoPages } from './split-into-pages.js';

/**
 * The people of one piece of a users round. Where they do not fit one page, whoever may lose an account by it stands on pages of
 * their own, which are judged together (invariant 5); the others need not wait for them.
 */
export function addPeopleOfRound(pages: DirectoryPages, roundId: string, people: readonly UserItem[]): void {
  if (splitIntoPages(people).length <= 1) return pages.users(people);
  pages.users(people.filter((person) => !mayLeave(person)));
  pages.users(people.filter(mayLeave), roundId);
}

/** Deleted, disabled, turned into a guest, or without a mail address any more. */
export function mayLeave({ state, attributes = {} }: UserItem): boolean {
  if (state !== 'present') return true;
  return attributes.accountEnabled === false || attributes.userType?.toLowerCase() === 'guest' || attributes.mail === null;
}
