import { z } from 'zod';
import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import { presentMember } from '../directory-objects/readable.js';
import type { GraphCall, GraphReply, GraphRoute } from '../http/graph-call.js';
import { badRequest, GraphError } from '../http/graph-error.js';
import { parseBody } from '../http/parse-body.js';
import { permissions } from '../http/permissions.js';
import { contextOf } from '../odata/page-links.js';
import { parseSelect } from '../odata/select.js';
import { requireUser } from '../users/user-routes.js';
import { transitiveGroupsOf } from './transitive-members.js';

const MOST_CHECKED = 20;
const MOST_ANSWERED = 11_000;
const checkBody = z.object({ groupIds: z.array(z.string()) });
const getBody = z.object({ securityEnabledOnly: z.boolean().default(false) });

/** The questions "which groups is this person in", directly or through nesting. */
export function membershipRoutes(simulation: Simulation): GraphRoute[] {
  return [
    {
      method: 'POST',
      path: '/users/:id/checkMemberGroups',
      permissions: permissions.checkMembership,
      cost: 4,
      options: [],
      handle: (call, { id = '' }) => {
        const { groupIds } = parseBody(checkBody, call.body);
        if (groupIds.length > MOST_CHECKED)
          throw badRequest(`The number of values in groupIds exceeds the maximum of ${MOST_CHECKED}.`);
        const asked = new Set(groupIds.map((groupId) => groupId.toLowerCase()));
        return idList(
          call,
          groupsOf(simulation, call, id).filter((groupId) => asked.has(groupId)),
        );
      },
    },
    {
      method: 'POST',
      path: '/users/:id/getMemberGroups',
      permissions: permissions.checkMembership,
      cost: 2,
      options: [],
      handle: (call, { id = '' }) => {
        parseBody(getBody, call.body);
        const ids = groupsOf(simulation, call, id);
        if (ids.length > MOST_ANSWERED)
          throw new GraphError(400, 'Directory_ResultSizeLimitExceeded', 'The result set exceeds the maximum size.');
        return idList(call, ids);
      },
    },
    {
      method: 'GET',
      path: '/users/:id/memberOf',
      permissions: permissions.readMemberOf,
      cost: 2,
      options: ['$select', '$top'],
      handle: (call, { id = '' }) => {
        const view = viewFor(simulation, call);
        return objectList(call, view.groupsOf(requireUser(view, id).handle), view);
      },
    },
    {
      method: 'GET',
      path: '/users/:id/transitiveMemberOf',
      permissions: permissions.readTransitiveMemberOf,
      cost: 2,
      options: ['$select', '$top'],
      handle: (call, { id = '' }) => {
        const view = viewFor(simulation, call);
        return objectList(call, transitiveGroupsOf(view, requireUser(view, id).handle), view);
      },
    },
  ];
}

function groupsOf(simulation: Simulation, call: GraphCall, user: string): string[] {
  const view = viewFor(simulation, call);
  const groups = transitiveGroupsOf(view, requireUser(view, user).handle);
  return groups.map((handle) => view.active(handle)?.id).filter((id) => id !== undefined);
}

function idList(call: GraphCall, value: readonly string[]): GraphReply {
  return { status: 200, body: { '@odata.context': contextOf(call, 'Collection(Edm.String)'), value } };
}

function objectList(call: GraphCall, handles: readonly number[], view: ReturnType<typeof viewFor>): GraphReply {
  const select = parseSelect(call.query.get('$select'), ['group'], 'group');
  const groups = handles.map((handle) => view.active(handle)).filter((group) => group !== undefined);
  const value = groups.map((group) => presentMember(group, select, call.caller.roles));
  return { status: 200, body: { '@odata.context': contextOf(call, 'directoryObjects', select), value } };
}
