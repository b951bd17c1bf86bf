import { z } from 'zod';
import type { Simulation } from '../simulation.js';
import { parseWrittenObject, referencedId } from '../directory-objects/writable.js';
import type { GraphRoute } from '../http/graph-call.js';
import { badRequest } from '../http/graph-error.js';
import { parseBody } from '../http/parse-body.js';
import { permissions } from '../http/permissions.js';
import { presentGroup, requireGroup } from './group-routes.js';

const referenceBody = z.object({ '@odata.id': z.string() });

/** Create, change and soft-delete groups; add and remove members. */
export function groupWriteRoutes(simulation: Simulation): GraphRoute[] {
  const common = { permissions: permissions.writeGroups, cost: 1, options: [] } as const;
  const groupId = (key: string): string => requireGroup(simulation.tenant.now(), key).id;
  return [
    {
      ...common,
      method: 'POST',
      path: '/groups',
      handle: (call) => {
        const { attributes, members } = parseWrittenObject(call.body, 'group');
        for (const name of ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled']) {
          if (attributes[name] === undefined || attributes[name] === '')
            throw badRequest(`A value is required for property '${name}' of resource 'Group'.`);
        }
        for (const member of members) simulation.objects.require(member);
        const group = simulation.objects.create('group', attributes);
        simulation.memberships.add(group.id, members);
        return {
          status: 201,
          body: presentGroup(call, simulation.tenant.now(), group),
          headers: { Location: `${call.origin}/v1.0/groups/${group.id}` },
        };
      },
    },
    {
      ...common,
      permissions: permissions.writeMembers,
      method: 'PATCH',
      path: '/groups/:group',
      handle: (call, { group = '' }) => {
        const id = groupId(group);
        const { attributes, members } = parseWrittenObject(call.body, 'group');
        simulation.memberships.add(id, members);
        simulation.objects.update(id, attributes, 'group');
        return { status: 204 };
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: '/groups/:group',
      handle: (_call, { group = '' }) => {
        simulation.objects.softDelete(groupId(group), 'group');
        return { status: 204 };
      },
    },
    {
      ...common,
      permissions: permissions.writeMembers,
      method: 'POST',
      path: '/groups/:group/members/$ref',
      handle: (call, { group = '' }) => {
        const reference = parseBody(referenceBody, call.body)['@odata.id'];
        simulation.memberships.add(groupId(group), [referencedId(reference)]);
        return { status: 204 };
      },
    },
    {
      ...common,
      permissions: permissions.writeMembers,
      method: 'DELETE',
      path: '/groups/:group/members/:member/$ref',
      handle: (_call, { group = '', member = '' }) => {
        const id = groupId(group);
        simulation.memberships.remove(id, [simulation.objects.require(member).id]);
        return { status: 204 };
      },
    },
  ];
}
