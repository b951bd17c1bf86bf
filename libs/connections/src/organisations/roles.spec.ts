import { describe, expect, it } from 'vitest';
import { hasPermission, permissions, roles } from './roles.js';

describe('the role and permission table', () => {
  it('gives a super admin everything, an IT admin all but approving, a viewer only reading', () => {
    const table = roles.map((role) => [role, ...permissions.map((permission) => hasPermission(role, permission))]);
    expect(['role', ...permissions]).toEqual(['role', 'sync.configure', 'sync.run', 'sync.approve', 'sync.read']);
    expect(table).toEqual([
      ['superAdmin', true, true, true, true],
      ['itAdmin', true, true, false, true],
      ['viewer', false, false, false, true],
    ]);
  });
});
