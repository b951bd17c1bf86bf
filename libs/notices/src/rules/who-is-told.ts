import type { MessageRecipient } from '../channels/notice-channel.js';

/** A member as rules see them. */
export interface RuleMember {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly role: string;
}

export interface Told {
  readonly recipients: readonly MessageRecipient[];
  /** Said in each notice where somebody stands in for another. */
  readonly note: string | null;
}

/**
 * Chosen recipients who are super admins are told. Nobody chosen means all super admins; so does a chosen one who is none any more
 * (or has left), and then the notice says so. `members` are those of the organisation, of this moment.
 */
export function whoIsTold(chosen: readonly string[], members: readonly RuleMember[]): Told {
  const superAdmins = members.filter(({ role }) => role === 'superAdmin');
  if (chosen.length === 0) return { recipients: superAdmins.map(toRecipient), note: null };
  const lost = chosen.filter((id) => !superAdmins.some((admin) => admin.id === id));
  if (lost.length === 0) {
    return { recipients: superAdmins.filter(({ id }) => chosen.includes(id)).map(toRecipient), note: null };
  }
  const names = lost.map((id) => members.find((member) => member.id === id)?.displayName ?? 'a former member');
  return { recipients: superAdmins.map(toRecipient), note: replacementNote(names) };
}

/** Said where somebody who was to be told is no super admin any more when the message is sent. */
export function standInNote({ displayName }: Pick<MessageRecipient, 'displayName'>): string {
  return `This was meant for ${displayName}, no longer a super admin; all super admins get it instead. If a rule names them, please correct it.`;
}

function replacementNote(names: readonly string[]): string {
  const who = names.join(', ');
  return `The rule names ${who}, no longer a super admin; all super admins get this notice instead. Please correct the rule.`;
}

function toRecipient({ id, displayName, email }: RuleMember): MessageRecipient {
  return { memberId: id, displayName, email };
}
