import type { Check } from '../api/types.js';

export const neededPermissions = [
  {
    name: 'Group.Read.All',
    purpose: 'find groups, read their members, be notified of changes',
    probes: ['permission:groups', 'permission:groupsDelta', 'permission:members'],
  },
  {
    name: 'User.Read.All',
    purpose: 'read name, mail and whether the person is enabled',
    probes: ['permission:users', 'permission:usersDelta'],
  },
] as const;

/** `less`: reading works by a lesser permission, but Entra will not notify. */
export type PermissionState = 'untried' | 'granted' | 'less' | 'missing';

export interface PermissionVerdict {
  readonly states: Readonly<Record<string, PermissionState>>;
  /** What to show: that there is no token, else of each permission the first call that failed, since it stands for the others. */
  readonly failed: readonly Check[];
  /** Permissions of the application that Rollcall has no use for. */
  readonly extra: readonly string[];
  readonly isDone: boolean;
}

/** Each of them contains `Group.Read.All`. */
const NOTIFYING = new Set(['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']);
const KNOWN = new Set<string>([...neededPermissions.map(({ name }) => name), 'GroupMember.Read.All']);

/** What the probing calls and the roles of the token say together: calls decide, roles tell less and more from enough. Pure. */
export function judgePermissions(checks: readonly Check[]): PermissionVerdict {
  const roles = rolesOf(checks);
  const states = Object.fromEntries(
    neededPermissions.map(({ name, probes }) => {
      const probed = checks.filter((check) => probes.some((probe) => probe === check.name));
      return [name, stateOf(name, probed, roles)];
    }),
  );
  return {
    states,
    failed: failedOf(checks),
    extra: roles.filter((role) => !KNOWN.has(role)),
    isDone: Object.values(states).every((state) => state === 'granted'),
  };
}

function failedOf(checks: readonly Check[]): Check[] {
  const failed = checks.filter(({ ok }) => !ok);
  const token = failed.find(({ name }) => name === 'token');
  if (token !== undefined) return [token];
  return neededPermissions.flatMap(({ probes }) => failed.find(({ name }) => probes.some((probe) => probe === name)) ?? []);
}

function stateOf(name: string, probed: readonly Check[], roles: readonly string[]): PermissionState {
  if (probed.length === 0) return 'untried';
  if (!probed.every(({ ok }) => ok)) return 'missing';
  const doesNotify = roles.length === 0 || roles.some((role) => NOTIFYING.has(role));
  return name === 'Group.Read.All' && !doesNotify ? 'less' : 'granted';
}

function rolesOf(checks: readonly Check[]): string[] {
  const roles = checks.find(({ name }) => name === 'token')?.facts['roles'];
  return Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [];
}
