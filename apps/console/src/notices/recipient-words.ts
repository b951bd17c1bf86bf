import type { RecipientChoice } from '../api/types.js';
import { counted, listed } from '../format/counts.js';

/** Whom a rule names, in words. Nobody chosen means everybody; so does one who is no super admin any more. Pure. */
export function recipientWords(chosen: readonly string[], superAdmins: readonly RecipientChoice[]): string {
  if (chosen.length === 0) return 'All super admins';
  const names = superAdmins.filter(({ id }) => chosen.includes(id)).map(({ displayName }) => displayName);
  const lost = lostRecipients(chosen, superAdmins).length;
  return listed(lost === 0 ? names : [...names, counted(lost, 'former super admin')]);
}

/** Chosen ones who are no super admins any more: all super admins are told in their place, and each notice says so. Pure. */
export function lostRecipients(chosen: readonly string[], superAdmins: readonly RecipientChoice[]): string[] {
  return chosen.filter((id) => !superAdmins.some((admin) => admin.id === id));
}
