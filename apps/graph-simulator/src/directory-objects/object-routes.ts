import { z } from 'zod';
import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import type { GraphCall, GraphReply, GraphRoute } from '../http/graph-call.js';
import { badRequest, forbidden } from '../http/graph-error.js';
import { parseBody } from '../http/parse-body.js';
import { hasAny, permissions } from '../http/permissions.js';
import { contextOf } from '../odata/page-links.js';
import { parseSelect, presentObject } from '../odata/select.js';
import type { ObjectKind } from '../tenant/directory-object.js';
import { listObjects, countObjects, LIST_OPTIONS } from './list-objects.js';
import { presentMember } from './readable.js';

const MOST_IDS = 1_000;
const KINDS: readonly ObjectKind[] = ['user', 'group', 'device', 'orgContact', 'servicePrincipal'];
const idsBody = z.object({ ids: z.array(z.string()), types: z.array(z.string()).default([]) });

/** `getByIds`, devices, and the organisation itself. */
export function objectRoutes(simulation: Simulation): GraphRoute[] {
  return [
    {
      method: 'POST',
      path: '/directoryObjects/getByIds',
      permissions: [...permissions.readObjects, ...permissions.readUsersFully],
      cost: 5,
      options: ['$select'],
      handle: (call) => getByIds(simulation, call),
    },
    {
      method: 'GET',
      path: '/devices',
      permissions: permissions.readDevices,
      cost: 1,
      options: LIST_OPTIONS,
      handle: (call) => listObjects(simulation, call, 'device', presentObject),
    },
    {
      method: 'GET',
      path: '/devices/$count',
      permissions: permissions.readDevices,
      cost: 1,
      options: ['$filter'],
      handle: (call) => countObjects(simulation, call, 'device'),
    },
    {
      method: 'GET',
      path: '/organization',
      permissions: permissions.readOrganization,
      cost: 1,
      options: ['$select'],
      handle: (call) => ({
        status: 200,
        body: { '@odata.context': contextOf(call, 'organization'), value: [organization(simulation)] },
      }),
    },
  ];
}

/** Unknown ids are silently left out; so are deleted objects. */
function getByIds(simulation: Simulation, call: GraphCall): GraphReply {
  const onlyUserRead = !hasAny(call.caller.roles, permissions.readObjects);
  const { ids, types } = parseBody(idsBody, call.body);
  const wanted = types.map((type) => type.toLowerCase());
  const usersOnly = wanted.length > 0 && wanted.every((type) => type === 'user');
  if (onlyUserRead && !(simulation.behaviours().getByIdsWithUserRead && usersOnly)) throw forbidden();
  if (ids.length > MOST_IDS) throw badRequest(`The number of ids ${ids.length} exceeds the maximum of ${MOST_IDS}.`);
  const select = parseSelect(call.query.get('$select'), KINDS, 'directoryObject');
  const view = viewFor(simulation, call);
  const found = [...new Set(ids.map((id) => id.toLowerCase()))].map((id) => view.byId(id));
  const value = found
    .filter((object) => object?.state === 'active' && (wanted.length === 0 || wanted.includes(object.kind.toLowerCase())))
    .filter((object) => object !== undefined)
    .map((object) => presentMember(object, select, call.caller.roles));
  return { status: 200, body: { '@odata.context': contextOf(call, 'directoryObjects', select), value } };
}

function organization(simulation: Simulation): object {
  return {
    id: simulation.tenantId,
    displayName: simulation.displayName,
    tenantType: 'AAD',
    countryLetterCode: 'DE',
    verifiedDomains: simulation.domains.map((name, index) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: index === simulation.domains.length - 1,
      name,
      type: 'Managed',
    })),
  };
}
