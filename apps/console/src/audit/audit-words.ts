import type { AuditEntry } from '../api/types.js';

/** What was done, by the name that the audit keeps. */
const ACTIONS: Readonly<Record<string, string>> = {
  'account.patch': 'Changed an account by hand',
  'accounts.activate': 'Activated people',
  'accounts.activate.undo': 'Set people inactive again',
  'connection.create': 'Connected a tenant',
  'connection.delete': 'Disconnected a tenant',
  'connection.enable': 'Enabled live sync',
  'connection.patch': 'Changed the settings of a connection',
  'connection.pause': 'Paused live sync',
  'connection.quarantine': 'Quarantined a connection',
  'connection.recover': 'Took a connection out of quarantine',
  'deadLetter.discarded': 'Discarded a dead letter',
  'deadLetter.replayed': 'Replayed a dead letter',
  'held-changes.approveFirst': 'Was the first of two to release held changes',
  'held-changes.reject': 'Rejected held changes',
  'held-changes.release': 'Released held changes',
  'member.changeRole': 'Signed in with another role',
  'member.changeAddress': 'Changed their mail address',
  'member.join': 'Signed in for the first time',
  'member.leave': 'Lost the role, and every session',
  'notices.preferences': 'Changed when they are told',
  'notices.rules': 'Changed who is told what',
  'notices.test': 'Sent a test notice',
  'organisation.patch': 'Changed the organisation',
  'person.check': 'Had a person read again and applied what followed',
  'pin.lift': 'Lifted a pin',
  'syncRun.approve': 'Approved a plan',
  'syncRun.approveFirst': 'Was the first of two to approve a plan',
  'syncRun.cancel': 'Cancelled a run',
  'syncRun.decide': 'Changed a plan',
  'syncRun.request': 'Asked for a run',
  'syncRun.undo': 'Asked for an undo',
};

type Entry = Pick<AuditEntry, 'action' | 'before' | 'after'>;

/** What was done; one that a newer version knows by its name. Who came or left is named: it was Rollcall that noted it. Pure. */
export function auditWords({ action, before, after }: Entry): string {
  const words = ACTIONS[action] ?? action;
  const name = action.startsWith('member.') ? (after ?? before)?.['displayName'] : undefined;
  return typeof name === 'string' ? `${words}: ${name}` : words;
}
