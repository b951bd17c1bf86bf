import { isPerson } from '../decisions/decide-groups.js';
import { chooseEmail, passesEmailRules } from '../decisions/choose-email.js';
import { ruledEmail } from '../decisions/find-disqualification.js';
import { groupBarrier, type Rules } from '../decisions/rules.js';
import type { Situation } from '../decisions/situation.js';

/** One rule of "who is in", and what it saw. */
export interface RuleStep {
  readonly rule: 'inScope' | 'known' | 'notDeleted' | 'enabled' | 'kind' | 'usableEmail' | 'emailRules' | 'addressFree';
  readonly passed: boolean;
  /** What the rule looked at. */
  readonly seen: Readonly<Record<string, unknown>>;
}

/** The rules in the order in which a reader asks them; the first that failed is the reason. Pure. */
export function traceRules(situation: Situation, rules: Rules): RuleStep[] {
  const { settings } = rules;
  const { attributes, userState, waitingEmail } = situation;
  const groups = situation.memberships
    .filter(({ present, memberType, groupId }) => present && isPerson(memberType) && groupBarrier(rules, groupId) === null)
    .map(({ groupId }) => groupId);
  const isGuest = attributes.userType?.toLowerCase() === 'guest';
  const email = ruledEmail(situation, rules);
  const { emailInclude, emailExclude } = settings.scope;
  return [
    {
      rule: 'inScope',
      passed: settings.scope.mode === 'allUsers' ? userState === 'present' : groups.length > 0,
      seen: { mode: settings.scope.mode, groups },
    },
    {
      rule: 'known',
      passed: userState !== null && !situation.unreadable,
      seen: { state: userState, unreadable: situation.unreadable },
    },
    { rule: 'notDeleted', passed: userState === null || userState === 'present', seen: { state: userState } },
    { rule: 'enabled', passed: attributes.accountEnabled !== false, seen: { accountEnabled: attributes.accountEnabled ?? null } },
    {
      rule: 'kind',
      passed: !isGuest || settings.include.guests,
      seen: { userType: attributes.userType ?? null, guests: settings.include.guests },
    },
    {
      rule: 'usableEmail',
      passed: email !== null,
      seen: { order: settings.identity.email, chosen: chooseEmail(attributes, settings.identity.email) },
    },
    {
      rule: 'emailRules',
      passed: email === null || passesEmailRules(email, emailInclude, emailExclude),
      seen: { email, emailInclude, emailExclude },
    },
    { rule: 'addressFree', passed: waitingEmail === null, seen: { waitingFor: waitingEmail } },
  ];
}
