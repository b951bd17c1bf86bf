import type { Simulation } from '../simulation.js';
import { viewFor } from '../simulation.js';
import type { GraphCall, GraphReply, GraphRoute } from '../http/graph-call.js';
import { badRequest, forbidden, notFound } from '../http/graph-error.js';
import { hasAny, permissions } from '../http/permissions.js';
import { contextOf, nextLink, positionOf } from '../odata/page-links.js';
import { pageSize } from '../odata/query-options.js';
import { parseSelect, presentObject, typeNameOf } from '../odata/select.js';
import type { DirectoryObject } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';

const READ = [...permissions.readUsersFully, ...permissions.readGroups];

/** Soft-deleted users and groups: look, restore, delete for good. */
export function deletedItemRoutes(simulation: Simulation): GraphRoute[] {
  return [
    {
      method: 'GET',
      path: '/directory/deletedItems/:id',
      permissions: READ,
      cost: 1,
      options: ['$select', '$top', '$skiptoken', '$count', '$filter'],
      handle: (call, { id = '' }) =>
        /^microsoft\.graph\./i.test(id) ? listDeleted(simulation, call, id) : getDeleted(simulation, call, id),
    },
    {
      method: 'POST',
      path: '/directory/deletedItems/:id/restore',
      permissions: [...permissions.restoreUsers, ...permissions.restoreGroups],
      cost: 1,
      options: [],
      handle: (call, { id = '' }) => {
        requireWriter(call, requireDeleted(simulation.tenant.now(), id));
        const restored = simulation.objects.restore(id);
        return {
          status: 200,
          body: {
            '@odata.context': contextOf(call, 'directoryObjects') + '/$entity',
            '@odata.type': typeNameOf(restored),
            ...presentObject(restored, undefined),
          },
        };
      },
    },
    {
      method: 'DELETE',
      path: '/directory/deletedItems/:id',
      permissions: [...permissions.restoreUsers, ...permissions.restoreGroups],
      cost: 1,
      options: [],
      handle: (call, { id = '' }) => {
        requireWriter(call, requireDeleted(simulation.tenant.now(), id));
        simulation.objects.purge(id);
        return { status: 204 };
      },
    },
  ];
}

function getDeleted(simulation: Simulation, call: GraphCall, id: string): GraphReply {
  const object = requireDeleted(viewFor(simulation, call), id);
  if (!hasAny(call.caller.roles, object.kind === 'user' ? permissions.readUsersFully : permissions.readGroups)) throw forbidden();
  const select = parseSelect(call.query.get('$select'), [object.kind]);
  const presented = { '@odata.type': typeNameOf(object), ...presentObject(object, select), ...deletedAt(object) };
  return { status: 200, body: { '@odata.context': contextOf(call, 'directoryObjects') + '/$entity', ...presented } };
}

function listDeleted(simulation: Simulation, call: GraphCall, cast: string): GraphReply {
  const kind = (['user', 'group', 'device'] as const).find((each) => cast.toLowerCase() === `microsoft.graph.${each}`);
  if (!kind) throw badRequest(`Resource not found for the segment '${cast}'.`);
  if (!hasAny(call.caller.roles, kind === 'user' ? permissions.readUsersFully : permissions.readGroups)) throw forbidden();
  const select = parseSelect(call.query.get('$select'), [kind]);
  const after = positionOf(call, simulation.sealer);
  const limit = pageSize(call.query);
  const rest = viewFor(simulation, call)
    .deleted(kind)
    .filter((object) => object.handle > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, `${kind}s`, select),
      ...(rest.length > limit && last ? { '@odata.nextLink': nextLink(call, simulation.sealer, last.handle) } : {}),
      value: page.map((object) => ({ ...presentObject(object, select), ...deletedAt(object) })),
    },
  };
}

function requireDeleted(view: DirectoryView, id: string): DirectoryObject {
  const object = view.byId(id);
  if (object?.state !== 'deleted') throw notFound(id);
  return object;
}

function requireWriter(call: GraphCall, object: DirectoryObject): void {
  if (!hasAny(call.caller.roles, object.kind === 'user' ? permissions.restoreUsers : permissions.restoreGroups))
    throw forbidden();
}

function deletedAt(object: DirectoryObject): object {
  return { deletedDateTime: object.attributes['deletedDateTime'] ?? null };
}
