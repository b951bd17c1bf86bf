import type { Check } from '../api/types.js';
import { checkId, checkIdPair, checkSecret } from './check-entries.js';
import type { Draft } from './draft.js';
import type { StepKey } from './steps.js';

/** What was entered so far, and what Entra and Graph said of just that. */
export interface Entries {
  readonly draft: Draft;
  readonly secret: string;
  readonly checks: readonly Check[];
}

/** What keeps a step from leading on. */
export interface Obstacle {
  /** What has to be done first. */
  readonly sentence: string;
  /** What going on all the same is called; null where there would be nothing to go on with. */
  readonly passing: string | null;
}

/** A colleague may grant these later; object ids can be saved without them, switched off. */
const CONSENT_CODES: readonly (string | null)[] = ['CONSENT_MISSING', 'MEMBERS_UNREADABLE'];

/**
 * Why a step does not lead on, for its Next, for the list of steps and for addresses alike. Only what is missing, or was refused as
 * it stands now, is in the way: a check that could not be made locks nobody out. Pure.
 */
export function obstacleOf(step: StepKey, { draft, secret, checks }: Entries): Obstacle | null {
  switch (step) {
    case 'application':
      return closed(faultOfIds(draft));
    case 'secret':
      return closed(faultOf(secret, checkSecret(secret)) ?? (isRefused(checks, 'token') ? REFUSED_TOKEN : null));
    case 'permissions':
      return draft.withoutConsent || !isRefused(checks, 'permission:') ? null : WITHOUT_PERMISSIONS;
    case 'groups':
      return closed(faultOfScope(draft)) ?? obstacleOfGroups(draft, refusedOf(checks, 'group:'));
    default:
      return null;
  }
}

/** What is typed and faulty is named at its field already. */
const MEND = 'Mend what is named at the field above first.';
const faultOf = (text: string, fault: string | null): string | null => (fault === null || text === '' ? fault : MEND);

const REFUSED_TOKEN = 'Entra gives no token for what is entered: mend what is named above first.';
const WITHOUT_PERMISSIONS: Obstacle = {
  sentence:
    'A permission is missing. Without it groups can be entered by their object ids only, and the integration can be saved, but not enabled.',
  passing: 'Go on without it',
};
const UNREADABLE_GROUPS: Obstacle = {
  sentence: 'A group cannot be read yet. The integration can be saved with it, but its people do not come before it can be read.',
  passing: 'Go on all the same',
};

function obstacleOfGroups({ withoutConsent }: Draft, refused: readonly Check[]): Obstacle | null {
  if (refused.some(({ code }) => !CONSENT_CODES.includes(code))) {
    return closed('Entra does not know each of these groups: take out, or correct, what is named above.');
  }
  return refused.length === 0 || withoutConsent ? null : UNREADABLE_GROUPS;
}

function faultOfIds({ tenantText, tenantId, clientId }: Draft): string | null {
  const fault = faultOf(clientId, checkId(clientId, 'Application (client) ID')) ?? checkIdPair(tenantId, clientId);
  if (fault !== null) return fault;
  if (checkId(tenantId, '') === null) return null;
  return tenantText === '' ? 'Paste the Directory (tenant) ID.' : 'The Directory (tenant) ID must name a tenant first.';
}

function faultOfScope({ everybody, groups, groupText }: Draft): string | null {
  if (!everybody && groups.length === 0) return 'Choose a group, or everybody in the tenant.';
  return groupText.trim() === '' ? null : 'Add what stands in the field above, or empty it.';
}

const closed = (sentence: string | null): Obstacle | null => (sentence === null ? null : { sentence, passing: null });

function refusedOf(checks: readonly Check[], name: string): Check[] {
  return checks.filter((check) => check.name.startsWith(name) && !check.ok && check.conclusive);
}

function isRefused(checks: readonly Check[], name: string): boolean {
  return refusedOf(checks, name).length > 0;
}
