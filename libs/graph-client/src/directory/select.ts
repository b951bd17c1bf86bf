import { USER_SELECT, type UserProperty } from './directory-objects.js';

/** `id` and `userPrincipalName` are always asked for: without the latter, "no mail" and "may not be read" look alike. */
export function userSelect(properties: readonly UserProperty[] = USER_SELECT): string {
  return [...new Set<UserProperty>(['id', 'userPrincipalName', ...properties])].join(',');
}
