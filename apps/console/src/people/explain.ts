import type { Why } from '../api/types.js';
import { listed } from '../format/counts.js';
import { fieldName } from '../format/effects.js';

type RuleStep = Why['rules'][number];

/** The rules of "who is in" as questions; `no` to one of them is the reason why somebody is out. */
const QUESTIONS: Readonly<Record<string, string>> = {
  inScope: 'Is in a watched group',
  known: 'Can be read in Entra',
  notDeleted: 'Is not deleted in Entra',
  enabled: 'Is enabled in Entra',
  kind: 'Is of a kind that is taken',
  usableEmail: 'Has a usable mail address',
  emailRules: 'Has an address that the filters let in',
  addressFree: 'Has an address that no other account has',
};

/** What the rule asks, and what it saw. Pure. */
export function ruleSentence({ rule, seen }: RuleStep): string {
  const question = rule === 'inScope' && seen['mode'] === 'allUsers' ? 'Is in the tenant' : (QUESTIONS[rule] ?? rule);
  const detail = detailOf(rule, seen);
  return detail === null ? `${question}.` : `${question}: ${detail}.`;
}

function detailOf(rule: string, seen: Readonly<Record<string, unknown>>): string | null {
  switch (rule) {
    case 'inScope':
      if (seen['mode'] === 'allUsers') return null;
      return Array.isArray(seen['groups']) && seen['groups'].length > 1 ? `${seen['groups'].length} of them` : null;
    case 'kind':
      return seen['userType'] === 'Guest'
        ? seen['guests'] === true
          ? 'a guest, and guests are taken'
          : 'a guest, and guests are not taken'
        : null;
    case 'usableEmail': {
      const chosen = seen['chosen'];
      return typeof chosen === 'string' ? chosen : null;
    }
    case 'addressFree':
      return typeof seen['waitingFor'] === 'string' ? `waits for ${seen['waitingFor']}` : null;
    default:
      return null;
  }
}

/** What would happen now, as verbs; null where the connection is gone. Pure. */
export function describeNow(now: Why['now'], groupName: (groupId: string) => string): string[] | null {
  if (now === null) return null;
  const fields = Object.keys(now.fields).map(fieldName);
  return [
    ...(now.deactivate === null ? [] : ['deactivate the account']),
    ...(now.reactivate ? ['reactivate the account'] : []),
    ...(fields.length === 0 ? [] : [`change the ${listed(fields)}`]),
    ...now.grants.map((groupId) => `add them to ${groupName(groupId)}`),
    ...now.revocations.map((groupId) => `take them out of ${groupName(groupId)}`),
    ...(now.held.length === 0 ? [] : ['hold what the guard does not let through']),
  ];
}
