import type { Simulation } from '../simulation.js';
import { parseWrittenObject } from '../directory-objects/writable.js';
import type { GraphRoute } from '../http/graph-call.js';
import { badRequest } from '../http/graph-error.js';
import { permissions } from '../http/permissions.js';
import { presentUser, requireUser } from './user-routes.js';

/** Create, change and soft-delete people. */
export function userWriteRoutes(simulation: Simulation): GraphRoute[] {
  const common = { permissions: permissions.writeUsers, cost: 1, options: [] } as const;
  return [
    {
      ...common,
      method: 'POST',
      path: '/users',
      handle: (call) => {
        const { attributes } = parseWrittenObject(call.body, 'user');
        for (const name of ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName']) {
          if (attributes[name] === undefined || attributes[name] === '')
            throw badRequest(`A value is required for property '${name}' of resource 'User'.`);
        }
        requireVerifiedDomain(simulation, attributes['userPrincipalName']);
        const user = simulation.objects.create('user', { userType: 'Member', ...attributes });
        return { status: 201, body: presentUser(call, user), headers: { Location: `${call.origin}/v1.0/users/${user.id}` } };
      },
    },
    {
      ...common,
      method: 'PATCH',
      path: '/users/:id',
      handle: (call, { id = '' }) => {
        const user = requireUser(simulation.tenant.now(), id);
        const { attributes } = parseWrittenObject(call.body, 'user');
        if (attributes['userPrincipalName'] !== undefined) requireVerifiedDomain(simulation, attributes['userPrincipalName']);
        simulation.objects.update(user.id, attributes, 'user');
        return { status: 204 };
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: '/users/:id',
      handle: (_call, { id = '' }) => {
        simulation.objects.softDelete(requireUser(simulation.tenant.now(), id).id, 'user');
        return { status: 204 };
      },
    },
  ];
}

function requireVerifiedDomain(simulation: Simulation, name: unknown): void {
  const domain = typeof name === 'string' ? name.split('@')[1]?.toLowerCase() : undefined;
  if (domain === undefined || !simulation.domains.includes(domain)) {
    throw badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
}
