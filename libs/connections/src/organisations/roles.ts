export const roles = ['superAdmin', 'itAdmin', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const permissions = ['sync.configure', 'sync.run', 'sync.approve', 'sync.read'] as const;
export type Permission = (typeof permissions)[number];

/** Who may do what. Releasing what the guard holds, and making super admins, is a super admin's. */
const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  superAdmin: permissions,
  itAdmin: ['sync.configure', 'sync.run', 'sync.read'],
  viewer: ['sync.read'],
};

export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS_OF[role];
}

export function hasPermission(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}
