import type { PermissionCheck, PermissionReport } from '#graph-client';
import { failed, failedBy, passed } from './check.js';
import type { Check } from './self-test.schemas.js';

/** What each probing call stands for: its name here, the permission that the admin grants, and what it costs to lack it. */
const PROBES = [
  { probe: 'groups', permission: 'Group.Read.All', purpose: 'find groups' },
  { probe: 'groupsDelta', permission: 'Group.Read.All', purpose: 'follow changes of groups' },
  { probe: 'members', permission: 'Group.Read.All', purpose: 'read members' },
  { probe: 'users', permission: 'User.Read.All', purpose: "read people's names, addresses and state" },
  { probe: 'usersDelta', permission: 'User.Read.All', purpose: 'follow changes of people' },
] as const;

/**
 * Pure: the report of the probing calls as checks. Only probing decides; the token's roles are a hint for people. What groups need is
 * left out where none is watched.
 */
export function checkPermissions(report: PermissionReport, { groups = true }: { readonly groups?: boolean } = {}): Check[] {
  return PROBES.filter(({ permission }) => groups || permission !== 'Group.Read.All').map(({ probe, permission, purpose }) =>
    presentProbe(`permission:${probe}`, report[probe], { permission, purpose }, report),
  );
}

/** Its roles are those of the token that the probing calls had: of an earlier one, a consent in between would make them others. */
export function checkToken({ token }: PermissionReport): Check {
  return passed('token', 'Entra issued a token.', { expiresAt: token.expiresAt.toISOString(), roles: token.roles });
}

function presentProbe(
  name: string,
  check: PermissionCheck,
  about: { permission: string; purpose: string },
  report: PermissionReport,
): Check {
  switch (check.outcome) {
    case 'granted':
      return passed(name, `The application may ${about.purpose}.`, about);
    case 'missing':
      return missing(name, check.permission, about, report);
    case 'undecided':
      if (check.error !== null) return failedBy(name, check.error, about);
      return passed(name, 'There was nothing to try this permission on.', about);
  }
}

function missing(name: string, permission: string, about: { purpose: string }, report: PermissionReport): Check {
  const facts = { ...about, permission, rolesInToken: report.token.roles };
  const hint = report.tokenHasNoRoles
    ? ' The token carries no permission at all: was it granted as Application, not Delegated, and consented to?'
    : '';
  const isPeople = name === 'permission:users';
  return failed(
    name,
    isPeople ? 'MEMBERS_UNREADABLE' : 'CONSENT_MISSING',
    `The application may not ${about.purpose}: ${permission} is missing.${hint}`,
    facts,
  );
}
